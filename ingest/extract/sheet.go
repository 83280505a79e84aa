package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Sheet adds the rows of a spreadsheet one by one and finds header rows: the
// first row of words in several columns, and again where a new table begins.
type Sheet struct {
	*Builder
	names   []string // of the columns
	settled bool     // the table's header is known, or that it has none
	figures bool     // the table has rows with numbers
	blank   bool     // the row before was empty
	heads   int      // rows that still belong to the header
	split   bool     // the header's last row has a cell over several columns
	row     int      // of the last line
	ahead   []merged // cells over several places, that begin behind the last line
	sorted  bool     // they are, by their first row
	merged  []merged // those that begin at or before the last line and do not end before it
	width   int      // of those in columns, all together
}

// merged is a cell over several places, with rows and columns from 1.
type merged struct {
	firstRow, firstColumn, lastRow, lastColumn int
	text                                       string
}

// Merge announces a cell that covers several places, before the first of its
// rows is added. Places count from 1.
func (s *Sheet) Merge(firstRow, firstColumn, lastRow, lastColumn int) {
	if len(s.ahead) < MaxMerged && firstColumn <= MaxColumns {
		s.sorted = false
		s.ahead = append(s.ahead, merged{firstRow, firstColumn, lastRow, min(lastColumn, MaxColumns), ""})
	}
}

// MaxMerged is the number of merged cells of a sheet that are looked at.
const MaxMerged = 20_000

// reach moves on to the row of the last line: merged cells end, and others begin. Where
// more lie over one another than there are columns, the later ones do not count.
func (s *Sheet) reach() {
	if !s.sorted {
		slices.SortStableFunc(s.ahead, func(a, b merged) int { return a.firstRow - b.firstRow })
		s.sorted = true
	}
	s.merged = slices.DeleteFunc(s.merged, func(m merged) bool {
		if m.lastRow < s.row {
			s.width -= m.lastColumn - m.firstColumn + 1
		}
		return m.lastRow < s.row
	})
	for len(s.ahead) > 0 && s.ahead[0].firstRow <= s.row {
		m := s.ahead[0]
		s.ahead = s.ahead[1:]
		width := m.lastColumn - m.firstColumn + 1
		if m.lastRow >= s.row && width > 0 && s.width+width <= MaxColumns {
			s.merged = append(s.merged, m)
			s.width += width
		}
	}
}

// LineAt adds a row by its number; rows without a line are empty.
func (s *Sheet) LineAt(row int, cells []string) {
	if row > s.row+1 && s.row > 0 {
		s.blank = true
	}
	s.row = row
	across, down := 0, 0
	if s.reach(); len(s.merged) > 0 {
		cells, across, down = s.filled(cells)
	}
	s.line(cells, across, down)
}

// Line adds the next row.
func (s *Sheet) Line(cells []string) { s.LineAt(s.row+1, cells) }

// filled puts merged cells into all of their places, if there is something else
// in the row: a title over all columns is one. It returns how many columns and
// further rows the cells that begin in this row cover at most.
func (s *Sheet) filled(cells []string) (all []string, across, down int) {
	at := func(column int) string {
		if column <= len(cells) {
			return cells[column-1]
		}
		return ""
	}
	var here []merged
	covered := map[int]bool{}
	for i := range s.merged {
		m := &s.merged[i]
		if m.firstRow == s.row {
			m.text = at(m.firstColumn)
		}
		if m.text == "" {
			continue
		}
		here = append(here, *m)
		for c := m.firstColumn; c <= m.lastColumn; c++ {
			covered[c] = true
		}
	}
	others := 0
	for i, cell := range cells {
		if strings.TrimSpace(cell) != "" && !covered[i+1] {
			others++
		}
	}
	starting := 0
	for _, m := range here {
		if m.firstRow == s.row {
			starting++
		}
	}
	if len(here) == 0 || others == 0 && starting < 2 && (starting == 0 || len(here) == 1) {
		return cells, 0, 0
	}
	for _, m := range here {
		for c := m.firstColumn; c <= m.lastColumn; c++ {
			for len(cells) < c {
				cells = append(cells, "")
			}
			cells[c-1] = m.text
		}
		if m.firstRow == s.row {
			across, down = max(across, m.lastColumn-m.firstColumn+1), max(down, m.lastRow-m.firstRow)
		}
	}
	return cells, across, down
}

