package pdf

import (
	"math"
	"slices"
)

// gap is a blank within a span that the file does not write: words or cells that are
// drawn one by one.
type gap struct {
	at       int // of the blank, in the span's text
	from, to float64
}

// leastGap is the part of the size of letters from which an unwritten blank may be a gap
// between the cells of a table: words stand closer.
const leastGap = 0.3

// Rows of a table.
const (
	leastRows = 3   // with a cell that begins at the same place
	aligned   = 0.7 // points, within which it is the same
)

// cutCells cuts spans where the cells of a table stand so close that they look like
// words: in three rows, one below the other, something begins at the same place, and in
// one of them it stands clearly apart.
func cutCells(rows []visualRow) {
	cuts := make([][]float64, len(rows))
	for i, row := range rows {
		for _, x := range clearStarts(row) {
			first, last := i, i
			for first > 0 && near(rows[first-1], rows[first]) && beginsAt(rows[first-1], x) {
				first--
			}
			if i > first && slices.ContainsFunc(rows[first:i], func(r visualRow) bool { return standsClearAt(r, x) }) {
				continue // gone through from there
			}
			for last+1 < len(rows) && near(rows[last], rows[last+1]) && beginsAt(rows[last+1], x) {
				last++
			}
			for j := first; j <= last && last-first+1 >= leastRows; j++ {
				cuts[j] = append(cuts[j], x)
			}
		}
	}
	for i, places := range cuts {
		if len(places) > 0 {
			rows[i].spans = cutAt(rows[i].spans, places)
		}
	}
}

// near reports rows that may be of one table.
func near(above, below visualRow) bool {
	return above.bottom-below.top < 2*below.spans[0].size
}

// clearStarts returns where spans begin that stand apart from what is left of them.
func clearStarts(row visualRow) (all []float64) {
	for j := 1; j < len(row.spans); j++ {
		if standApart(row.spans[j-1], row.spans[j]) {
			all = append(all, row.spans[j].left)
		}
	}
	return all
}

// standApart reports spans that are not words of one line.
func standApart(last, next pdfSpan) bool { return next.left-last.right > last.size*0.9 }

func standsClearAt(row visualRow, x float64) bool {
	return isAmong(clearStarts(row), x)
}

func beginsAt(row visualRow, x float64) bool {
	return standsClearAt(row, x) || slices.ContainsFunc(row.spans, func(s pdfSpan) bool {
		return slices.ContainsFunc(s.gaps, func(g gap) bool { return samePlace(g.to, x) })
	})
}

func isAmong(places []float64, x float64) bool {
	return slices.ContainsFunc(places, func(place float64) bool { return samePlace(place, x) })
}

func samePlace(a, b float64) bool { return math.Abs(a-b) < aligned }

// cutAt cuts spans at gaps that end at one of the places.
func cutAt(spans []pdfSpan, places []float64) (all []pdfSpan) {
	for _, s := range spans {
		shift := 0
		for _, g := range s.gaps {
			if !isAmong(places, g.to) {
				continue
			}
			left := s
			left.text, left.right, left.gaps = s.text[:g.at-shift], g.from, nil
			s.text, s.left, s.cell = s.text[g.at-shift+1:], g.to, true
			shift = g.at + 1
			all = append(all, left)
		}
		s.gaps = nil
		all = append(all, s)
	}
	return all
}
