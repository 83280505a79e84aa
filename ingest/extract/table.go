package extract

import (
	"slices"
	"strings"
)

// Cell is a cell of a table as it is written.
type Cell struct {
	Text   string
	Across int // columns that it covers; 0 and 1: its own
	Down   int // rows that it covers, likewise
}

// Grid puts cells into columns. A cell that covers several columns or rows is
// read in each of them, so that every row says all that holds for it.
type Grid struct {
	above []reach // cells that reach down, by column
}

// reach is a cell that reaches down into the next rows.
type reach struct {
	text string
	rows int
}

// Fill returns the texts of the next row, one per column.
func (g *Grid) Fill(cells []Cell) []string {
	var texts []string
	put := func(text string, rows int) {
		if column := len(texts); rows > 0 || column < len(g.above) {
			for len(g.above) <= column {
				g.above = append(g.above, reach{})
			}
			g.above[column] = reach{text, rows}
		}
		texts = append(texts, text)
	}
	reaching := func() bool { return len(texts) < len(g.above) && g.above[len(texts)].rows > 0 }
	down := func() {
		r := g.above[len(texts)]
		put(r.text, r.rows-1)
	}
	for _, cell := range cells {
		for reaching() && len(texts) < MaxColumns {
			down()
		}
		for range min(max(cell.Across, 1), MaxSpan) {
			if len(texts) >= MaxColumns {
				return texts
			}
			put(cell.Text, min(max(cell.Down, 1), MaxRows)-1)
		}
	}
	for reaching() && len(texts) < MaxColumns {
		down()
	}
	for i := len(texts); i < len(g.above); i++ {
		g.above[i] = reach{}
	}
	return texts
}

// Head adds a row of a table's header and returns the names of the columns, given
// those of the header rows above it. Rows of a header are one: read each by itself,
// the second would pass for a row of the table. A text over all columns is a title.
func (b *Builder) Head(above, cells []string) []string {
	title, is := overAll(cells)
	switch {
	case is && len(above) == 0:
		b.Add(Block{Kind: Paragraph, Text: title})
		return nil
	case is: // it divides the table
		b.Row(cells, HeaderText(above))
		return above
	}
	if last := len(b.Doc.Blocks) - 1; len(above) > 0 && last >= 0 && b.Doc.Blocks[last].Kind == TableRow {
		b.Doc.Blocks = b.Doc.Blocks[:last]
	}
	names := mergeHeader(above, cells)
	b.Row(slices.Clone(names), "")
	return names
}

// overAll returns the text that all of several columns share.
func overAll(cells []string) (text string, is bool) {
	if len(cells) < 2 || strings.TrimSpace(cells[0]) == "" {
		return "", false
	}
	for _, cell := range cells[1:] {
		if cell != cells[0] {
			return "", false
		}
	}
	return cells[0], true
}

// HeaderText writes the names of columns as one text.
func HeaderText(names []string) string {
	for i := range names {
		names[i] = strings.ReplaceAll(foldSpace(strings.ReplaceAll(names[i], "\n", " ")), "|", "/")
	}
	if strings.Join(names, "") == "" {
		return ""
	}
	return strings.TrimSpace(strings.Join(names, " | "))
}

// mergeHeader names the columns of a header of several rows: "Ansprechstelle"
// over "Fachlich" names one "Ansprechstelle Fachlich".
func mergeHeader(above, row []string) []string {
	if len(above) == 0 {
		return slices.Clone(row)
	}
	merged := make([]string, max(len(above), len(row)))
	for i := range merged {
		var upper, lower string
		if i < len(above) {
			upper = above[i]
		}
		if i < len(row) {
			lower = row[i]
		}
		switch {
		case upper == lower || lower == "":
			merged[i] = upper
		case upper == "":
			merged[i] = lower
		default:
			merged[i] = upper + " " + lower
		}
	}
	return merged
}
