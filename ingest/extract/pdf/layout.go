package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/ingest/extract"
)

// pdfLine is one line of text in reading order, or one row of a table.
type pdfLine struct {
	page        int
	text        string
	cells       []string  // of a table row
	columns     []float64 // where the table's columns begin
	table       int       // number of the table on its page; lines of text have 0
	left, right float64
	top, base   float64
	size        float64
	bold        bool
	center      float64 // of the column that it stands in
	width       float64 // as above
}

// visualRow is what stands side by side.
type visualRow struct {
	spans       []pdfSpan // from left to right
	top, bottom float64
}

func (r visualRow) left() float64  { return r.spans[0].left }
func (r visualRow) right() float64 { return r.spans[len(r.spans)-1].right }

// layout puts the spans of a page into reading order.
func (s *pdfPage) layout() []pdfLine {
	l := &pdfLayout{page: s.number}
	l.region(s.spans, 0)
	return l.lines
}

type pdfLayout struct {
	page   int
	tables int
	lines  []pdfLine
}

const (
	maxRegions = 8    // how often a region is divided into columns
	maxRows    = 3000 // of a region that is looked at for columns and tables: no page that people read has more
	maxBeside  = 1000 // spans side by side
)

// region reads spans from top to bottom. Where an empty strip runs down several
// rows, what is left and right of it is either two columns of text, read one
// after the other, or a table.
func (l *pdfLayout) region(spans []pdfSpan, depth int) {
	rows := rowsOf(spans)
	if len(rows) > maxRows {
		l.text(rows, rows)
		return
	}
	done := 0 // rows that are read
	for i := 0; i < len(rows); {
		strip, end, both := stripFrom(rows, i)
		if both < 2 || depth > maxRegions {
			i++
			continue
		}
		start := withHead(rows, strip, done, i)
		left, right := divide(rows[start:end], strip)
		how := columnsOrTable(rows[start:end], left, right, both)
		switch {
		case how == asTable && (!isAligned(rows[i:end], strip) || runsOn(rows, i, end, strip)):
			i++
			continue
		case how == asTable:
			end = tableEnd(rows, strip, i, end)
			l.text(rows[done:i], rows)
			l.table(rows[i:end])
		default:
			l.text(rows[done:start], rows)
			l.columns(left, right, how, depth)
		}
		i, done = end, end
	}
	l.text(rows[done:], rows)
}

func (l *pdfLayout) columns(left, right []pdfSpan, how arrangement, depth int) {
	parts := [][]pdfSpan{left, right}
	if how == asPieces {
		parts = pieces(left, right)
	}
	for _, part := range parts {
		l.region(part, depth+1)
	}
}

// rowsOf groups spans that stand side by side, from the top of the page down.
func rowsOf(spans []pdfSpan) []visualRow {
	sorted := slices.Clone(spans)
	slices.SortStableFunc(sorted, func(a, b pdfSpan) int { return cmp.Compare(b.base, a.base) })
	var rows []visualRow
	for _, s := range sorted {
		if n := len(rows); n > 0 && len(rows[n-1].spans) < maxBeside && sameRow(rows[n-1], s) {
			rows[n-1].spans = append(rows[n-1].spans, s)
			rows[n-1].top, rows[n-1].bottom = max(rows[n-1].top, s.top), min(rows[n-1].bottom, s.bottom)
			continue
		}
		rows = append(rows, visualRow{spans: []pdfSpan{s}, top: s.top, bottom: s.bottom})
	}
	for i := range rows {
		slices.SortStableFunc(rows[i].spans, func(a, b pdfSpan) int { return cmp.Compare(a.left, b.left) })
	}
	cutCells(rows)
	for i := range rows {
		rows[i].spans = joinMarkers(rows[i].spans)
	}
	return rows
}

// sameRow reports whether a span stands beside those of a row: nearly on the
// same line, as raised signs do, and over none of them.
func sameRow(row visualRow, s pdfSpan) bool {
	first := row.spans[0]
	small := min(first.size, s.size)
	far := 0.45 * small
	if isRaisedSign(s.text) && s.size < 0.8*first.size && s.base > first.base {
		far = 0.45 * first.size
	}
	if math.Abs(first.base-s.base) > far {
		return false
	}
	for _, other := range row.spans {
		if min(other.right, s.right)-max(other.left, s.left) > 0.5*small {
			return false
		}
	}
	return true
}

