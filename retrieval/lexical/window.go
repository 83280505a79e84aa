package lexical

import (
	"cmp"
	"slices"
)

// windowSize is how many neighbouring entries are looked at together: their
// sums fit a processor's first cache.
const windowSize = 1 << 12

// window is one stretch of a segment with what each term can score in it.
type window struct {
	segment *segment
	start   int    // number of its first entry
	at      int    // of the segment among the readable ones
	bound   points // of the terms' bounds together
	cells   []cell // one for each term that has a posting here, perhaps
}

// cell is a term in a window.
type cell struct {
	term  int32
	from  uint32 // its first block that reaches into the window
	bound points
}

// windows returns all windows of the segments in which terms occur, those first
// that can score most, so that a high threshold is found early and the rest need
// not be looked at (Mackenzie, Petri, Moffat: Anytime Ranking on Document-Ordered
// Indexes, TOIS 2022).
func windows(terms []term, segments []*segment) []window {
	var all []window
	for i, s := range segments {
		own := make([]window, (s.size()+windowSize-1)/windowSize)
		for w := range own {
			own[w] = window{segment: s, at: i, start: w * windowSize, cells: make([]cell, 0, len(terms))}
		}
		for t := range terms {
			spread(own, int32(t), &terms[t], terms[t].lists[i].blocks)
		}
		for _, w := range own {
			if w.bound > 0 {
				all = append(all, w)
			}
		}
	}
	slices.SortFunc(all, func(a, b window) int { return cmp.Compare(b.bound, a.bound) })
	return all
}

// spread notes a term in all windows that its blocks reach into.
func spread(own []window, t int32, term *term, blocks []block) {
	for i := range blocks {
		b := &blocks[i]
		bound := term.saturation.atMost(term.scaled, b.most, b.leanest)
		for w := int(b.first) / windowSize; w <= int(b.last)/windowSize; w++ {
			own[w].note(t, uint32(i), bound)
		}
	}
}

func (w *window) note(term int32, block uint32, bound points) {
	last := len(w.cells) - 1
	if last < 0 || w.cells[last].term != term {
		w.cells = append(w.cells, cell{term, block, bound})
		w.bound += bound
		return
	}
	if c := &w.cells[last]; bound > c.bound {
		w.bound += bound - c.bound
		c.bound = bound
	}
}
