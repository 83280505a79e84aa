package ground

import (
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"slices"
	"sync"
	"testing"

	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
)

var update = flag.Bool("update", false, "record vectors and fit weights.json anew; needs the embedder")

// lesson is a pair that only the weights decide.
type lesson struct {
	set     string
	traits  map[string]float64
	carried bool
}

// threshold is from which sum a statement is carried. Chosen on folds of the sets so
// that of their false statements fewer than one in a hundred is let through.
const threshold = 2.5

// looseness is the inverse of how strongly great weights are held down.
const looseness = 1.0

// lessonsOf are the pairs of all sets that neither the check of a statement's own words
// nor a hard fact decides.
func lessonsOf(t testing.TB, likeness Likeness) (all []lesson) {
	t.Helper()
	for _, set := range sets {
		for _, p := range pairsOf(t, set) {
			if traits := decidedByWeights(t, likeness, p); traits != nil {
				all = append(all, lesson{set, traits, p.Carried})
			}
		}
	}
	return all
}

var lessonsOnce struct {
	sync.Once
	all []lesson
}

// recordedLessons are the lessons by the recorded vectors, read once.
func recordedLessons(t testing.TB) []lesson {
	t.Helper()
	lessonsOnce.Do(func() { lessonsOnce.all = lessonsOf(t, readRecorded(t)) })
	return lessonsOnce.all
}

// decidedByWeights are the traits of such a pair, nil of another one.
func decidedByWeights(t testing.TB, likeness Likeness, p pair) map[string]float64 {
	t.Helper()
	said := read(p.Statement, nil)
	sentences, known := Checker{}.basis(p.Passage, p.Context)
	if len(sentences) == 0 || inItsWords(said, sentences, known).Carried {
		return nil
	}
	traits, _, err := weighed(t.Context(), likeness, said, sentences, known)
	if err != nil {
		t.Fatalf("%s: %v", p.Statement, err)
	}
	return traits
}

func without(all []lesson, set string) (others []lesson) {
	for _, l := range all {
		if l.set != set {
			others = append(others, l)
		}
	}
	return others
}

// fit finds the weights of a logistic regression, each held down by how far its trait
// spreads, in steps of Newton's method.
func fit(from []lesson) weights {
	names := map[string]bool{}
	for _, l := range from {
		for name := range l.traits {
			names[name] = true
		}
	}
	order := slices.Sorted(maps.Keys(names))
	n := len(order) + 1
	rows, spread := make([][]float64, len(from)), make([]float64, n)
	for k := range order {
		var sum, squares float64
		for _, l := range from {
			sum += l.traits[order[k]]
			squares += l.traits[order[k]] * l.traits[order[k]]
		}
		mean := sum / float64(len(from))
		spread[k] = math.Sqrt(math.Max(1e-9, squares/float64(len(from))-mean*mean))
	}
	for i, l := range from {
		rows[i] = make([]float64, n)
		for k, name := range order {
			rows[i][k] = l.traits[name] / spread[k]
		}
		rows[i][n-1] = 1
	}
	w := make([]float64, n)
	for range 50 {
		gradient, curve := make([]float64, n), make([][]float64, n)
		for k := range curve {
			curve[k] = make([]float64, n)
			if k < n-1 {
				gradient[k], curve[k][k] = w[k]/looseness, 1/looseness
			}
		}
		for i, row := range rows {
			sum := 0.0
			for k, x := range row {
				sum += w[k] * x
			}
			p := 1 / (1 + math.Exp(-sum))
			want := 0.0
			if from[i].carried {
				want = 1
			}
			for k, x := range row {
				gradient[k] += (p - want) * x
				for m, y := range row {
					curve[k][m] += p * (1 - p) * x * y
				}
			}
		}
		for k, step := range solve(curve, gradient) {
			w[k] -= step
		}
	}
	fitted := weights{Embedder: embedlocal.Model, Threshold: threshold, Bias: round(w[n-1]), Weights: map[string]float64{}}
	for k, name := range order {
		fitted.Weights[name] = round(w[k] / spread[k])
	}
	return fitted
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }

// solve solves a x = b by Gauss's method; a and b are used up.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for k := range n {
		best := k
		for i := k; i < n; i++ {
			if math.Abs(a[i][k]) > math.Abs(a[best][k]) {
				best = i
			}
		}
		a[k], a[best], b[k], b[best] = a[best], a[k], b[best], b[k]
		for i := k + 1; i < n; i++ {
			f := a[i][k] / a[k][k]
			for j := k; j < n; j++ {
				a[i][j] -= f * a[k][j]
			}
			b[i] -= f * b[k]
		}
	}
	x := make([]float64, n)
	for k := n - 1; k >= 0; k-- {
		x[k] = b[k]
		for j := k + 1; j < n; j++ {
			x[k] -= a[k][j] * x[j]
		}
		x[k] /= a[k][k]
	}
	return x
}

// TestWeights sees that weights.json is what the sets give; -update writes it, and
// records the vectors that the tests need.
func TestWeights(t *testing.T) {
	if *update {
		r := live(t)
		r.known = readRecorded(t)
		lessonsOf(t, r)
		r.used.write(t)
	}
	got := fit(recordedLessons(t))
	if *update {
		raw, err := json.MarshalIndent(got, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("weights.json", append(raw, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(got.Weights) != len(fitted.Weights) || math.Abs(got.Bias-fitted.Bias) > 0.05 || got.Threshold != fitted.Threshold {
		t.Fatalf("weights.json is not what the sets give: run with -update")
	}
	for name, w := range got.Weights {
		if math.Abs(w-fitted.Weights[name]) > 0.05 {
			t.Errorf("weight of %s is %.3f, in weights.json %.3f: run with -update", name, w, fitted.Weights[name])
		}
	}
}
