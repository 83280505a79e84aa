package extracttest

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// Container is the beginning of a file in Microsoft's old container with one
// name in it.
func Container(name string) string {
	return oleMagic + strings.Repeat("\x00", 504) + strings.Join(strings.Split(name, ""), "\x00") + "\x00"
}

// OLE is a whole file in that container of streams, given by names and contents and
// filled up to 4 KiB each ([MS-CFB]): a head, the table of sectors, the directory,
// and what the streams hold, up to 6 MiB together.
func OLE(streams ...string) string {
	const sector, chainEnd, free, table = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
	le := binary.LittleEndian
	length := 0
	for i := 1; i < len(streams); i += 2 {
		length += max(len(streams[i]), 4096) + sector
	}
	tables := length/sector/(sector/4-1) + 1 // sectors that the table of sectors takes
	head, sectors, directory := make([]byte, sector), make([]byte, tables*sector), make([]byte, sector)
	copy(head, oleMagic)
	le.PutUint16(head[24:], 0x3E)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9) // sectors of 512 bytes
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], uint32(tables)) // the directory's sector
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], chainEnd)
	le.PutUint32(head[68:], chainEnd)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], free)
	}
	for i := range tables * sector / 4 {
		le.PutUint32(sectors[4*i:], free)
	}
	for i := range tables {
		le.PutUint32(head[76+4*i:], uint32(i))
		le.PutUint32(sectors[4*i:], table)
	}
	le.PutUint32(sectors[4*tables:], chainEnd)
	entry := func(at int, name string, kind byte, right, child, start, size uint32) {
		e := directory[128*at:]
		units := utf16.Encode([]rune(name))
		for i, unit := range units {
			le.PutUint16(e[2*i:], unit)
		}
		le.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], free)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint32(e[120:], size)
	}
	entry(0, "Root Entry", 5, free, 1, chainEnd, 0)
	var contents strings.Builder
	next := uint32(tables + 1)
	for i := 0; i < len(streams); i += 2 {
		content := streams[i+1] + strings.Repeat("\x00", max(4096-len(streams[i+1]), 0))
		content += strings.Repeat("\x00", (sector-len(content)%sector)%sector)
		right := uint32(free)
		if i+2 < len(streams) {
			right = uint32(i/2 + 2)
		}
		entry(i/2+1, streams[i], 2, right, free, next, uint32(len(content)))
		for range len(content)/sector - 1 {
			le.PutUint32(sectors[4*next:], next+1)
			next++
		}
		le.PutUint32(sectors[4*next:], chainEnd)
		next++
		contents.WriteString(content)
	}
	return string(head) + string(sectors) + string(directory) + contents.String()
}
