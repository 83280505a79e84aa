package office

import (
	"encoding/binary"
	"math"
	"slices"
	"unicode/utf16"

	"lvr.example/sprechstunde/ingest/extract"
)

// xlsCells reads the rows of one sheet.
type xlsCells struct {
	*xls
	*sheetRows
	data    []byte // of the sheet
	found   []placedCells
	rows    map[int]xlsRow // from 0
	unsaid  bool           // rows of which nothing is said are hidden
	filter  bool           // hides rows
	drawn   []string
	blanks  int    // formulas whose value is an empty text
	worked  bool   // another formula has a value
	isNote  bool   // the drawing that is read belongs to a comment
	label   string // of a chart, being read
	reading []string
}

// placedCells is a record with cells of a row, from 0, by its place.
type placedCells struct {
	row uint16
	at  int32
}

type xlsRow struct{ hidden, outlined bool }

// sheet adds the rows of a sheet and what floats above them; number: of the sheet, from
// 1; before: bytes of sheets that are read.
func (x *xls) sheet(s xlsSheet, number, before int) {
	data := x.stream[s.at:s.end]
	first, ok := (&biffStream{data: data}).next()
	if !ok || first.kind != biffBOF {
		x.Remark(extract.MissingPart, 1, s.name)
		return
	}
	r := &xlsCells{xls: x, sheetRows: x.begin(x.File, s.name), data: data, rows: map[int]xlsRow{}}
	r.lookThrough()
	if of, isKnown := x.filtering[number]; r.filter && isKnown {
		r.filters = append(r.filters, of)
	} else {
		r.filtered = r.filter
	}
	r.addRows(before)
	if !r.worked && r.blanks > 0 { // a program that works out nothing writes all of them so
		r.unseen[extract.NoValue] += r.blanks
	}
	r.say()
	for _, text := range r.drawn {
		x.Add(extract.Block{Kind: extract.Paragraph, Text: text})
	}
}

// lookThrough notes where the cells stand, and what is said of rows, columns, merged
// cells, filters and drawings, some of it behind the cells. Charts stand in between,
// with a beginning and an end of their own.
func (r *xlsCells) lookThrough() {
	s := &biffStream{data: r.data}
	for depth := 0; ; {
		at := s.at
		record, ok := s.next()
		if !ok {
			break
		}
		switch record.kind {
		case biffBOF:
			depth++
			continue
		case biffEOF:
			if depth--; depth <= 0 {
				return
			}
			continue
		}
		if !r.noteDrawn(record, s) && depth == 1 {
			r.note(record, at)
		}
	}
	r.cut = r.cut || s.cut
}

// noteDrawn notes texts of shapes, and titles of charts and their axes.
func (r *xlsCells) noteDrawn(record biffRecord, s *biffStream) (isDrawn bool) {
	const comment = 0x19
	text := ""
	switch record.kind {
	case biffObject:
		r.isNote = record.u16(4) == comment
	case biffDrawnText:
		if pieces := s.continued(record.data); !r.isNote {
			text = drawnText(record, pieces)
		}
	case chartLabel:
		r.label = ""
	case chartText:
		r.label = shortText(record.from(2))
	case chartLabelOf:
		if of := record.u16(0); of >= 1 && of <= 3 || of == 7 { // not of a value
			text = r.label
		}
	default:
		return false
	}
	if text != "" {
		r.drawn = append(r.drawn, text)
	}
	return true
}

func (r *xlsCells) note(record biffRecord, at int) {
	switch record.kind {
	case biffFormula, biffRKs, biffRichText, biffSharedText, biffNumber, biffText, biffTruth, biffRK:
		r.found = append(r.found, placedCells{uint16(record.u16(0)), int32(at)})
	case biffRow:
		flags := record.u16(12)
		r.rows[record.u16(0)] = xlsRow{hidden: flags&0x20 != 0 || record.u16(6)&0x7FFF == 0, outlined: flags&7 != 0}
	case biffDefaultRow:
		r.unsaid = record.u16(0)&2 != 0
	case biffColumns:
		flags := record.u16(8)
		if flags&1 != 0 || record.u16(4) == 0 {
			r.hidden.Add(extract.Columns{First: record.u16(0) + 1, Last: record.u16(2) + 1, Folded: flags>>8&7 != 0})
		}
	case biffMerged:
		for i := range min(record.u16(0), len(record.data)/8) {
			at := 2 + 8*i
			r.table.Merge(record.u16(at)+1, record.u16(at+4)+1, record.u16(at+2)+1, record.u16(at+6)+1)
		}
	case biffFilterMode, biffFilter:
		r.filter = true
	case biffConditional, biffConditional2, biffTable:
		r.paints = true
	}
}

