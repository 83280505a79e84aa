package office

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Records of a workbook from before 2007 that are read ([MS-XLS], section 2.3.1).
const (
	biffFormula      = 0x0006
	biffEOF          = 0x000A
	biffName         = 0x0018
	biffDate1904     = 0x0022
	biffFilePass     = 0x002F
	biffFont         = 0x0031
	biffContinue     = 0x003C
	biffObject       = 0x005D
	biffColumns      = 0x007D
	biffSheet        = 0x0085
	biffPalette      = 0x0092
	biffFilterMode   = 0x009B
	biffFilter       = 0x009E
	biffRKs          = 0x00BD
	biffRichText     = 0x00D6
	biffXF           = 0x00E0
	biffMerged       = 0x00E5
	biffTexts        = 0x00FC
	biffSharedText   = 0x00FD
	biffConditional  = 0x01B0
	biffDrawnText    = 0x01B6
	biffNumber       = 0x0203
	biffText         = 0x0204
	biffTruth        = 0x0205
	biffFormulaText  = 0x0207
	biffRow          = 0x0208
	biffDefaultRow   = 0x0225
	biffRK           = 0x027E
	biffFormat       = 0x041E
	biffBOF          = 0x0809
	biffTable        = 0x0872
	biffConditional2 = 0x0879
	chartText        = 0x100D
	chartLabel       = 0x1025
	chartLabelOf     = 0x1027
)

// biffRecord is one record of a stream of them.
type biffRecord struct {
	kind uint16
	data []byte
}

// u16 and u32 read a number at a place; 0 behind the record's end.
func (r biffRecord) u16(at int) int {
	if at+2 > len(r.data) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(r.data[at:]))
}

func (r biffRecord) u32(at int) uint32 {
	if at+4 > len(r.data) {
		return 0
	}
	return binary.LittleEndian.Uint32(r.data[at:])
}

func (r biffRecord) u8(at int) int {
	if at >= len(r.data) {
		return 0
	}
	return int(r.data[at])
}

// from returns what stands behind a place.
func (r biffRecord) from(at int) []byte { return r.data[min(at, len(r.data)):] }

// biffStream goes through records.
type biffStream struct {
	data []byte
	at   int
	cut  bool // the last record ends behind the data
}

// next returns the next record; false: there is none that is whole.
func (s *biffStream) next() (biffRecord, bool) {
	rest := s.data[min(s.at, len(s.data)):]
	if len(rest) < 4 {
		return biffRecord{}, false
	}
	length := int(binary.LittleEndian.Uint16(rest[2:]))
	if 4+length > len(rest) {
		s.cut = true
		return biffRecord{}, false
	}
	s.at += 4 + length
	return biffRecord{binary.LittleEndian.Uint16(rest), rest[4 : 4+length]}, true
}

// peek is the kind of the next record; 0: there is none.
func (s *biffStream) peek() uint16 {
	if s.at+4 > len(s.data) {
		return 0
	}
	return binary.LittleEndian.Uint16(s.data[s.at:])
}

// continued returns the pieces of a record's data: its own, and those of the records
// that continue it and stand next.
func (s *biffStream) continued(first []byte) [][]byte {
	pieces := [][]byte{first}
	for s.peek() == biffContinue {
		r, isWhole := s.next()
		if !isWhole {
			break
		}
		pieces = append(pieces, r.data)
	}
	return pieces
}

// biffText16 reads a text that begins with its signs (section 2.5.294, without its
// length): one byte that says how wide they are, and the signs, as many as there are.
func biffText16(data []byte, signs int) string {
	p := &biffPieces{pieces: [][]byte{data}}
	wide := p.byte()&1 != 0
	return string(utf16.Decode(p.signs(signs, wide)))
}

// shortText reads a text whose length stands in a byte before it, longText one whose
// length stands in two.
func shortText(data []byte) string {
	if len(data) < 2 {
		return ""
	}
	return biffText16(data[1:], int(data[0]))
}

func longText(data []byte) string {
	if len(data) < 3 {
		return ""
	}
	return biffText16(data[2:], int(binary.LittleEndian.Uint16(data)))
}

// biffPieces reads data that goes on over several records.
type biffPieces struct {
	pieces [][]byte // the first one is being read
	ended  bool     // more was asked for than there is
}

// here returns what is left of the piece being read, which holds something unless all
// is read.
func (p *biffPieces) here() []byte {
	for len(p.pieces) > 0 && len(p.pieces[0]) == 0 {
		p.pieces = p.pieces[1:]
	}
	if len(p.pieces) == 0 {
		p.ended = true
		return nil
	}
	return p.pieces[0]
}

func (p *biffPieces) byte() byte {
	here := p.here()
	if p.ended {
		return 0
	}
	p.pieces[0] = here[1:]
	return here[0]
}

func (p *biffPieces) u16() int { return int(p.byte()) | int(p.byte())<<8 }
func (p *biffPieces) u32() int { return p.u16() | p.u16()<<16 }

// skip passes over bytes.
func (p *biffPieces) skip(n int) {
	for n > 0 {
		here := p.here()
		if p.ended {
			return
		}
		most := min(n, len(here))
		p.pieces[0] = here[most:]
		n -= most
	}
}

// signs reads signs of UTF-16, or of their lower bytes alone. Where they go on in
// another record it says anew how wide they are.
func (p *biffPieces) signs(n int, wide bool) []uint16 {
	var out []uint16
	for n > 0 {
		here := p.here()
		if p.ended {
			return out
		}
		width := 1
		if wide {
			width = 2
		}
		most := min(n, len(here)/width)
		for i := range most {
			sign := uint16(here[i*width])
			if wide {
				sign |= uint16(here[i*width+1]) << 8
			}
			out = append(out, sign)
		}
		n -= most
		p.pieces[0] = here[most*width:]
		if n > 0 {
			p.pieces = p.pieces[1:] // a byte that is left over is none of a sign
			wide = p.byte()&1 != 0
		}
	}
	return out
}

// textRun is where in a text, counted in signs of UTF-16, another font begins.
type textRun struct{ from, font int }

// sharedText is a text of the table that cells share.
type sharedText struct {
	signs []uint16
	runs  []textRun
}

// next reads the next text of the table (section 2.5.293).
func (p *biffPieces) next() sharedText {
	length, flags := p.u16(), p.byte()
	var runs, phonetic int
	if flags&8 != 0 {
		runs = p.u16()
	}
	if flags&4 != 0 {
		phonetic = p.u32()
	}
	text := sharedText{signs: p.signs(length, flags&1 != 0)}
	for range runs {
		if p.ended {
			break
		}
		text.runs = append(text.runs, textRun{p.u16(), p.u16()})
	}
	p.skip(phonetic)
	return text
}

// pieces cuts the text where its font changes; font: -1 for the cell's own.
func (t sharedText) pieces(each func(text string, font int)) {
	from, font := 0, -1
	add := func(to int) {
		if to = min(to, len(t.signs)); to > from {
			each(string(utf16.Decode(t.signs[from:to])), font)
			from = to
		}
	}
	for _, run := range t.runs {
		add(run.from)
		font = run.font
	}
	add(len(t.signs))
}

// drawnText reads the text of a shape from the records that continue its own: the first
// ones hold the text, the last one how it is set (section 2.4.329).
func drawnText(r biffRecord, pieces [][]byte) string {
	length := r.u16(10)
	if length == 0 || len(pieces) < 2 {
		return ""
	}
	p := &biffPieces{pieces: pieces[1:]}
	return strings.ReplaceAll(string(utf16.Decode(p.signs(length, p.byte()&1 != 0))), "\r", "\n")
}
