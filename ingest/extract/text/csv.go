package text

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readCSV reads a table with commas, semicolons, tabs or bars between its cells.
func readCSV(f *extract.File, text string) error {
	text = strings.TrimPrefix(text, "\uFEFF")
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(first), "sep=") {
		text = rest
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separator(text), -1, true, true
	s, way := &extract.Sheet{Builder: f.Builder}, f.Through(len(text))
	for !f.Full {
		isRead := way.At(r.InputOffset())
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &extract.Error{Reason: extract.NotText, Detail: "the table cannot be parsed: " + err.Error()}
		}
		if !isRead {
			continue
		}
		cells = cells[:min(len(cells), extract.MaxColumns)]
		for i, cell := range cells {
			cells[i] = asText(cell)
		}
		s.Line(cells)
	}
	return nil
}

// asText returns a value that is written as a formula so that a program takes it for
// a text, ="007", as the text.
func asText(cell string) string {
	inner, ok := strings.CutPrefix(strings.TrimSpace(cell), `="`)
	if inner, closed := strings.CutSuffix(inner, `"`); ok && closed {
		return strings.ReplaceAll(inner, `""`, `"`)
	}
	return cell
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