// addRows adds the rows in their order; most programs write them so.
func (r *xlsCells) addRows(before int) {
	byRow := func(a, b placedCells) int { return int(a.row) - int(b.row) }
	if !slices.IsSortedFunc(r.found, byRow) {
		slices.SortStableFunc(r.found, byRow)
	}
	for i, isRead := 0, false; i < len(r.found); i++ {
		cells := r.found[i]
		if i == 0 || r.found[i-1].row != cells.row {
			isRead = r.way.At(int64(before) + int64(cells.at)) // a row is read as a whole or not at all
		}
		if !isRead {
			continue
		}
		r.readCells(int(cells.at))
		if i+1 == len(r.found) || r.found[i+1].row != cells.row {
			r.takeRow(int(cells.row))
		}
	}
}

func (r *xlsCells) takeRow(row int) {
	said, isSaid := r.rows[row]
	r.take(row+1, r.reading, said.hidden || !isSaid && r.unsaid, said.outlined)
	r.reading = r.reading[:0]
}

// put writes a cell, in a column from 0, into the row that is being read.
func (r *xlsCells) put(column int, style cellStyle, text string) {
	text = r.shown(style, text)
	if text == "" || column >= extract.MaxColumns {
		return
	}
	for len(r.reading) <= column {
		r.reading = append(r.reading, "")
	}
	r.reading[column] = text
}

// readCells reads the cells of the record at a place.
func (r *xlsCells) readCells(at int) {
	s := &biffStream{data: r.data, at: at}
	record, _ := s.next()
	column, style := record.u16(2), r.style(record.u16(4))
	switch record.kind {
	case biffSharedText:
		if i := record.u32(6); i < uint32(len(r.strings)) {
			r.put(column, style, style.format.written(r.strings[i]))
		}
	case biffText, biffRichText:
		r.put(column, style, style.format.written(longText(record.from(6))))
	case biffNumber:
		r.put(column, style, style.format.number(biffFloat(record.from(6)), r.date1904))
	case biffRK:
		r.put(column, style, style.format.number(rkNumber(record.u32(6)), r.date1904))
	case biffRKs:
		for at := 4; at+6 < len(record.data); at += 6 { // the last column's number stands behind them
			style := r.style(record.u16(at))
			r.put(column, style, style.format.number(rkNumber(record.u32(at+2)), r.date1904))
			column++
		}
	case biffTruth:
		r.put(column, style, truthOrError(record.u8(6), record.u8(7) != 0))
	case biffFormula:
		r.put(column, style, r.formula(record, style, s))
	}
}

// formula returns the value that a formula had when the file was saved (section
// 2.5.133).
func (r *xlsCells) formula(record biffRecord, style cellStyle, s *biffStream) string {
	const (
		text, truth, failure = 0, 1, 2
		always, atOpening    = 1, 2 // when it is worked out
	)
	if record.u16(12) != 0xFFFF {
		value := biffFloat(record.from(6))
		if value == 0 && record.u16(14)&(always|atOpening) == always|atOpening {
			r.unseen[extract.NoValue]++ // a program that works out nothing wrote it
			return ""
		}
		r.worked = true
		return style.format.number(value, r.date1904)
	}
	if record.u8(6) > failure {
		r.blanks++
		return ""
	}
	r.worked = true
	switch record.u8(6) {
	case text:
		return style.format.written(textOfFormula(s))
	case truth, failure:
		return truthOrError(record.u8(8), record.u8(6) == failure)
	}
	return ""
}

// textOfFormula reads the record behind a formula that holds its text; one that shares
// the formula with other cells may stand in between.
func textOfFormula(s *biffStream) string {
	for range 3 {
		record, ok := s.next()
		if !ok || record.kind == biffFormula {
			return ""
		}
		if record.kind != biffFormulaText {
			continue
		}
		p := &biffPieces{pieces: s.continued(record.data)}
		length, flags := p.u16(), p.byte()
		return string(utf16.Decode(p.signs(length, flags&1 != 0)))
	}
	return ""
}

func biffFloat(data []byte) float64 {
	if len(data) < 8 {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(data))
}

// rkNumber reads a number in four bytes (section 2.5.217).
func rkNumber(rk uint32) float64 {
	const hundredth, whole = 1, 2
	value := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&whole != 0 {
		value = float64(int32(rk) >> 2)
	}
	if rk&hundredth != 0 {
		value /= 100
	}
	return value
}

func truthOrError(value int, isError bool) string {
	if !isError {
		return extract.GermanTruth(value != 0)
	}
	return germanError(biffErrors[value])
}

// biffErrors are the errors by their number (section 2.5.10).
var biffErrors = map[int]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
