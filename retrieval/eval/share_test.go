package eval

import (
	"math"
	"testing"
)

func TestShareHasTheBoundsOfTheTables(t *testing.T) {
	t.Parallel()
	for _, want := range []Share{{2, 20, 0.1, 0.0123, 0.3170}, {0, 300, 0, 0, 0.0122}, {9, 10, 0.9, 0.5550, 0.9975}, {0, 0, 0, 0, 1}, {5, 5, 1, 0.4782, 1}} {
		got := ShareOf(want.K, want.N)
		if math.Abs(got.Low-want.Low) > 1e-4 || math.Abs(got.High-want.High) > 1e-4 || math.Abs(got.Share-want.Share) > 1e-9 {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}
