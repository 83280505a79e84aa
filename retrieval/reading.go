package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ReadingParams say how much is read around the best hits. A passage is small
// so that it is found exactly; the answer often stands in the one beside it.
type ReadingParams struct {
	Hits  int // the first hits that are widened; 0: none
	Runes int // of all their readings together
	Each  int // of one reading
	Reach int // neighbours looked at on each side
}

// Passages returns what is read of a hit, in its document's order: its own passage and
// those that were joined to it.
func (h Hit) Passages() []Passage {
	if len(h.Around) == 0 {
		return []Passage{h.Passage}
	}
	return h.Around
}

// Reading returns what is read of a hit: its passage with the neighbours that
// were joined to it, each section led by its heading.
func (h Hit) Reading() string {
	if len(h.Around) < 2 {
		return h.Passage.Text
	}
	var b strings.Builder
	for i, p := range h.Around {
		if i > 0 {
			b.WriteByte('\n')
		}
		if heading := p.Heading(); heading != "" && (i == 0 || heading != h.Around[i-1].Heading()) {
			b.WriteString(heading + "\n")
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Heading returns the innermost heading; empty: there is none.
func (p Passage) Heading() string {
	if len(p.Headings) == 0 {
		return ""
	}
	return p.Headings[len(p.Headings)-1]
}

// around begins to read the neighbours of the first hits. The function returned
// waits for them.
func (e *Engine) around(ctx context.Context, hits []Hit, day Date, r Readers) (wait func() ([]Neighbour, error)) {
	p := e.config.Params.Reading
	wanted := make([]int64, min(p.Hits, len(hits)))
	if len(wanted) == 0 {
		return func() ([]Neighbour, error) { return nil, nil }
	}
	for i := range wanted {
		wanted[i] = hits[i].Passage.ID
	}
	var found []Neighbour
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		found, err = e.config.Passages.Around(ctx, wanted, p.Reach, day, r)
	}()
	return func() ([]Neighbour, error) {
		<-done
		if err != nil {
			return nil, fmt.Errorf("read neighbours: %w", err)
		}
		return found, nil
	}
}

// widen joins neighbours to the first hits as far as the limits allow, those
// first that the rankings found best. No passage is read twice: what is a hit
// itself, or was joined to another, ends a reading.
func (p ReadingParams) widen(hits []Hit, found []Neighbour, candidates []fused, r Readers) {
	first := hits[:min(p.Hits, len(hits))]
	w := newWidening(p, first, found, candidates, r)
	for w.grow() {
	}
	for i := range first {
		first[i].Around = w.readings[i].passages
	}
}

// widening is the state of joining neighbours.
type widening struct {
	params   ReadingParams
	at       map[standing]Passage
	taken    map[int64]bool
	score    map[int64]float64
	readings []reading
	left     int
}

type standing struct {
	document int64
	ordinal  int
}

// reading is one hit's passages in order, with their length.
type reading struct {
	document int64
	passages []Passage
	runes    int
}

func newWidening(p ReadingParams, hits []Hit, found []Neighbour, candidates []fused, r Readers) *widening {
	w := &widening{params: p, at: make(map[standing]Passage), taken: make(map[int64]bool), score: make(map[int64]float64), left: p.Runes}
	for _, n := range found {
		if r.May(n.Collection) {
			w.at[standing{n.Document, n.Passage.Ordinal}] = n.Passage
		}
	}
	for _, c := range candidates {
		w.score[c.id] = c.score
	}
	for _, h := range hits {
		n := length(h.Passage)
		w.taken[h.Passage.ID] = true
		w.left -= n
		w.readings = append(w.readings, reading{h.Document.ID, []Passage{h.Passage}, n})
	}
	return w
}

// step is a neighbour that one reading could take next.
type step struct {
	reading int
	passage Passage
	before  bool
}

// grow joins the best neighbour that fits; it reports whether there was one.
func (w *widening) grow() bool {
	var steps []step
	for i, r := range w.readings {
		for _, before := range []bool{false, true} {
			ordinal := r.passages[len(r.passages)-1].Ordinal + 1
			if before {
				ordinal = r.passages[0].Ordinal - 1
			}
			p, ok := w.at[standing{r.document, ordinal}]
			if n := length(p); ok && !w.taken[p.ID] && n <= w.left && r.runes+n <= w.params.Each {
				steps = append(steps, step{i, p, before})
			}
		}
	}
	if len(steps) == 0 {
		return false
	}
	best := slices.MinFunc(steps, func(a, b step) int {
		return cmp.Compare(w.score[b.passage.ID], w.score[a.passage.ID])
	})
	w.join(best)
	return true
}

func (w *widening) join(s step) {
	r := &w.readings[s.reading]
	if s.before {
		r.passages = append([]Passage{s.passage}, r.passages...)
	} else {
		r.passages = append(r.passages, s.passage)
	}
	n := length(s.passage)
	r.runes += n
	w.left -= n
	w.taken[s.passage.ID] = true
}

// length is how many characters a passage and its heading take in a reading.
func length(p Passage) int {
	return utf8.RuneCountInString(p.Text) + utf8.RuneCountInString(p.Heading()) + 2
}
