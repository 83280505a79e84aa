package office

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"lvr.example/sprechstunde/ingest/extract"
)

// isOLE recognises Microsoft's old container.
func isOLE(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}

// hasStream tells files in the old container by how the names of their outermost
// streams and folders begin.
func hasStream(names ...string) func(*extract.File) (bool, error) {
	return func(f *extract.File) (bool, error) {
		entries, opens := outermost(f.Data)
		if !opens { // what is damaged is told by the second reader
			return mentions(f.Data, names), nil
		}
		return slices.ContainsFunc(entries, func(entry *mscfb.File) bool {
			return slices.ContainsFunc(names, func(name string) bool { return hasFold(entry.Name, name) }) // the container knows no case
		}), nil
	}
}

// outermost returns the streams and folders of a container that lie in no other, and
// whether it can be opened.
func outermost(data []byte) (entries []*mscfb.File, opens bool) {
	container, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	return slices.DeleteFunc(container.File, func(entry *mscfb.File) bool { return len(entry.Path) > 0 }), true
}

// mentions looks for the names of streams in a container that cannot be opened.
func mentions(data []byte, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return bytes.Contains(data, utf16Name(name)) })
}

// utf16Name is how the container writes the names of its streams.
func utf16Name(name string) []byte {
	out := make([]byte, 0, 2*len(name))
	for i := range len(name) {
		out = append(out, name[i], 0)
	}
	return out
}

// streamHead returns the first bytes of an outermost stream, at most 64 KiB; none:
// there is no such stream that can be read.
func streamHead(data []byte, names ...string) []byte {
	entries, _ := outermost(data)
	at := slices.IndexFunc(entries, func(entry *mscfb.File) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(entry.Name, name) })
	})
	if at < 0 {
		return nil
	}
	head := make([]byte, 64<<10)
	n, _ := entries[at].Read(head) // what comes before a fault is enough
	return head[:n]
}

// readOld refuses a document in the old container: as one with a password where it
// has one, which nobody need be asked to read, and else with what to do.
func readOld(sealed func(data []byte) bool, detail string) func(*extract.File) error {
	refuse := extract.Refuse(detail)
	return func(f *extract.File) error {
		if sealed(f.Data) {
			return withPassword
		}
		return refuse(f)
	}
}

var withPassword = &extract.Error{Reason: extract.Encrypted, Detail: "the document is protected by a password: save it without one"}

// readSealed refuses documents that are encrypted as a whole, by a password or by
// the rights management of a house ([MS-OFFCRYPTO], section 2.2).
func readSealed(f *extract.File) error {
	if mentions(f.Data, []string{"DRMEncrypted"}) {
		return &extract.Error{Reason: extract.Encrypted, Detail: "the document is protected by rights management: save it without that"}
	}
	return withPassword
}

// isSealedWord reads the flag of encryption in the head of a document of Word
// ([MS-DOC], section 2.5.2; the same in the versions before).
func isSealedWord(data []byte) bool {
	const flags, encrypted = 10, 0x0100
	head := streamHead(data, "WordDocument")
	return len(head) >= flags+2 && binary.LittleEndian.Uint16(head[flags:])&encrypted != 0
}

// isSealedSlides reads the sign of encryption in what a presentation says of its
// user ([MS-PPT], section 2.3.2).
func isSealedSlides(data []byte) bool {
	const token, encrypted = 12, 0xF3D1C4DF
	head := streamHead(data, "Current User")
	return len(head) >= token+4 && binary.LittleEndian.Uint32(head[token:]) == encrypted
}

// isSealedSheet looks for the record FilePass, which stands before the names of a
// workbook's sheets ([MS-XLS], sections 2.4.117 and 2.1.7.20.3).
func isSealedSheet(data []byte) bool {
	const eof, filePass, boundSheet = 0x0A, 0x2F, 0x85
	head := streamHead(data, "Workbook", "Book")
	for len(head) >= 4 {
		kind, length := binary.LittleEndian.Uint16(head), int(binary.LittleEndian.Uint16(head[2:]))
		switch kind {
		case filePass:
			return true
		case eof, boundSheet:
			return false
		}
		head = head[min(4+length, len(head)):]
	}
	return false
}
