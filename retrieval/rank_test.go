package retrieval

import (
	"math"
	"testing"
	"testing/quick"
)

// TestNoRankTakesFromWhatWasFound asks of any two ranks: scores stay above 0,
// the more binding one goes before, and both lie so near that only ties turn.
func TestNoRankTakesFromWhatWasFound(t *testing.T) {
	t.Parallel()
	p := DefaultParams()
	holds := func(a, b int32) bool {
		low, high := p.rankBoost(int(min(a, b))), p.rankBoost(int(max(a, b)))
		return high >= 0 && low >= high && low <= p.RankStep*rankSpan
	}
	if err := quick.Check(holds, nil); err != nil {
		t.Error(err)
	}
	for rank := 1; rank < 5; rank++ {
		if step := p.rankBoost(rank) - p.rankBoost(rank+1); step < 0.5*p.RankStep || step > p.RankStep {
			t.Errorf("from rank %d to the next %g, want about %g", rank, step, p.RankStep)
		}
	}
	if p.rankBoost(math.MaxInt) < 0 || !(p.rankBoost(999_999) > p.rankBoost(1_000_000)) {
		t.Error("high ranks are not told apart")
	}
}

// TestAgreementTakesTheFirstOfEqualHits: of hits that the words rank alike the
// first is the answer's.
func TestAgreementTakesTheFirstOfEqualHits(t *testing.T) {
	t.Parallel()
	hits := make([]Hit, 3)
	for i := range hits {
		hits[i] = Hit{Passage: Passage{ID: int64(i + 1)}, Keyword: 2}
	}
	for first, want := range map[int64]float64{1: 1, 2: 0.5, 3: 0.5} {
		vector := []Scored{{PassageID: first, Score: 0.9}}
		for id := range int64(4) {
			if id != first {
				vector = append(vector, Scored{PassageID: id, Score: 0.5})
			}
		}
		if got := agreement(hits, vector); got != want {
			t.Errorf("most similar is hit %d: agreement %g, want %g", first, got, want)
		}
	}
}
