package pdf

import (
	"fmt"
	"testing"
)

// TestPagesOfCountlessRows are read as text: looking for columns in them takes time that
// grows with the square of their rows.
func TestPagesOfCountlessRows(t *testing.T) {
	t.Parallel()
	const rows = 60_000
	for name, left := range map[string]func(i int) float64{
		"cells in line": func(int) float64 { return 200 },
		"in disorder":   func(i int) float64 { return 200 + float64(i*37%150) },
	} {
		var spans []pdfSpan
		for i := range rows {
			base := -2 * float64(i)
			for _, x := range []float64{60, left(i)} {
				spans = append(spans, pdfSpan{text: fmt.Sprint("Zeile ", i), left: x, right: x + 30, base: base, top: base + 1.6, bottom: base, size: 2, order: len(spans)})
			}
		}
		page := pdfPage{spans: spans}
		if lines := page.layout(); len(lines) != rows {
			t.Errorf("%s: %d lines of %d", name, len(lines), rows)
		}
		cutCells(rowsOf(spans))
	}
	var line []pdfSpan
	for i := range rows {
		x := 10 * float64(rows-i)
		line = append(line, pdfSpan{text: "x", left: x, right: x + 4, top: 8, size: 8, order: i})
	}
	if n := len(rowsOf(line)); n != rows/maxBeside {
		t.Errorf("a line of %d words: %d rows", rows, n)
	}
}
