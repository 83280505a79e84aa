package office

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"lvr.example/sprechstunde/ingest/extract"
)

// isOLE recognises Microsoft's old container.
func isOLE(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}

// container is the old container of a file.
type container struct {
	data      []byte
	outermost []*mscfb.File // streams and folders that lie in no other
	opens     bool          // else what is in it is not known
}

// containerOf opens the container that a file is, the first time that it is asked for.
func containerOf(f *extract.File) *container {
	if opened, is := f.Inner.(*container); is {
		return opened
	}
	c := &container{data: f.Data}
	if opened, err := mscfb.New(bytes.NewReader(f.Data)); err == nil {
		c.opens = true
		c.outermost = slices.DeleteFunc(opened.File, func(entry *mscfb.File) bool { return len(entry.Path) > 0 })
	}
	f.Inner = c
	return c
}

// hasStream tells files in the old container by how the names of their outermost
// streams and folders begin.
func hasStream(names ...string) func(*extract.File) (bool, error) {
	return func(f *extract.File) (bool, error) {
		c := containerOf(f)
		if !c.opens { // what is damaged is told by the second reader
			return c.mentions(names...), nil
		}
		return slices.ContainsFunc(c.outermost, func(entry *mscfb.File) bool {
			return slices.ContainsFunc(names, func(name string) bool { return hasFold(entry.Name, name) }) // the container knows no case
		}), nil
	}
}

// mentions looks for the names of streams anywhere in a container.
func (c *container) mentions(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return bytes.Contains(c.data, utf16Name(name)) })
}

// utf16Name is how the container writes the names of its streams.
func utf16Name(name string) []byte {
	out := make([]byte, 0, 2*len(name))
	for i := range len(name) {
		out = append(out, name[i], 0)
	}
	return out
}

// head returns the first bytes of an outermost stream, at most 64 KiB; none: there is
// no such stream that can be read.
func (c *container) head(names ...string) []byte {
	at := slices.IndexFunc(c.outermost, func(entry *mscfb.File) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(entry.Name, name) })
	})
	if at < 0 {
		return nil
	}
	head := make([]byte, 64<<10)
	n, _ := c.outermost[at].Read(head) // what comes before a fault is enough
	return head[:n]
}

// stream returns the first outermost stream of these names, and whether all of it can
// be read.
func (c *container) stream(names ...string) (data []byte, isWhole bool) {
	for _, name := range names {
		at := slices.IndexFunc(c.outermost, func(entry *mscfb.File) bool { return strings.EqualFold(entry.Name, name) })
		if at < 0 {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(c.outermost[at], int64(len(c.data))))
		return data, err == nil
	}
	return nil, true
}

// folders counts the outermost folders whose names begin so.
func (c *container) folders(prefix string) int {
	n := 0
	for _, entry := range c.outermost {
		if entry.FileInfo().IsDir() && strings.HasPrefix(entry.Name, prefix) {
			n++
		}
	}
	return n
}

// readOld refuses a document in the old container: as one with a password where it
// has one, which nobody need be asked to read, and else with what to do.
func readOld(sealed func(*container) bool, detail string) func(*extract.File) error {
	refuse := extract.Refuse(detail)
	return func(f *extract.File) error {
		if sealed(containerOf(f)) {
			return withPassword
		}
		return refuse(f)
	}
}

var withPassword = &extract.Error{Reason: extract.Encrypted, Detail: "the document is protected by a password: save it without one"}

// readSealed refuses documents that are encrypted as a whole, by a password or by
// the rights management of a house ([MS-OFFCRYPTO], section 2.2).
func readSealed(f *extract.File) error {
	if containerOf(f).mentions("DRMEncrypted") {
		return &extract.Error{Reason: extract.Encrypted, Detail: "the document is protected by rights management: save it without that"}
	}
	return withPassword
}

// isSealedWord reads the flag of encryption in the head of a document of Word
// ([MS-DOC], section 2.5.2; the same in the versions before).
func isSealedWord(c *container) bool {
	const flags, encrypted = 10, 0x0100
	head := c.head("WordDocument")
	return len(head) >= flags+2 && binary.LittleEndian.Uint16(head[flags:])&encrypted != 0
}

// isSealedSlides reads the sign of encryption in what a presentation says of its
// user ([MS-PPT], section 2.3.2).
func isSealedSlides(c *container) bool {
	const token, encrypted = 12, 0xF3D1C4DF
	head := c.head("Current User")
	return len(head) >= token+4 && binary.LittleEndian.Uint32(head[token:]) == encrypted
}
