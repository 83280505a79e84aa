package mail

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/text"
	"lvr.example/sprechstunde/ingest/extract/web"
)

func isTNEF(kind, name string) bool {
	return kind == "application/ms-tnef" || kind == "application/vnd.ms-tnef" || strings.EqualFold(name, "winmail.dat")
}

// beginsTNEF recognises envelopes by their signature.
func beginsTNEF(head []byte) bool {
	return len(head) >= 4 && binary.LittleEndian.Uint32(head) == tnefSignature
}

// readEnvelope reads a winmail.dat that somebody saved by itself.
func readEnvelope(f *extract.File) error {
	if !beginsTNEF(f.Data) {
		return &extract.Error{Reason: extract.Unsupported, Detail: "a .dat file that is not an envelope of Outlook (winmail.dat)"}
	}
	(&message{File: f}).tnef(f.Data)
	return nil
}

// What Outlook's own envelope holds (MS-OXTNEF): attributes of the message and
// of its attachments, and in some of them properties by number.
const (
	tnefSignature = 0x223E9F78

	attBody       = 0x0002800C
	attProps      = 0x00069003
	attAttachment = 0x00069002 // a further file begins
	attTitle      = 0x00018010
	attData       = 0x0006800F
	attFileProps  = 0x00069005

	propBody     = 0x1000
	propRTF      = 0x1009
	propHTML     = 0x1013
	propLongName = 0x3707
	propData     = 0x3701
)

// tnefFile is a file in the envelope.
type tnefFile struct {
	name string
	data []byte
}

// tnef adds what Outlook packed into an envelope of its own: the text, if there
// is none so far, and the files.
func (m *message) tnef(data []byte) {
	envelope, ok := readTNEF(data)
	if !ok {
		m.Remark(extract.AttachedFile, 1, "winmail.dat: not a readable envelope of Outlook")
		return
	}
	if len(m.Doc.Blocks) == 0 {
		switch {
		case len(envelope.html) > 0:
			_ = web.AddPage(m.Builder, extract.DecodeAs(envelope.html, "", true)) // what cannot be parsed holds no text
		case envelope.body != "":
			text.AddBody(m.Builder, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(envelope.body), false)
		case envelope.rtf:
			m.Remark(extract.AttachedFile, 1, "winmail.dat: its text is rich text of Outlook: send it as HTML")
		}
	}
	for _, file := range envelope.files {
		if len(file.data) > 0 {
			m.attach(attachmentName(file.name, ""), file.data)
		}
	}
}

// tnefEnvelope is what was found in one.
type tnefEnvelope struct {
	body  string
	html  []byte
	rtf   bool
	files []tnefFile
}

func readTNEF(data []byte) (e tnefEnvelope, ok bool) {
	if len(data) < 6 || binary.LittleEndian.Uint32(data) != tnefSignature {
		return e, false
	}
	for rest := data[6:]; len(rest) >= 11; {
		id, length := binary.LittleEndian.Uint32(rest[1:]), int64(binary.LittleEndian.Uint32(rest[5:]))
		if length > int64(len(rest)-9) {
			break // cut off: what came before holds
		}
		value := rest[9 : 9+length]
		e.property(id, value)
		rest = rest[min(int64(len(rest)), 9+length+2):]
	}
	return e, true
}

func (e *tnefEnvelope) property(id uint32, value []byte) {
	switch id {
	case attBody:
		e.body = extract.DecodeAs(bytes.TrimRight(value, "\x00"), "", false)
	case attAttachment:
		if len(e.files) < maxAttachments {
			e.files = append(e.files, tnefFile{})
		}
	case attTitle, attData, attFileProps:
		if len(e.files) == 0 {
			e.files = append(e.files, tnefFile{})
		}
		file := &e.files[len(e.files)-1]
		switch id {
		case attTitle:
			if file.name == "" {
				file.name = extract.DecodeAs(bytes.TrimRight(value, "\x00"), "", false)
			}
		case attData:
			file.data = value
		default:
			properties(value, func(number uint16, value []byte, wide bool) {
				switch number {
				case propLongName:
					file.name = propertyText(value, wide)
				case propData:
					if len(file.data) == 0 {
						file.data = value
					}
				}
			})
		}
	case attProps:
		properties(value, func(number uint16, value []byte, wide bool) {
			switch number {
			case propBody:
				e.body = propertyText(value, wide)
			case propHTML:
				e.html = value
			case propRTF:
				e.rtf = true
			}
		})
	}
}

func propertyText(value []byte, wide bool) string {
	if !wide {
		return extract.DecodeAs(bytes.TrimRight(value, "\x00"), "", false)
	}
	units := make([]uint16, 0, len(value)/2)
	for ; len(value) >= 2; value = value[2:] {
		if unit := binary.LittleEndian.Uint16(value); unit != 0 {
			units = append(units, unit)
		}
	}
	return string(utf16.Decode(units))
}

// properties calls take for each property whose form is known, and stops at the
// first other one.
func properties(data []byte, take func(number uint16, value []byte, wide bool)) {
	if len(data) < 4 {
		return
	}
	count := binary.LittleEndian.Uint32(data)
	data = data[4:]
	word := func() (n uint32, ok bool) {
		if len(data) < 4 {
			return 0, false
		}
		n, data = binary.LittleEndian.Uint32(data), data[4:]
		return n, true
	}
	for range min(count, 10_000) {
		head, ok := word()
		if !ok {
			return
		}
		kind, number := uint16(head), uint16(head>>16)
		if number >= 0x8000 && !skipName(&data, word) {
			return
		}
		values := uint32(1)
		isLong := kind&0xFFF == 0x1E || kind&0xFFF == 0x1F || kind&0xFFF == 0x102 || kind&0xFFF == 0x0D
		if kind&0x1000 != 0 || isLong {
			if values, ok = word(); !ok {
				return
			}
		}
		size := fixedSize(kind &^ 0x1000)
		for range min(values, 10_000) {
			length := uint32(size)
			if isLong {
				if length, ok = word(); !ok {
					return
				}
			}
			if length == 0 && !isLong || uint64(length) > uint64(len(data)) {
				return
			}
			take(number, data[:length], kind&0xFFF == 0x1F)
			data = data[min((int(length)+3)&^3, len(data)):]
		}
	}
}

// skipName passes over what names a property: a group, and a number or a text.
func skipName(data *[]byte, word func() (uint32, bool)) bool {
	const group = 16
	if len(*data) < group {
		return false
	}
	*data = (*data)[group:]
	kind, ok := word()
	if !ok {
		return false
	}
	length, ok := word()
	if kind == 0 || !ok {
		return ok
	}
	if uint64(length)+3 > uint64(len(*data)) {
		return false
	}
	*data = (*data)[(length+3)&^3:]
	return true
}

// fixedSize returns the bytes of a value as they are stored, 0 if it is not known.
func fixedSize(kind uint16) int {
	switch kind {
	case 0x02, 0x03, 0x04, 0x0A, 0x0B:
		return 4
	case 0x05, 0x06, 0x07, 0x14, 0x40:
		return 8
	case 0x48:
		return 16
	}
	return 0
}
