package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// Sheet adds the rows of a spreadsheet one by one and finds header rows: the
// first row of words in several columns, and again where a new table begins.
type Sheet struct {
	*Builder
	header  string
	settled bool // the table's header is known, or that it has none
	figures bool // the table has rows with numbers
	blank   bool // the row before was empty
}

// Line adds the next row.
func (s *Sheet) Line(cells []string) {
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
	case filled == 1 && (s.blank || !s.settled):
		s.header, s.settled, s.figures = "", false, false // a title: what follows is another table
		s.Add(Block{Kind: Paragraph, Text: strings.Join(cells, " ")})
	case filled > 1 && words && (!s.settled || s.blank && s.figures):
		s.header, s.figures = "", false
		s.header, s.settled = s.Row(Trimmed(cells), ""), true
	default:
		s.settled, s.figures = true, s.figures || !words
		s.Row(Trimmed(cells), s.header)
	}
	s.blank = false
}

// Trimmed returns the cells without empty ones at the end.
func Trimmed(cells []string) []string {
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
	b.Path, b.Levels = nil, nil
	if !defaultSheet.MatchString(strings.TrimSpace(name)) {
		b.Heading(1, name)
	}
}

// Shown empties the cells of hidden columns.
func (b *Builder) Shown(cells []string, hidden []Columns) []string {
	cells = cells[:min(len(cells), MaxColumns)]
	for _, span := range hidden {
		for i := span.First; i <= span.Last && i <= len(cells); i++ {
			if i > 0 && cells[i-1] != "" {
				cells[i-1] = ""
				b.Doc.Hidden++
			}
		}
	}
	return cells
}

// Columns is a span of columns, from 1.
type Columns struct{ First, Last int }

// MaxColumns is the number of cells of a row that are read; no table of people
// has more.
const MaxColumns = 2000

// MaxSpan is the number of columns or rows that one cell covers at most; Word
// knows no more than 63 columns.
const MaxSpan = 63

// MaxRows is the number of rows that are read, of all sheets of a file together.
const MaxRows = 1 << 20
