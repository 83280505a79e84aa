package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// sheet adds the rows of a spreadsheet one by one and finds header rows: the
// first row of words in several columns, and again where a new table begins.
type sheet struct {
	*builder
	header  string
	settled bool // the table's header is known, or that it has none
	figures bool // the table has rows with numbers
	blank   bool // the row before was empty
}

// line adds the next row.
func (s *sheet) line(cells []string) {
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
		s.add(Block{Kind: Paragraph, Text: strings.Join(cells, " ")})
	case filled > 1 && words && (!s.settled || s.blank && s.figures):
		s.header, s.figures = "", false
		s.header, s.settled = s.row(trimmed(cells), ""), true
	default:
		s.settled, s.figures = true, s.figures || !words
		s.row(trimmed(cells), s.header)
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

// sheetHeading begins a sheet.
func (b *builder) sheetHeading(name string) {
	b.path, b.levels = nil, nil
	if !defaultSheet.MatchString(strings.TrimSpace(name)) {
		b.heading(1, name)
	}
}

// shown empties the cells of hidden columns.
func (b *builder) shown(cells []string, hidden []columns) []string {
	cells = cells[:min(len(cells), maxColumns)]
	for _, span := range hidden {
		for i := span.first; i <= span.last && i <= len(cells); i++ {
			if i > 0 && cells[i-1] != "" {
				cells[i-1] = ""
				b.doc.Hidden++
			}
		}
	}
	return cells
}

// columns is a span of columns, from 1.
type columns struct{ first, last int }
