package pdf

import "math"

// tableRows puts rows together whose cells have several lines. Cells are drawn one after
// the other, so that a line below comes before one above, and then also lines join that
// go on a cell of the row; or rows lack the first column and stand close.
func tableRows(rows []visualRow, columns []strip) [][]visualRow {
	t := &rowGroups{rows: rows, columns: columns, drawn: map[int]int{}}
	for i := range rows {
		for _, s := range rows[i].spans {
			t.drawn[s.order] = i
		}
	}
	below := earliestBelow(rows)
	groups := []rowGroup{{from: 0, to: 1, latest: latestOf(rows[0])}}
	for i := 1; i < len(rows); i++ {
		g := &groups[len(groups)-1]
		switch isMixed := earliestOf(rows[i]) < g.latest; {
		case isMixed || g.isMixed && t.goesOn(*g, i):
			g.isMixed = true
		case below[i] < latestOf(rows[i]), !lacksFirst(rows[g.to-1], rows[i], rows[g.from], columns):
			groups = append(groups, rowGroup{from: i, to: i + 1, latest: latestOf(rows[i])})
			continue
		}
		g.to, g.latest = i+1, max(g.latest, latestOf(rows[i]))
		for g.isMixed && len(groups) > 1 && t.goesOn(groups[len(groups)-2], g.from) {
			above := &groups[len(groups)-2]
			above.to, above.latest, above.isMixed = g.to, max(above.latest, g.latest), true
			groups = groups[:len(groups)-1]
			g = above
		}
	}
	all := make([][]visualRow, len(groups))
	for i, g := range groups {
		all[i] = rows[g.from:g.to]
	}
	return all
}

// rowGroups finds the lines that make one row of a table.
type rowGroups struct {
	rows    []visualRow
	columns []strip
	drawn   map[int]int // the row of what is drawn there, by its order
}

// rowGroup is some of the rows, one after the other.
type rowGroup struct {
	from, to int
	latest   int  // order of what is drawn last
	isMixed  bool // what is drawn earlier stands below what is drawn later
}

// goesOn reports whether a line of the row before another one, or of one close above it,
// goes on in it or right below: in the same cell, drawn right after.
func (t *rowGroups) goesOn(above rowGroup, next int) bool {
	for _, s := range t.rows[above.to-1].spans {
		row, isDrawn := t.drawn[s.order+1]
		if !isDrawn || row < next {
			continue
		}
		for _, below := range t.rows[row].spans {
			apart := s.base - below.base
			if below.order == s.order+1 && apart > 0 && apart <= maxLeading*s.size && columnAt(t.columns, s) == columnAt(t.columns, below) {
				return true
			}
		}
	}
	return false
}

// maxLeading is how far the lines of a cell are apart, by the size of their letters.
const maxLeading = 1.6

// earliestBelow returns the order of what is drawn first of all that stands below each
// row: if it is drawn before the row itself, this one begins there.
func earliestBelow(rows []visualRow) []int {
	below := make([]int, len(rows))
	earliest := math.MaxInt
	for i := len(rows) - 1; i >= 0; i-- {
		below[i] = earliest
		earliest = min(earliest, earliestOf(rows[i]))
	}
	return below
}

func latestOf(row visualRow) int {
	latest := -1
	for _, s := range row.spans {
		latest = max(latest, s.order)
	}
	return latest
}

func earliestOf(row visualRow) int {
	earliest := row.spans[0].order
	for _, s := range row.spans {
		earliest = min(earliest, s.order)
	}
	return earliest
}

// lacksFirst reports a row close below another one that lacks the first column and has
// fewer cells than the one that its row of the table begins with.
func lacksFirst(above, row, begin visualRow, columns []strip) bool {
	return isClose(above, row) && len(row.spans) < len(begin.spans) && columnAt(columns, row.spans[0]) > 0
}

// isClose reports a row as close below another one as the lines of a cell are.
func isClose(above, row visualRow) bool { return above.bottom-row.top < 0.45*row.spans[0].size }
