package eval

import (
	"fmt"
	"math"
)

// Share is k of n with its exact bounds at 95 % (Clopper and Pearson). Without any n
// nothing is known: from 0 to 1.
type Share struct {
	K     int     `json:"k"`
	N     int     `json:"n"`
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// ShareOf returns the share of k in n.
func ShareOf(k, n int) Share {
	s := Share{K: k, N: n, High: 1}
	if n == 0 {
		return s
	}
	const tail = 0.025
	s.Share = float64(k) / float64(n)
	if k > 0 {
		s.Low = boundary(func(p float64) bool { return 1-fewer(k, n, p) < tail })
	}
	if k < n {
		s.High = boundary(func(p float64) bool { return fewer(k+1, n, p) > tail })
	}
	return s
}

// String says the share in percent with its bounds and numbers.
func (s Share) String() string {
	if s.N == 0 {
		return "–"
	}
	return fmt.Sprintf("%5.1f %% [%.1f, %.1f] (%d of %d)", 100*s.Share, 100*s.Low, 100*s.High, s.K, s.N)
}

// fewer is the probability of fewer than k hits in n.
func fewer(k, n int, p float64) float64 {
	all, _ := math.Lgamma(float64(n + 1))
	sum := 0.0
	for i := range k {
		hits, _ := math.Lgamma(float64(i + 1))
		misses, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(all - hits - misses + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// boundary returns where a condition that holds for small p ends.
func boundary(holds func(p float64) bool) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if middle := (low + high) / 2; holds(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}
