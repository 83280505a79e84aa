package eval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// some draws observations with many equal probabilities.
func some(random *rand.Rand, n int) []Observation {
	all := make([]Observation, n)
	for i := range all {
		o := Observation{ID: fmt.Sprint(i), Set: Main, Answerable: random.IntN(3) > 0, Probability: float64(random.IntN(8)) / 8}
		o.Ranked = map[Mode][]string{Fused: {"a", "b", "c"}}
		if o.Answerable {
			o.Relevant = map[string]int{string(rune('a' + random.IntN(4))): 1 + random.IntN(2)}
			held := random.IntN(2) == 0
			o.AnswerInTop5 = &held
		}
		if random.IntN(6) == 0 {
			o.Kind = "handover_crisis"
		}
		all[i] = o
	}
	return all
}

// TestADrawIsASample: a question with weight 2 counts like two questions.
func TestADrawIsASample(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	for range 50 {
		all := some(random, 40)
		weights := make([]int, len(all))
		var sample []Observation
		for i := range weights {
			weights[i] = random.IntN(3)
			for range weights[i] {
				sample = append(sample, all[i])
			}
		}
		drawn := newTally(sample)
		want := drawn.figures(drawn.once())
		got := newTally(all).figures(weights)
		for name, x := range want {
			if math.Abs(got[name]-x) > 1e-9 {
				t.Fatalf("%s: %g, want %g", name, got[name], x)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d figures, want %d", len(got), len(want))
		}
	}
}

// TestAnswerabilityByDefinition counts pairs and thresholds as the definitions
// say, one by one.
func TestAnswerabilityByDefinition(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same each time
	for range 50 {
		all := some(random, 60)
		var yes, no []float64
		for _, o := range all {
			if o.Handover() {
				continue
			}
			if o.Answerable {
				yes = append(yes, o.Probability)
			} else {
				no = append(no, o.Probability)
			}
		}
		wins := 0.0
		for _, a := range yes {
			for _, b := range no {
				switch {
				case a > b:
					wins++
				case a == b:
					wins += 0.5
				}
			}
		}
		tl := newTally(all)
		got := tl.figures(tl.once())
		if want := wins / float64(len(yes)*len(no)); math.Abs(got[areaROC]-want) > 1e-9 {
			t.Fatalf("AUROC %g, want %g", got[areaROC], want)
		}
		for _, c := range coverages {
			if want := wrongAtByDefinition(yes, no, c); math.Abs(got[wrongAtName(c)]-want) > 1e-9 {
				t.Fatalf("wrong at %g: %g, want %g", c, got[wrongAtName(c)], want)
			}
		}
	}
}

// wrongAtByDefinition tries every threshold, the highest first.
func wrongAtByDefinition(yes, no []float64, coverage float64) float64 {
	count := func(p []float64, least float64) float64 {
		n := 0.0
		for _, x := range p {
			if x >= least {
				n++
			}
		}
		return n / float64(len(p))
	}
	for least := 1.0; ; least -= 1.0 / 8 {
		if count(yes, least) >= coverage-1e-9 {
			return count(no, least)
		}
	}
}

func TestRiskCountsAnotherDocumentAsWrong(t *testing.T) {
	t.Parallel()
	right := Observation{Answerable: true, Probability: 0.9, Relevant: map[string]int{"a": 1}, Ranked: map[Mode][]string{Fused: {"a"}}}
	other := Observation{Answerable: true, Probability: 0.8, Relevant: map[string]int{"b": 1}, Ranked: map[Mode][]string{Fused: {"a", "b"}}}
	none := Observation{Probability: 0.7, Ranked: map[Mode][]string{Fused: {"a"}}}
	tl := newTally([]Observation{none, other, right})
	if got, want := tl.figures(tl.once())[areaRisk], (0.0+1.0/2+2.0/3)/3; math.Abs(got-want) > 1e-9 {
		t.Errorf("AURC %g, want %g", got, want)
	}
	none.Probability = 0.8 // as sure as the wrong document: any order of the two
	tl = newTally([]Observation{none, other, right})
	if got, want := tl.figures(tl.once())[areaRisk], (0.0+1.0/2+2.0/3)/3; math.Abs(got-want) > 1e-9 {
		t.Errorf("AURC with equal probabilities %g, want %g", got, want)
	}
	right.Probability = 0.8 // all equal: two of three are wrong, whatever the order
	tl = newTally([]Observation{none, other, right})
	if got := tl.figures(tl.once())[areaRisk]; math.Abs(got-2.0/3) > 1e-9 {
		t.Errorf("AURC of equal probabilities %g, want 2/3", got)
	}
}

func TestHolm(t *testing.T) {
	t.Parallel()
	all := map[string]Difference{"a": {P: 0.01}, "b": {P: 0.04}, "c": {P: 0.03}, "d": {P: 0.005}}
	holm(all)
	for name, want := range map[string]float64{"d": 0.02, "a": 0.03, "c": 0.06, "b": 0.06} {
		if got := all[name].Holm; math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %g, want %g", name, got, want)
		}
	}
}

func TestTwoSided(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		sorted []float64
		want   float64
	}{
		{[]float64{0, 0, 0}, 1},
		{[]float64{1, 2, 3}, 2.0 / 4},
		{[]float64{-1, 1, 2, 3, 4, 5, 6, 7, 8}, 2 * 2.0 / 10},
		{[]float64{-3, -2, -1}, 2.0 / 4},
	} {
		if got := twoSided(tc.sorted); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("%v: %g, want %g", tc.sorted, got, tc.want)
		}
	}
}
