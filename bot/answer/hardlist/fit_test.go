package hardlist

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"flag"
	"math"
	"os"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "fit weights.gz anew")

// TestWeightsAreWhatTheExamplesTeach holds weights.gz to the examples and rules;
// with -update it writes it. Weights may differ by the last bit of a fraction,
// which is rounded in another way on other machines.
func TestWeightsAreWhatTheExamplesTeach(t *testing.T) {
	t.Parallel()
	want := fit(t)
	if *update {
		write(t, want)
		return
	}
	got, err := readFitted(weightsFile)
	if err != nil {
		t.Fatal(err)
	}
	const again = "fit it anew: go test ./bot/answer/hardlist -run TestWeights -update"
	if !slices.Equal(got.Kinds, want.Kinds) || !slices.Equal(got.Features, want.Features) {
		t.Fatal("weights.gz is of other examples or rules; " + again)
	}
	for i, row := range want.Weights {
		for c, w := range row {
			if off := int(got.Weights[i][c]) - int(w); off < -1 || off > 1 {
				t.Fatal("weights.gz has other weights than the examples teach; " + again)
			}
		}
	}
}

// fit is what weights.gz should hold.
func fit(t testing.TB) fitted {
	t.Helper()
	rules, err := parse(rulesText)
	if err != nil {
		t.Fatal(err)
	}
	ex, err := parseExamples("examples.txt", examplesText)
	if err != nil {
		t.Fatal(err)
	}
	ex.ofRules(rules)
	l := learn(rules, ex)
	f := fitted{Kinds: ex.kindLines, Features: l.features, Weights: make([][classes]int8, len(l.weights))}
	for _, row := range l.weights {
		for _, w := range row {
			f.Scale = max(f.Scale, math.Abs(w)/math.MaxInt8)
		}
	}
	for i, row := range l.weights {
		for c, w := range row {
			f.Weights[i][c] = int8(math.Round(w / f.Scale))
		}
	}
	return f
}

func write(t *testing.T, f fitted) {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if err := gob.NewEncoder(z).Encode(f); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("weights.gz", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// How the weights are fitted: by stochastic gradient descent in a fixed order.
const (
	epochs = 12
	rate   = 0.5
	shrink = 0.0002 // L2

	certain = 0.995 // what is judged so well teaches no more
)

func learn(rs *rules, ex *examples) *likeness {
	l := &likeness{kinds: ex.kinds, features: []uint32{bias}}
	seen := make([][]feature, len(ex.all))
	for i, e := range ex.all {
		seen[i] = features(rs.read(e.text), &l.kinds)
		for _, f := range seen[i] {
			l.features = append(l.features, f.name)
		}
	}
	slices.Sort(l.features)
	l.features = slices.Compact(l.features)
	l.weights = make([]scores, len(l.features))
	vectors := make([][]entry, len(ex.all))
	labels := make([]int, len(ex.all))
	for i, e := range ex.all {
		vectors[i] = l.vector(seen[i])
		labels[i] = classOrdinary
		if n := slices.Index(Topics, e.topic); n >= 0 {
			labels[i] = n
		}
	}
	stride := strideFor(len(vectors))
	for epoch := range epochs {
		step := rate / (1 + 0.1*float64(epoch))
		for i := range vectors {
			at := (i*stride + epoch) % len(vectors)
			l.step(vectors[at], labels[at], step)
		}
	}
	return l
}

func (l *likeness) step(v []entry, class int, step float64) {
	p := l.predict(v)
	if p[class] > certain {
		return
	}
	for _, e := range v {
		w := &l.weights[e.number]
		for c := range p {
			gradient := p[c] * e.value
			if c == class {
				gradient -= e.value
			}
			w[c] -= step * (gradient + shrink*w[c])
		}
	}
}

// strideFor returns a step that visits all of n in a mixed order.
func strideFor(n int) int {
	stride := n*5/13 + 1
	for gcd(stride, n) != 1 {
		stride++
	}
	return stride
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
