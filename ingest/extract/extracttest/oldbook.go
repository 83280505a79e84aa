package extracttest

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Beginnings of a workbook from before 2007, and of its sheets and charts.
const (
	bookBegin  = "\x00\x06\x05\x00" + beginRest
	SheetBegin = "\x00\x06\x10\x00" + beginRest
	ChartBegin = "\x00\x06\x20\x00" + beginRest
	beginRest  = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
)

// Record writes one of such a workbook's.
func Record(kind int, content string) string {
	head := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	return string(binary.LittleEndian.AppendUint16(head, uint16(len(content)))) + content
}

// UTF16 writes a text in that encoding.
func UTF16(text string) string {
	var out []byte
	for _, sign := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, sign)
	}
	return string(out)
}

// OldSheet is a sheet of such a workbook: its name with the two bytes that the table of
// sheets says of it, or none, and its records.
type OldSheet struct{ Name, Flags, Records string }

// OldBook is such a workbook, with records that stand before the table of sheets.
func OldBook(globals string, sheets ...OldSheet) string {
	return OLE("Workbook", OldStream(globals, sheets...))
}

// OldStream is its stream alone.
func OldStream(globals string, sheets ...OldSheet) string {
	const head = 4 + 4 + 2 + 2
	length := len(Record(0x809, bookBegin)) + len(globals) + len(Record(0x0A, ""))
	for _, s := range sheets {
		length += head + len(UTF16(s.Name))
	}
	var table, contents strings.Builder
	for _, s := range sheets {
		flags, begin := s.Flags, SheetBegin
		if flags == "" {
			flags = "\x00\x00"
		}
		if flags[1] == 2 {
			begin = ChartBegin
		}
		name := UTF16(s.Name)
		at := string(binary.LittleEndian.AppendUint32(nil, uint32(length+contents.Len())))
		table.WriteString(Record(0x85, at+flags+string(rune(len(name)/2))+"\x01"+name))
		contents.WriteString(Record(0x809, begin) + s.Records + Record(0x0A, ""))
	}
	return Record(0x809, bookBegin) + globals + table.String() + Record(0x0A, "") + contents.String()
}

// OldRow is a row of texts from column A, with no style; empty ones are left out.
func OldRow(row int, texts ...string) string {
	var out strings.Builder
	for column, text := range texts {
		if text == "" {
			continue
		}
		signs := UTF16(text)
		place := binary.LittleEndian.AppendUint16(nil, uint16(row))
		place = binary.LittleEndian.AppendUint16(place, uint16(column))
		place = binary.LittleEndian.AppendUint16(place, 0)
		place = binary.LittleEndian.AppendUint16(place, uint16(len(signs)/2))
		out.WriteString(Record(0x204, string(place)+"\x01"+signs))
	}
	return out.String()
}
