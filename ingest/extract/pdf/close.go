package pdf

import (
	"math"
	"slices"
	"sort"
	"strings"
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
	maxOpen   = 100 // places that are followed at once: there are fewer columns
)

// cutCells cuts spans where the cells of a table stand so close that they look like
// words: something begins at the same place in several rows, and more says that it is a
// column, see [begun].
func cutCells(rows []visualRow) {
	cuts := make([][]float64, len(rows))
	var open []*begun
	for i, row := range rows {
		if i > 0 && !near(rows[i-1], row) {
			closeAll(open, cuts)
			open = open[:0]
		}
		for _, s := range startsOf(row) {
			at := slices.IndexFunc(open, func(b *begun) bool { return samePlace(b.x, s.x) })
			switch {
			case at >= 0:
				open[at].begins(i, s, cuts)
			case len(open) < maxOpen:
				b := &begun{x: s.x}
				b.begins(i, s, cuts)
				open = append(open, b)
			}
		}
		open = slices.DeleteFunc(open, func(b *begun) bool {
			goesOn := b.last == i || b.passes(row, cuts)
			if !goesOn {
				b.end(cuts)
			}
			return !goesOn
		})
	}
	closeAll(open, cuts)
	for i, places := range cuts {
		if len(places) > 0 {
			rows[i].spans = cutAt(rows[i].spans, places)
		}
	}
}

func closeAll(open []*begun, cuts [][]float64) {
	for _, b := range open {
		b.end(cuts)
	}
}

// near reports rows that may be of one table.
func near(above, below visualRow) bool {
	return above.bottom-below.top < 2*below.spans[0].size
}

// start is a place in a row where something begins.
type start struct {
	x      float64
	how    beginning
	beside bool // something stands clearly apart further right
	item   bool // what stands left of it begins an item of a list
}

type beginning int

const (
	afterBlank beginning = iota // hardly wider than between words
	afterGap                    // a little wider
	apart                       // clearly
	first                       // nothing stands left of it
)

// startsOf returns the places of a row.
func startsOf(row visualRow) []start {
	all := []start{{x: row.left(), how: first}}
	lastApart := math.Inf(-1)
	for j, s := range row.spans {
		if j > 0 && standApart(row.spans[j-1], s) {
			lastApart = s.left
			all = append(all, start{x: s.left, how: apart})
		}
		for _, g := range s.gaps {
			how := afterBlank
			if g.to-g.from > leastGap*s.size {
				how = afterGap
			}
			all = append(all, start{x: g.to, how: how, item: beginsItem(s.text[:g.at])})
		}
	}
	for i := range all {
		all[i].beside = all[i].x < lastApart
	}
	return all
}

// beginsItem reports the sign or number of a list's item; a number alone may stand in a
// table.
func beginsItem(text string) bool {
	return isMarker(text) && strings.Trim(text, "0123456789 ") != ""
}

// standApart reports spans that are not words of one line.
func standApart(last, next pdfSpan) bool { return next.left-last.right > last.size*0.9 }

// begun is a place where something begins in several rows, none of which has text across
// it.
type begun struct {
	x    float64
	last int // row in which something begins here

	run     []int // rows up to the last one without a break in which something begins here, apart from words
	isClear bool  // in one of them it stands clearly apart

	cells   []int // rows of all that may be cut here
	firsts  int   // rows that begin here
	beside  int   // rows with a cell to cut here and one clearly apart
	astride int   // rows with text on both sides, and none here: cells of one line beside cells of several
}

func (b *begun) begins(row int, s start, cuts [][]float64) {
	b.last = row
	switch s.how {
	case first:
		b.endRun(cuts)
		b.firsts++
		return // a table's column has something left of it
	case afterBlank:
		b.endRun(cuts)
	default:
		b.run = append(b.run, row)
		b.isClear = b.isClear || s.how == apart
	}
	if s.item {
		return
	}
	b.cells = append(b.cells, row)
	if s.beside {
		b.beside++
	}
}

// passes reports whether a row in which nothing begins here has no text across it either.
func (b *begun) passes(row visualRow, cuts [][]float64) bool {
	b.endRun(cuts)
	right := sort.Search(len(row.spans), func(i int) bool { return row.spans[i].left > b.x-aligned })
	if right > 0 && row.spans[right-1].right > b.x {
		return false
	}
	if right > 0 && right < len(row.spans) {
		b.astride++
	}
	return true
}

// endRun cuts the rows one below the other in which something begins here: three, and in
// one of them clearly apart.
func (b *begun) endRun(cuts [][]float64) {
	if len(b.run) >= leastRows && b.isClear {
		b.cut(b.run, cuts)
	}
	b.run, b.isClear = nil, false
}

// end cuts all rows of a narrow table whose cells have several lines: some lines begin
// here, and cells of one line stand on both sides.
func (b *begun) end(cuts [][]float64) {
	b.endRun(cuts)
	if b.firsts >= 2 && b.astride > 0 && b.astride+b.beside >= leastRows {
		b.cut(b.cells, cuts)
	}
}

func (b *begun) cut(rows []int, cuts [][]float64) {
	for _, row := range rows {
		cuts[row] = append(cuts[row], b.x)
	}
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
