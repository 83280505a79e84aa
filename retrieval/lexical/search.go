package lexical

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Keywords implements [retrieval.Keywords]. The day is that of at in its own
// location. A question without a known word finds nothing, which is no error.
func (ix *Index) Keywords(ctx context.Context, text string, r retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	if limit <= 0 {
		return nil, nil
	}
	segments := ix.readable(r)
	stats := statsOf(segments)
	q := ask(text, ix.params)
	words := rate(q.words, segments, stats.passages, func(s *segment) map[string]postings { return s.words })
	grams := rate(q.grams, segments, stats.passages, func(s *segment) map[german.Gram]postings { return s.grams })
	best := topK{limit: limit}
	day := retrieval.DateOf(at)
	for i, s := range segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ix.score(s, i, words, grams, stats, day, &best)
	}
	return best.sorted(), nil
}

// Rarity implements [retrieval.Keywords]: the inverse document frequency among
// the readable passages as a share of its largest value.
func (ix *Index) Rarity(_ context.Context, stems []string, r retrieval.Readers) ([]float64, error) {
	segments := ix.readable(r)
	n := statsOf(segments).passages
	rarity := make([]float64, len(stems))
	for i, stem := range stems {
		found := 0
		for _, s := range segments {
			found += int(s.words[stem].n)
		}
		rarity[i] = 1
		if n > 0 {
			rarity[i] = idf(n, found) / idf(n, 0)
		}
	}
	return rarity, nil
}

// readable returns the segments that r may see, in the order of their names.
func (ix *Index) readable(r retrieval.Readers) []*segment {
	st := ix.state.Load()
	var segments []*segment
	for _, name := range r.Collections() {
		if s := st.segments[name]; s != nil {
			segments = append(segments, s)
		}
	}
	return segments
}

// stats are the figures behind BM25, over readable passages only.
type stats struct {
	passages                   int
	averageWords, averageGrams float64
}

func statsOf(segments []*segment) stats {
	var st stats
	var words, grams int64
	for _, s := range segments {
		st.passages += len(s.entries)
		words += s.wordTotal
		grams += s.gramTotal
	}
	if st.passages > 0 {
		st.averageWords = max(1, float64(words)/float64(st.passages))
		st.averageGrams = max(1, float64(grams)/float64(st.passages))
	}
	return st
}

func idf(passages, found int) float64 {
	return math.Log(1 + (float64(passages)-float64(found)+0.5)/(float64(found)+0.5))
}

// rated is a key of the question with its postings in each readable segment.
type rated struct {
	lists  []postings // one for each segment
	weight float64    // of the key times its idf
}

func rate[K comparable](keys []weighted[K], segments []*segment, passages int, lists func(*segment) map[K]postings) []rated {
	var all []rated
	for _, k := range keys {
		r := rated{lists: make([]postings, len(segments))}
		found := 0
		for i, s := range segments {
			r.lists[i] = lists(s)[k.key]
			found += int(r.lists[i].n)
		}
		if found > 0 {
			r.weight = k.weight * idf(passages, found)
			all = append(all, r)
		}
	}
	return all
}

// score adds up one segment's passages and offers them to best.
func (ix *Index) score(s *segment, at int, words, grams []rated, st stats, day retrieval.Date, best *topK) {
	scores, release := ix.buffer(len(s.entries))
	defer release()
	p := ix.params
	for _, r := range words {
		for entry, n := range r.lists[at].all() {
			scores[entry] += r.weight * saturate(n, s.entries[entry].words, st.averageWords, p.K1, p.B)
		}
	}
	for _, r := range grams {
		for entry, n := range r.lists[at].all() {
			scores[entry] += r.weight * saturate(n, s.entries[entry].grams, st.averageGrams, p.GramK1, p.GramB)
		}
	}
	for entry, score := range scores {
		if score <= 0 || !best.wants(score) {
			continue
		}
		m := &s.entries[entry]
		if !m.superseded && retrieval.ValidOn(day, m.from, m.until) {
			best.offer(retrieval.Scored{PassageID: m.passage, Score: score})
		}
	}
}

func saturate(n, length int32, average, k1, b float64) float64 {
	tf := float64(n)
	return tf * (k1 + 1) / (tf + k1*(1-b+b*float64(length)/average))
}

// buffer returns n zeroes and the function that gives them back.
func (ix *Index) buffer(n int) (scores []float64, release func()) {
	held, ok := ix.buffers.Get().(*[]float64)
	if !ok {
		held = new([]float64)
	}
	if cap(*held) < n {
		*held = make([]float64, n)
	}
	scores = (*held)[:n]
	clear(scores)
	return scores, func() { ix.buffers.Put(held) }
}

// topK keeps the best of what it is offered: a heap with the worst on top.
type topK struct {
	limit int
	heap  []retrieval.Scored
}

func (t *topK) wants(score float64) bool {
	return len(t.heap) < t.limit || score >= t.heap[0].Score
}

func (t *topK) offer(s retrieval.Scored) {
	if len(t.heap) < t.limit {
		t.heap = append(t.heap, s)
		for i := len(t.heap) - 1; i > 0 && better(t.heap[(i-1)/2], t.heap[i]) < 0; i = (i - 1) / 2 {
			t.heap[i], t.heap[(i-1)/2] = t.heap[(i-1)/2], t.heap[i]
		}
		return
	}
	if better(s, t.heap[0]) > 0 {
		return
	}
	t.heap[0] = s
	t.sink()
}

func (t *topK) sink() {
	for i := 0; ; {
		worst := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(t.heap) && better(t.heap[child], t.heap[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

func (t *topK) sorted() []retrieval.Scored {
	slices.SortFunc(t.heap, better)
	return t.heap
}

// better orders by score, best first; equal ones by passage, so that the order
// is the same everywhere.
func better(a, b retrieval.Scored) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PassageID, b.PassageID))
}