// joinMarkers joins bullets and numbers with the text behind them, and spans
// that touch.
func joinMarkers(spans []pdfSpan) []pdfSpan {
	joined := spans[:1]
	for _, s := range spans[1:] {
		last := &joined[len(joined)-1]
		gap := s.left - last.right
		apart := standApart(*last, s)
		if isMarker(last.text) && len(joined) == 1 {
			apart = gap > 5*last.size
		}
		if apart || s.cell {
			joined = append(joined, s)
			continue
		}
		between := " "
		if gap < 0.15*last.size {
			between = ""
		}
		if s.size < 0.8*last.size && s.base > last.base+0.15*last.size && gap < 0.4*last.size && isRaisedSign(s.text) {
			last.text = extract.RaisedBehind(last.text, s.text)
			last.right, last.top = max(last.right, s.right), max(last.top, s.top)
			continue
		}
		if isMarker(last.text) {
			last.size = s.size
		}
		last.text += between + s.text
		last.right, last.top, last.bottom = max(last.right, s.right), max(last.top, s.top), min(last.bottom, s.bottom)
		last.bold = last.bold && s.bold || isMarker(last.text) && s.bold
		last.size = max(last.size, s.size)
	}
	return joined
}

// strip is an empty stretch from left to right.
type strip struct {
	from, to float64
	least    float64 // how wide it must be to divide
}

// Narrowest strips in points: that divides a page, and that divides cells which begin
// one below the other.
const (
	minStrip  = 6.0
	cellStrip = 2.0
)

// stripFrom looks for the strip that begins at a gap of row i and divides most
// rows. It returns the row after the last one with something on each side,
// and how many rows have text on both; lines of two columns that stand at
// different heights count as such.
func stripFrom(rows []visualRow, i int) (best strip, end, both int) {
	for _, start := range gaps(rows, i) {
		current, last, found, changes := start, i, 0, 0
		inner := start
		side := none
		for j := i; j < len(rows); j++ {
			if j > i && rows[j-1].bottom-rows[j].top > 4*rows[j].spans[0].size {
				break // far below: something else
			}
			next, here, ok := narrow(current, rows[j])
			if !ok {
				break
			}
			current = next
			switch {
			case here == bothSides:
				found++
				last, inner = j, next
			case side != none && side != here && side != bothSides:
				changes++
				last, inner = j, next
			}
			side = here
		}
		if rank := found + changes/2; rank >= 2 && (rank > both || rank == both && inner.to-inner.from > best.to-best.from) {
			best, end, both = inner, last+1, rank
		}
	}
	if both >= 2 {
		end = withTail(rows, best, i, end)
	}
	return best, end, both
}

// gaps returns the wide gaps of a row, and that between it and the next one if
// they stand side by side at different heights.
func gaps(rows []visualRow, i int) []strip {
	var all []strip
	add := func(from, to, least float64) {
		if to-from >= least {
			all = append(all, strip{from, to, least})
		}
	}
	row := rows[i]
	for j := 1; j < len(row.spans); j++ {
		least := minStrip
		if row.spans[j].cell {
			least = cellStrip
		}
		add(row.spans[j-1].right, row.spans[j].left, least)
	}
	if i+1 < len(rows) && row.bottom-rows[i+1].top < row.spans[0].size {
		add(row.right(), rows[i+1].left(), minStrip)
		add(rows[i+1].right(), row.left(), minStrip)
	}
	return all
}

// side is where a row has text, seen from a strip.
type side int

const (
	none side = iota
	leftSide
	rightSide
	bothSides
)

// narrow returns what of a strip is empty in a row too, and where the row has text.
func narrow(s strip, row visualRow) (result strip, here side, ok bool) {
	result = s
	for _, span := range row.spans {
		if middle := (span.left + span.right) / 2; middle < (s.from+s.to)/2 {
			result.from = max(result.from, span.right)
			here |= leftSide
		} else {
			result.to = min(result.to, span.left)
			here |= rightSide
		}
	}
	return result, here, result.to-result.from >= s.least
}

// withHead adds the rows above on one side of the strip only that stand close,
// unless the page draws what is on the right before all that is on the left.
func withHead(rows []visualRow, s strip, done, start int) int {
	firstLeft := math.MaxInt
	for _, span := range rows[start].spans {
		if span.left < s.from {
			firstLeft = min(firstLeft, span.order)
		}
	}
	for start > done {
		row := rows[start-1]
		_, here, ok := narrow(s, row)
		apart := row.bottom - rows[start].top
		if !ok || here == bothSides || apart > 2.5*row.spans[0].size || here == rightSide && row.spans[0].order < firstLeft {
			break
		}
		for _, span := range row.spans {
			if here == leftSide {
				firstLeft = min(firstLeft, span.order)
			}
		}
		start--
	}
	return start
}