// namesFurther reports rows that leave columns free that have a name already.
func (s *Sheet) namesFurther(cells []string) bool {
	for i, name := range s.names {
		if name != "" && (i >= len(cells) || strings.TrimSpace(cells[i]) == "") {
			return true
		}
	}
	return false
}

// line adds a row; across and down say what its cells cover.
func (s *Sheet) line(cells []string, across, down int) {
	filled, words := 0, true
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			filled++
			words = words && isWords(cell)
		}
	}
	switch {
	case filled == 0:
		s.blank = true
		return
	case words && filled > 1 && (s.heads > 0 || s.split && !s.blank && s.namesFurther(cells)):
		s.names = s.Head(s.names, trimmed(cells))
		s.heads, s.split = s.heads-1, false
	case filled == 1 && (s.blank || !s.settled):
		s.names, s.settled, s.figures = nil, false, false // a title: what follows is another table
		s.Add(Block{Kind: Paragraph, Text: strings.Join(cells, " ")})
	case filled > 1 && words && (!s.settled || s.blank && s.figures):
		s.Row(slices.Clone(trimmed(cells)), "")
		s.names, s.settled, s.figures = slices.Clone(trimmed(cells)), true, false
		s.heads, s.split = down, across > 1
		s.blank = false
		return
	default:
		s.settled, s.figures = true, s.figures || !words
		s.Row(trimmed(cells), HeaderText(s.names))
	}
	s.heads, s.split = max(s.heads, 0), false
	if !words {
		s.heads = 0
	}
	s.blank = false
}

// trimmed returns the cells without empty ones at the end.
func trimmed(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// maxColumnName is the length in bytes up to which a cell can name a column.
const maxColumnName = 200

// isWords reports cells that can name a column: no amounts and dates. A year can.
func isWords(cell string) bool {
	if len(cell) > maxColumnName {
		return false
	}
	return yearName.MatchString(cell) || strings.ContainsFunc(cell, unicode.IsLetter) && !datedCell.MatchString(cell)
}

var (
	yearName  = regexp.MustCompile(`^(?:19|20)\d\d$`)
	datedCell = regexp.MustCompile(`^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|^-?[\d.,]+ ?(?:€|%|EUR|h|Uhr)?$`)
)

// defaultSheet matches names that a program gave.
var defaultSheet = regexp.MustCompile(`(?i)^(?:sheet|tabelle|blatt|table) ?\d*$`)

// SheetHeading begins a sheet.
func (b *Builder) SheetHeading(name string) {
	b.Top()
	if !defaultSheet.MatchString(strings.TrimSpace(name)) {
		b.Heading(1, name)
	}
}

// HiddenCells are the columns of a sheet that are not seen, and those among
// them that hold something.
type HiddenCells struct {
	spans  []Columns
	filled map[int]bool
	folded map[int]bool
}

// Columns is a span of columns, from 1.
type Columns struct {
	First, Last int
	Folded      bool // in an outline: a click shows them, and they are read
}

// Add hides columns.
func (h *HiddenCells) Add(span Columns) { h.spans = append(h.spans, span) }

// Shown empties the cells of hidden columns.
func (h *HiddenCells) Shown(cells []string) []string {
	cells = cells[:min(len(cells), MaxColumns)]
	for _, span := range h.spans {
		for i := max(span.First, 1); i <= span.Last && i <= len(cells); i++ {
			if cells[i-1] == "" {
				continue
			}
			if span.Folded {
				h.folded = mark(h.folded, i)
				continue
			}
			cells[i-1] = ""
			h.filled = mark(h.filled, i)
		}
	}
	return cells
}

func mark(set map[int]bool, i int) map[int]bool {
	if set == nil {
		set = map[int]bool{}
	}
	set[i] = true
	return set
}

// Say counts what was found in hidden columns of a sheet.
func (h *HiddenCells) Say(b *Builder, sheet string) {
	b.Doc.Hidden += len(h.filled)
	b.Remark(HiddenColumns, len(h.filled), sheet)
	b.Remark(FoldedColumns, len(h.folded), sheet)
}

// MaxColumns is the number of cells of a row that are read; no table of people
// has more.
const MaxColumns = 2000

// MaxSpan is the number of columns or rows that one cell covers at most; Word
// knows no more than 63 columns.
const MaxSpan = 63

// MaxRows is the number of rows that are read, of all sheets of a file together.
const MaxRows = 1 << 20
