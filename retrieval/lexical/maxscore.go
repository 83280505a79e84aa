package lexical

import "context"

// scratch is the memory that one worker needs to look at a window.
type scratch struct {
	sums       [windowSize]points
	postings   [blockSize]posting
	candidates []candidate
}

// candidate is an entry that may be among the best, with its score so far.
type candidate struct {
	entry uint16
	sum   points
}

// rank offers best every passage valid on the day that may be among the best,
// with its whole score.
//
// It is MaxScore (Turtle and Flood: Query Evaluation, Strategies and
// Optimizations, 1995) with bounds from blocks (Ding and Suel, 2011), window by
// window as in Lucene: terms that even together cannot lift a passage over the
// threshold bring up no candidate; they are added to the candidates of the others.
func (ix *Index) rank(ctx context.Context, terms []term, segments []*segment, on day, best *topK) error {
	room, ok := ix.scratch.Get().(*scratch)
	if !ok {
		room = new(scratch)
	}
	defer ix.scratch.Put(room)
	for _, w := range windows(terms, segments) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.bound < best.least() {
			return nil
		}
		room.look(&w, terms, on, best)
	}
	return nil
}

// look offers best what a window holds.
func (r *scratch) look(w *window, terms []term, on day, best *topK) {
	least := best.least()
	essential, rest := 0, points(0) // rest: what the cells before can add at most
	for ; rest+w.cells[essential].bound < least; essential++ {
		rest += w.cells[essential].bound
	}
	clear(r.sums[:])
	for i := essential; i < len(w.cells); i++ {
		r.addUp(w, &w.cells[i], &terms[w.cells[i].term])
	}
	r.collect(w, least-rest, on)
	for i := essential - 1; i >= 0 && len(r.candidates) > 0; i-- {
		rest -= w.cells[i].bound
		r.complete(w, &w.cells[i], &terms[w.cells[i].term])
		r.keep(least - rest)
	}
	for _, c := range r.candidates {
		best.offer(found{w.segment.passages[c.entry], c.sum})
	}
}

// addUp adds what a term scores to the sums of the window.
func (r *scratch) addUp(w *window, c *cell, t *term) {
	l := &t.lists[w.at]
	for i := int(c.from); i < len(l.blocks) && int(l.blocks[i].first) < w.start+windowSize; i++ {
		for _, p := range l.blocks[i].unpack(l.packed, &r.postings) {
			if at := uint(p.entry) - uint(w.start); at < windowSize {
				r.sums[at] += t.saturation.of(t.scaled, p.count, l.lengths[p.entry])
			}
		}
	}
}

// collect makes candidates of the valid entries with a sum of at least least.
func (r *scratch) collect(w *window, least points, on day) {
	r.candidates = r.candidates[:0]
	for i, sum := range r.sums[:min(windowSize, w.segment.size()-w.start)] {
		if sum >= least && w.segment.validity[w.start+i].on(on) {
			r.candidates = append(r.candidates, candidate{uint16(w.start + i), sum})
		}
	}
}

// complete adds what a term scores to the candidates.
func (r *scratch) complete(w *window, c *cell, t *term) {
	l := &t.lists[w.at]
	rest := r.candidates
	for i := int(c.from); i < len(l.blocks); i++ {
		b := &l.blocks[i]
		for len(rest) > 0 && rest[0].entry < b.first {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return
		}
		if rest[0].entry > b.last {
			continue
		}
		for _, p := range b.unpack(l.packed, &r.postings) {
			for rest[0].entry < p.entry {
				if rest = rest[1:]; len(rest) == 0 {
					return
				}
			}
			if rest[0].entry == p.entry {
				rest[0].sum += t.saturation.of(t.scaled, p.count, l.lengths[p.entry])
			}
		}
	}
}

// keep drops the candidates with a sum below least.
func (r *scratch) keep(least points) {
	kept := r.candidates[:0]
	for _, c := range r.candidates {
		if c.sum >= least {
			kept = append(kept, c)
		}
	}
	r.candidates = kept
}
