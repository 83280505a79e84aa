package eval

import (
	"math"
	"testing"
)

func TestShareHasTheBoundsOfTheTables(t *testing.T) {
	t.Parallel()
	for _, want := range []Share{{2, 20, 0.1, 0.0123, 0.3170}, {0, 300, 0, 0, 0.0122}, {9, 10, 0.9, 0.5550, 0.9975}, {0, 0, 0, 0, 1}, {5, 5, 1, 0.4782, 1},
		{0, 10, 0, 0, 0.3085}, {5, 10, 0.5, 0.1871, 0.8129}, {10, 10, 1, 0.6915, 1}, {57, 60, 0.95, 0.8608, 0.9896}} {
		got := ShareOf(want.K, want.N)
		if math.Abs(got.Low-want.Low) > 1e-4 || math.Abs(got.High-want.High) > 1e-4 || math.Abs(got.Share-want.Share) > 1e-9 {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	// R: binom.test(9, 10)$conf.int
	if got := ShareOf(9, 10); math.Abs(got.Low-0.5549839) > 1e-6 || math.Abs(got.High-0.9974714) > 1e-6 {
		t.Errorf("9 of 10: %+v", got)
	}
}
