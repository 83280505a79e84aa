package bench

import "testing"

func TestSummaryTakesTheNearestRank(t *testing.T) {
	t.Parallel()
	var took []int64
	for i := range int64(100) {
		took = append(took, 100-i)
	}
	if got, want := summary(took), (Answers{Questions: 100, P50: 50, P95: 95, Max: 100}); got != want {
		t.Errorf("summary = %+v, want %+v", got, want)
	}
	if got, want := summary([]int64{7}), (Answers{Questions: 1, P50: 7, P95: 7, Max: 7}); got != want {
		t.Errorf("summary of one = %+v, want %+v", got, want)
	}
}
