package ground

import (
	"math"
	"testing"
)

// TestCurve tells what each threshold would let through and withhold of all sets, each
// judged by weights that were fitted to the others: run it with -v. The one in force
// must let through fewer than one in a hundred.
func TestCurve(t *testing.T) {
	t.Parallel()
	lessons, vectors := recordedLessons(t), readRecorded(t)
	var through, withheld []float64 // sums of false and of true statements
	for _, set := range sets {
		w := fit(without(lessons, set))
		for _, p := range pairsOf(t, set) {
			if sum := sumOf(t, vectors, w, p); p.Carried {
				withheld = append(withheld, sum)
			} else {
				through = append(through, sum)
			}
		}
	}
	for _, from := range []float64{math.Inf(1), 4, 3.5, 3, threshold, 2, 1.5, 1} {
		let, kept := tally{of: len(through)}, tally{of: len(withheld)}
		for _, sum := range through {
			if sum >= from {
				let.wrong++
			}
		}
		for _, sum := range withheld {
			if sum < from {
				kept.wrong++
			}
		}
		t.Logf("threshold %.1f", from)
		tell(t, "let through", let)
		tell(t, "withheld", kept)
		if from >= threshold && share(let) >= 0.01 {
			t.Errorf("threshold %.1f lets through %.1f %%", from, 100*share(let))
		}
	}
}

// sumOf is what the weights say of a pair; infinite where they are not asked.
func sumOf(t *testing.T, likeness Likeness, w weights, p pair) float64 {
	t.Helper()
	said := read(p.Statement, nil)
	sentences, known := Checker{}.basis(p.Passage, p.Context)
	if len(sentences) > 0 && inItsWords(said, sentences, known).Carried {
		return math.Inf(1)
	}
	traits := decidedByWeights(t, likeness, p)
	if traits == nil {
		return math.Inf(-1)
	}
	return w.judge(traits)
}