// withTail adds the rows below on one side of the strip only, as where a column
// is longer, unless the page draws columns one after the other and these rows
// later than the other side: then they come after both.
func withTail(rows []visualRow, s strip, start, end int) int {
	left, right := divide(rows[start:end], s)
	lastRight := math.MaxInt // drawn across: the order says nothing
	if changesOf(left, right) < end-start {
		lastRight = slices.MaxFunc(right, func(a, b pdfSpan) int { return cmp.Compare(a.order, b.order) }).order
	}
	for end < len(rows) {
		row := rows[end]
		_, here, ok := narrow(s, row)
		apart := rows[end-1].bottom - row.top
		if !ok || here == bothSides || apart > 4*row.spans[0].size || here == leftSide && row.spans[0].order > lastRight {
			break
		}
		end++
	}
	return end
}

// divide splits the spans of rows at a strip, keeping those of a row together.
func divide(rows []visualRow, s strip) (left, right []pdfSpan) {
	for _, row := range rows {
		for _, span := range row.spans {
			if (span.left+span.right)/2 < (s.from+s.to)/2 {
				left = append(left, span)
			} else {
				right = append(right, span)
			}
		}
	}
	return left, right
}

type arrangement int

const (
	asTable arrangement = iota
	asColumns
	asPieces // in the order of drawing
)

// columnsOrTable tells columns of text from a table. Programs draw a column
// whole before the next one, and a table cell by cell along its rows; who draws
// line by line across columns is recognised by lines that are full of words.
func columnsOrTable(rows []visualRow, left, right []pdfSpan, both int) arrangement {
	changes := changesOf(left, right)
	prose := isProse(left) && isProse(right)
	switch {
	case changes <= 1 && (prose || !isFull(rows, both)):
		return asColumns
	case prose && both >= 5 && 2*changes >= 3*both:
		return asColumns
	case prose && both >= 4*changes:
		return asPieces
	}
	return asTable
}

// isAligned reports whether what begins right of the strip stands in line on the
// left, on the right or in the middle, as in tables. Gaps that happen to lie
// above each other in widely set text do not.
func isAligned(rows []visualRow, s strip) bool {
	var edges [3][]float64
	for _, row := range rows {
		for _, span := range row.spans {
			if (span.left+span.right)/2 > (s.from+s.to)/2 {
				edges[0] = append(edges[0], span.left)
				edges[1] = append(edges[1], span.right)
				edges[2] = append(edges[2], (span.left+span.right)/2)
				break
			}
		}
	}
	for _, edge := range edges {
		slices.Sort(edge)
		near := 0
		for _, x := range edge {
			if math.Abs(x-edge[len(edge)/2]) < 3 {
				near++
			}
		}
		if near*3 >= len(edge)*2 {
			return true
		}
	}
	return false
}

// runsOn reports whether a word divided at the end of a row goes on at the left of
// the next one: lines of justified text with wide gaps, not rows of a table.
func runsOn(rows []visualRow, start, end int, s strip) bool {
	for i := start; i < min(end, len(rows)-1); i++ {
		last, next := rows[i].spans[len(rows[i].spans)-1], rows[i+1].spans[0]
		first, _ := utf8.DecodeRuneInString(next.text)
		if _, divided := extract.CutHyphen(last.text); divided && unicode.IsLower(first) && last.left > s.from && next.left < s.from {
			return true
		}
	}
	return false
}

// isFull reports whether nearly every row has both sides, as tables do.
func isFull(rows []visualRow, both int) bool { return both*10 >= len(rows)*8 }

// changesOf counts how often drawing goes from one side to the other.
func changesOf(left, right []pdfSpan) int { return len(pieces(left, right)) - 1 }

// pieces returns the spans in the order of drawing, cut where it changes side.
func pieces(left, right []pdfSpan) [][]pdfSpan {
	type sided struct {
		pdfSpan
		right bool
	}
	var all []sided
	for _, s := range left {
		all = append(all, sided{s, false})
	}
	for _, s := range right {
		all = append(all, sided{s, true})
	}
	slices.SortStableFunc(all, func(a, b sided) int { return cmp.Compare(a.order, b.order) })
	var cut [][]pdfSpan
	for i, s := range all {
		if i == 0 || s.right != all[i-1].right {
			cut = append(cut, nil)
		}
		cut[len(cut)-1] = append(cut[len(cut)-1], s.pdfSpan)
	}
	return cut
}

