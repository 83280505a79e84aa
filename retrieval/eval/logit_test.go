package eval

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestFitFindsTheWeightsThatMadeTheData(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // the same each time
	truth := logit{bias: -1, weights: []float64{2, -30, 0}}
	var examples []example
	for range 20_000 {
		x := []float64{random.NormFloat64(), random.NormFloat64() / 20, 7}
		examples = append(examples, example{signals: x, yes: random.Float64() < truth.probability(x), weight: 1})
	}
	got := fit(examples, 1)
	if math.Abs(got.bias-truth.bias) > 0.1 || math.Abs(got.weights[0]-2) > 0.1 || math.Abs(got.weights[1]+30) > 1.5 || got.weights[2] != 0 {
		t.Errorf("got %+v, want %+v", got, truth)
	}
}

// TestFitIsAMaximum: at the maximum no step to any side is better, whatever the
// weights of the examples.
func TestFitIsAMaximum(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8)) //nolint:gosec // the same each time
	var examples []example
	for range 60 {
		examples = append(examples, example{signals: []float64{random.NormFloat64(), random.ExpFloat64()}, yes: random.IntN(4) == 0, weight: 0.1 + random.Float64()})
	}
	s := newScaled(examples, 3)
	best := fit(examples, 3)
	beta := []float64{best.bias, best.weights[0] * s.spread[0], best.weights[1] * s.spread[1]}
	beta[0] += best.weights[0]*s.mean[0] + best.weights[1]*s.mean[1]
	least := s.loss(beta)
	for i := range beta {
		for _, step := range []float64{-0.01, 0.01} {
			beta[i] += step
			if s.loss(beta) < least {
				t.Errorf("a step of %g along %d is better", step, i)
			}
			beta[i] -= step
		}
	}
}

func TestFitStaysFiniteWhereASignalDecides(t *testing.T) {
	t.Parallel()
	var examples []example
	for i := range 40 {
		examples = append(examples, example{signals: []float64{float64(i)}, yes: i >= 20, weight: 1})
	}
	got := fit(examples, 1)
	if math.IsNaN(got.bias) || got.weights[0] <= 0 || math.IsInf(got.weights[0], 0) {
		t.Errorf("got %+v", got)
	}
	if got.probability([]float64{39}) < 0.9 || got.probability([]float64{0}) > 0.1 {
		t.Errorf("%g, %g", got.probability([]float64{39}), got.probability([]float64{0}))
	}
}
