package retrieval

import (
	"math"
	"testing"
	"testing/quick"
)

// TestTheMoreBindingGoesBeforeWhatIsALittleCloser asks of any two ranks that the more
// binding one gains more, none loses, and none gains so much that what was found
// counts no more.
func TestTheMoreBindingGoesBeforeWhatIsALittleCloser(t *testing.T) {
	t.Parallel()
	p := DefaultParams()
	holds := func(a, b int32) bool {
		more, less := p.rankBoost(int(min(a, b))), p.rankBoost(int(max(a, b)))
		return less >= 0 && more >= less && more <= p.Binding
	}
	if err := quick.Check(holds, nil); err != nil {
		t.Error(err)
	}
	if rule, sheet := p.rankBoost(1), p.rankBoost(5); rule-sheet < 0.5 || rule-sheet > 1 {
		t.Errorf("a rule gains %g before a sheet of questions and answers, in standard deviations", rule-sheet)
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
