package extract

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// maxColumns is the number of cells of a row that are read; no table of people
// has more.
const maxColumns = 2000

// readCSV reads a table with commas, semicolons, tabs or bars between its cells.
func readCSV(b *builder, text string) error {
	text = strings.TrimPrefix(text, "\uFEFF")
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(first), "sep=") {
		text = rest
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separator(text), -1, true, true
	s := &sheet{builder: b}
	for !b.full {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &Error{Reason: NotText, Detail: "the table cannot be parsed: " + err.Error()}
		}
		s.line(cells[:min(len(cells), maxColumns)])
	}
	return nil
}

// separator returns the sign that cuts most of the first lines into the same
// number of cells, more than one.
func separator(text string) rune {
	lines := strings.SplitN(text, "\n", 21)
	lines = lines[:min(len(lines), 20)]
	best, most := ',', 0
	for _, sign := range ";,\t|" {
		score := 0
		for i, line := range lines {
			if n := outsideQuotes(line, sign); n > 0 {
				score += 2
				if i > 0 && n == outsideQuotes(lines[i-1], sign) {
					score++
				}
			}
		}
		if score > most {
			best, most = sign, score
		}
	}
	return best
}

// outsideQuotes counts a sign where it separates.
func outsideQuotes(line string, sign rune) int {
	n, quoted := 0, false
	for _, r := range line {
		if r == '"' {
			quoted = !quoted
		} else if r == sign && !quoted {
			n++
		}
	}
	return n
}
