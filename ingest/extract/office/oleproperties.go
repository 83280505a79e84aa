package office

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"unicode/utf16"

	"lvr.example/sprechstunde/ingest/extract"
)

// readProperties takes the title from what the old container says of a document, and
// what its user-defined properties say ([MS-OLEPS], section 2).
func (c *container) readProperties(f *extract.File) {
	const title, codePage = 2, 1
	summary, _ := c.stream("SummaryInformation")
	if sets := propertySets(summary); len(sets) > 0 {
		f.SetTitle(sets[0].text(title, sets[0].number(codePage)))
	}
	further, _ := c.stream("DocumentSummaryInformation") // a sign before both names is not part of them
	for i, set := range propertySets(further) {
		if i == 0 {
			continue // the built-in ones
		}
		page := set.number(codePage)
		names := set.names(page)
		for _, id := range slices.Sorted(maps.Keys(names)) {
			f.SetProperty(names[id], set.text(id, page))
		}
	}
}

// propertySet is one set of properties, in which places are counted from its beginning.
type propertySet []byte

// propertySets cuts a stream of them.
func propertySets(stream []byte) []propertySet {
	const idAndPlace = 20
	var sets []propertySet
	for i := range min(biffRecord{data: stream}.u32(24), 2) {
		at := biffRecord{data: stream}.u32(28 + idAndPlace*int(i) + 16)
		if at == 0 || int64(at) >= int64(len(stream)) {
			break
		}
		sets = append(sets, stream[at:])
	}
	return sets
}

// maxProperties is the number of properties of a set that are looked at.
const maxProperties = 1000

// value returns what begins at a property's type; nil: it has none.
func (s propertySet) value(id uint32) biffRecord {
	head := biffRecord{data: s}
	for i := range min(int(head.u32(4)), maxProperties) {
		if head.u32(8+8*i) == id {
			return biffRecord{data: head.from(int(head.u32(12 + 8*i)))}
		}
	}
	return biffRecord{}
}

// number reads a property of two bytes.
func (s propertySet) number(id uint32) int {
	value := s.value(id)
	return value.u16(4)
}

// text reads a property that is a text, in a code page or in UTF-16.
func (s propertySet) text(id uint32, codePage int) string {
	const inCodePage, inUTF16 = 30, 31
	value := s.value(id)
	length := int(min(value.u32(4), maxPropertyText))
	switch value.u32(0) {
	case inCodePage:
		return inPage(value.from(8)[:min(length, len(value.from(8)))], codePage)
	case inUTF16:
		return inPage(value.from(8)[:min(2*length, len(value.from(8)))], utf16Page)
	}
	return ""
}

const (
	maxPropertyText = 4096
	utf16Page       = 1200
)

// names reads the names of user-defined properties, property 0 (section 2.17).
func (s propertySet) names(codePage int) map[uint32]string {
	names := map[uint32]string{}
	list := s.value(0)
	at := 4
	for range min(int(list.u32(0)), maxProperties) {
		id, length := list.u32(at), int(min(list.u32(at+4), maxPropertyText))
		size := length
		if codePage == utf16Page {
			size = (2*length + 3) &^ 3
		}
		rest := list.from(at + 8)
		names[id] = inPage(rest[:min(size, len(rest))], codePage)
		at += 8 + size
	}
	return names
}

// inPage reads a text up to its first zero.
func inPage(text []byte, codePage int) string {
	if codePage == utf16Page {
		var signs []uint16
		for ; len(text) >= 2; text = text[2:] {
			sign := binary.LittleEndian.Uint16(text)
			if sign == 0 {
				break
			}
			signs = append(signs, sign)
		}
		return string(utf16.Decode(signs))
	}
	for i, b := range text {
		if b == 0 {
			text = text[:i]
			break
		}
	}
	label := fmt.Sprintf("windows-%d", codePage)
	if codePage == 65001 {
		label = "utf-8"
	}
	return extract.DecodeAs(text, label, false)
}
