package office

import (
	"maps"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// workbook is what the sheets of a workbook share, in the format of today as in the one
// from before 2007.
type workbook struct {
	strings  []string // that cells share
	styles   []cellStyle
	formats  map[string]*numberFormat // by code
	date1904 bool
	rows     int // with something in them, of all sheets
}

// cellStyle is what a cell's format means for its text.
type cellStyle struct {
	format *numberFormat
	white  bool // white on white
	struck bool
	font   string
}

// maxFormat is the length in bytes up to which a number format is one.
const maxFormat = 1024

func checkFormat(code string) error {
	if len(code) > maxFormat {
		return &extract.Error{Reason: extract.Unsafe, Detail: "a number format is too long"}
	}
	return nil
}

// format returns the number format with this id.
func (w *workbook) format(id int, codes map[int]string) *numberFormat {
	code, ok := codes[id]
	if !ok || id < 50 && builtinFormats[id] != "" {
		code = builtinFormats[id]
	}
	if w.formats == nil {
		w.formats = map[string]*numberFormat{}
	}
	if w.formats[code] == nil {
		w.formats[code] = parseNumberFormat(code)
	}
	return w.formats[code]
}

// style returns a cell's style by its number.
func (w *workbook) style(i int) cellStyle {
	if i >= 0 && i < len(w.styles) {
		return w.styles[i]
	}
	return cellStyle{format: &numberFormat{general: true}}
}

// area is a rectangle of cells, from 1.
type area struct{ firstRow, firstColumn, lastRow, lastColumn int }

// sheetRows takes the rows of one sheet and says what of it is not seen.
type sheetRows struct {
	book     *workbook
	file     *extract.File
	name     string
	table    *extract.Sheet
	hidden   extract.HiddenCells
	filters  []area
	filtered bool // by a filter whose result took the place of the list
	paints   bool // rules or tables may give cells a ground: white text can be seen
	unseen   map[extract.RemarkCode]int
}

// begin begins a sheet.
func (w *workbook) begin(f *extract.File, name string) *sheetRows {
	f.SheetHeading(name)
	return &sheetRows{book: w, file: f, name: name, table: &extract.Sheet{Builder: f.Builder}, unseen: map[extract.RemarkCode]int{}}
}

// take adds a row, numbered from 1, unless it is hidden; outlined: it belongs to a
// group of an outline.
func (s *sheetRows) take(row int, cells []string, hidden, outlined bool) {
	if strings.Join(cells, "") == "" {
		return
	}
	if s.book.rows++; s.book.rows > extract.MaxRows {
		s.file.Full = true
		return
	}
	if hidden && !s.isFolded(row, outlined) {
		s.file.Doc.Hidden++
		s.unseen[extract.HiddenRows]++
		return
	}
	s.table.LineAt(row, s.hidden.Shown(cells))
}

// isFolded reports hidden rows that a click shows again: behind a filter or folded up.
func (s *sheetRows) isFolded(row int, outlined bool) bool {
	inFilter := func(a area) bool { return row > a.firstRow && row <= a.lastRow }
	switch {
	case s.filtered, slices.ContainsFunc(s.filters, inFilter):
		s.unseen[extract.FilteredRows]++
	case outlined:
		s.unseen[extract.FoldedRows]++
	default:
		return false
	}
	return true
}

// shown returns what people see of a cell's text in its style.
func (s *sheetRows) shown(style cellStyle, text string) string {
	switch {
	case text == "":
	case style.white && !s.paints:
		s.file.Doc.Hidden++
		return ""
	case style.struck:
		s.file.Remark(extract.StruckText, 1, "")
		return ""
	}
	return extract.Symbols(style.font, text)
}

// say counts what was left out of the sheet, in the same order each time.
func (s *sheetRows) say() {
	s.hidden.Say(s.file.Builder, s.name)
	for _, code := range slices.Sorted(maps.Keys(s.unseen)) {
		s.file.Remark(code, s.unseen[code], s.name)
	}
}

// germanError returns an error value as a German Excel names it.
func germanError(name string) string {
	switch name {
	case "#N/A":
		return "#NV"
	case "#VALUE!":
		return "#WERT!"
	case "#REF!":
		return "#BEZUG!"
	case "#NUM!":
		return "#ZAHL!"
	}
	return name
}
