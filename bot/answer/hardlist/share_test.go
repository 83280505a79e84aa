package hardlist

import (
	"fmt"
	"math"
	"testing"
)

// share is k of n with the exact 95 % interval of Clopper and Pearson.
func share(k, n int) string {
	if n == 0 {
		return "0 of 0"
	}
	low, high := interval(k, n)
	return fmt.Sprintf("%d of %d (%.1f %%, 95 %% interval %.1f to %.1f)", k, n, 100*float64(k)/float64(n), 100*low, 100*high)
}

func interval(k, n int) (low, high float64) {
	high = 1
	if k > 0 {
		low = where(0.025, func(p float64) float64 { return 1 - atMost(k-1, n, p) })
	}
	if k < n {
		high = where(0.975, func(p float64) float64 { return 1 - atMost(k, n, p) })
	}
	return low, high
}

// where finds where a function that rises from 0 to 1 has a value.
func where(value float64, f func(float64) float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if mid := (low + high) / 2; f(mid) < value {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// atMost is the probability of at most k of n.
func atMost(k, n int, p float64) (sum float64) {
	for i := range k + 1 {
		sum += math.Exp(logChoose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

func TestIntervalIsClopperAndPearsons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{0, 10, 0, 0.3085}, {5, 10, 0.1871, 0.8129}, {10, 10, 0.6915, 1}, {57, 60, 0.8608, 0.9896}} {
		if low, high := interval(c.k, c.n); math.Abs(low-c.low) > 5e-4 || math.Abs(high-c.high) > 5e-4 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}