// isProse reports lines that are long and mostly fill their column.
func isProse(spans []pdfSpan) bool {
	if len(spans) < 3 {
		return false
	}
	var letters int
	var widths []float64
	for _, s := range spans {
		letters += len(s.text)
		widths = append(widths, s.right-s.left)
	}
	slices.Sort(widths)
	return letters >= 20*len(spans) && widths[len(widths)/2] >= 0.6*widths[len(widths)-1]
}

// text adds rows as lines of text.
func (l *pdfLayout) text(rows, region []visualRow) {
	if len(rows) == 0 {
		return
	}
	left, right := region[0].left(), region[0].right()
	for _, r := range region {
		left, right = min(left, r.left()), max(right, r.right())
	}
	for _, row := range rows {
		line := l.lineOf(row.spans)
		line.center, line.width = (left+right)/2, right-left
		l.lines = append(l.lines, line)
	}
}

func (l *pdfLayout) lineOf(spans []pdfSpan) pdfLine {
	first := spans[0]
	line := pdfLine{page: l.page, left: first.left, right: first.right, top: first.top, base: first.base, size: first.size, bold: true}
	texts := make([]string, len(spans))
	for i, s := range spans {
		texts[i] = s.text
		line.right, line.top, line.size = max(line.right, s.right), max(line.top, s.top), max(line.size, s.size)
		line.bold = line.bold && s.bold
	}
	line.text = strings.Join(texts, " ")
	return line
}

// table adds rows as table rows.
func (l *pdfLayout) table(rows []visualRow) {
	l.tables++
	columns := columnsOf(rows)
	for _, group := range tableRows(rows, columns) {
		line := l.lineOf(group[0].spans)
		line.table = l.tables
		line.cells = make([]string, len(columns))
		for _, c := range columns {
			line.columns = append(line.columns, c.from)
		}
		for _, row := range group {
			for _, s := range row.spans {
				c := columnAt(columns, s)
				line.cells[c] = extract.JoinLines(line.cells[c], s.text)
				line.bold = line.bold && s.bold
			}
		}
		l.lines = append(l.lines, line)
	}
}

// columnsOf returns the stretches from left to right that the rows cover. Rows
// with few spans may reach over several columns and do not count.
func columnsOf(rows []visualRow) []strip {
	most := 0
	for _, row := range rows {
		most = max(most, clearSpans(row))
	}
	var all []strip
	for _, row := range rows {
		if clearSpans(row)*3 < most*2 {
			continue
		}
		for _, s := range row.spans {
			all = append(all, strip{from: s.left, to: s.right})
		}
	}
	slices.SortFunc(all, func(a, b strip) int { return cmp.Compare(a.from, b.from) })
	columns := all[:1]
	for _, s := range all[1:] {
		last := &columns[len(columns)-1]
		if s.from < last.to+2 {
			last.to = max(last.to, s.to)
			continue
		}
		columns = append(columns, s)
	}
	return columns
}

// clearSpans counts the spans of a row without those that were cut from others: what is
// left of a row that reaches over columns may still do so.
func clearSpans(row visualRow) (n int) {
	for _, s := range row.spans {
		if !s.cell {
			n++
		}
	}
	return n
}

// columnAt returns the column that most of a span stands in.
func columnAt(columns []strip, s pdfSpan) int {
	best, most := 0, math.Inf(-1)
	for i, c := range columns {
		if shared := min(c.to, s.right) - max(c.from, s.left); shared > most {
			best, most = i, shared
		}
	}
	return best
}

// tableEnd returns where a table ends: after the last row with text on both
// sides of the strip and the further lines of that row's cells.
func tableEnd(rows []visualRow, s strip, start, end int) int {
	last := start
	for i := start; i < end; i++ {
		if _, here, _ := narrow(s, rows[i]); here == bothSides {
			last = i
		}
	}
	columns, latest := columnsOf(rows[start:last+1]), latestOf(rows[last])
	for ; last+1 < end; last++ {
		above, row := rows[last], rows[last+1]
		isMixed := earliestOf(row) < latestOf(above) || isClose(above, row) && earliestOf(row) < latest
		if !isMixed && !lacksFirst(above, row, above, columns) {
			break
		}
		latest = max(latest, latestOf(row))
	}
	return last + 1
}
