package lexical

import (
	"context"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// Keywords implements [retrieval.Keywords]. The day is that of at in its own
// location. A question without a known word finds nothing, which is no error.
func (ix *Index) Keywords(ctx context.Context, question retrieval.Wording, r retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	if limit <= 0 {
		return nil, nil
	}
	segments := ix.readable(r)
	terms := rate(ask(question, ix.params), segments, ix.params)
	best := newTopK(limit)
	if err := ix.rank(ctx, terms, segments, retrieval.DateOf(at), best); err != nil {
		return nil, err
	}
	var list []retrieval.Scored
	for _, f := range best.sorted() {
		list = append(list, retrieval.Scored{PassageID: f.passage, Score: f.score.score()})
	}
	return list, nil
}

// Rarity implements [retrieval.Keywords]: the inverse document frequency among
// the readable passages as a share of its largest value.
func (ix *Index) Rarity(_ context.Context, stems []string, r retrieval.Readers) ([]float64, error) {
	segments := ix.readable(r)
	n := statsOf(segments).passages
	rarity := make([]float64, len(stems))
	for i, stem := range stems {
		rarity[i] = 1
		if n > 0 {
			rarity[i] = idf(n, vocabulary(segments).passages(stem)) / idf(n, 0)
		}
	}
	return rarity, nil
}

// readable returns the segments that r may see, in the order of their
// collections' names.
func (ix *Index) readable(r retrieval.Readers) []*segment {
	st := ix.state.Load()
	var segments []*segment
	for _, name := range r.Collections() {
		segments = append(segments, st.collections[name]...)
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
		st.passages += s.size()
		words += s.words.total
		grams += s.grams.total
	}
	if st.passages > 0 {
		st.averageWords = max(1, float64(words)/float64(st.passages))
		st.averageGrams = max(1, float64(grams)/float64(st.passages))
	}
	return st
}
