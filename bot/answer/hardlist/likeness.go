package hardlist

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

//go:embed weights.gz
var weightsFile []byte

// likeness knows how much each feature of a question speaks for each topic:
// multinomial logistic regression. It needs no model and no embedder.
type likeness struct {
	kinds    kinds
	features []uint32 // hashes in order; the first is the bias
	weights  []scores // of features, in the same order
}

// bias stands among features, whose hashes are never so low.
const bias = 0

// fitted is what weights.gz holds.
type fitted struct {
	Kinds    []string // lines of kinds
	Features []uint32
	Scale    float64
	Weights  [][classes]int8 // of Features, in Scale
}

func readFitted(file []byte) (f fitted, err error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err == nil {
		err = gob.NewDecoder(z).Decode(&f)
	}
	if err != nil {
		return f, fmt.Errorf("weights.gz: %w", err)
	}
	if len(f.Weights) != len(f.Features) {
		return f, fmt.Errorf("weights.gz: %d weights for %d features, fit it anew", len(f.Weights), len(f.Features))
	}
	return f, nil
}

func (f fitted) likeness() (*likeness, error) {
	l := &likeness{kinds: noKinds(), features: f.Features, weights: make([]scores, len(f.Weights))}
	for _, line := range f.Kinds {
		if err := l.kinds.add(line); err != nil {
			return nil, fmt.Errorf("weights.gz: %w", err)
		}
	}
	for i, row := range f.Weights {
		for c, w := range row {
			l.weights[i][c] = float64(w) * f.Scale
		}
	}
	return l, nil
}

// scores are one value for each class: the topics in their order, then ordinary.
type scores [classes]float64

const (
	classes       = 6
	classOrdinary = 5
)

// How probable it must be that a question belongs to a topic. One that does not
// speak of oneself must show it more clearly.
const (
	leastOfOneself = 0.38
	leastOfOthers  = 0.42
)

func least(r reading) float64 {
	if r.own {
		return leastOfOneself
	}
	return leastOfOthers
}

// check returns the topic that a question is likest, if it is likelier to belong
// to a topic than to none.
func (l *likeness) check(r reading) (Topic, bool) {
	p := l.probabilities(r)
	if 1-p[classOrdinary] < least(r) {
		return "", false
	}
	best := 0
	for i := range Topics {
		if p[i] > p[best] {
			best = i
		}
	}
	return Topics[best], true
}

func (l *likeness) probabilities(r reading) scores {
	return l.predict(l.vector(features(r, &l.kinds)))
}

// feature is a property of a question and how much it weighs.
type feature struct {
	name  uint32 // its hash
	value float64
}

func named(parts ...string) uint32 {
	hash := fnv.New32a()
	for _, p := range parts {
		hash.Write([]byte(p))
	}
	return max(hash.Sum32(), bias+1)
}

// How much kinds of features weigh in the likeness of two questions.
const (
	byWord, byPair, byGram, byKind, byKindPair, byShape = 1.0, 0.7, 0.35, 1.2, 0.6, 1.0
)

// features are the stems of a question, neighbours among them, character grams,
// the kinds of its words, which of them stand together, and its shape.
func features(r reading, k *kinds) []feature {
	var all []feature
	met := make([]bool, len(k.names))
	last := "^"
	var grams []german.Gram
	for _, word := range strings.Fields(r.text) {
		stem := german.Stem(word)
		if word != "." {
			all = append(all, feature{named("w", stem), byWord})
		}
		all = append(all, feature{named("b", last, " ", stem), byPair})
		last = stem
		if len(word) >= 4 {
			grams = german.Grams(grams[:0], word, 4)
			for _, g := range grams {
				all = append(all, feature{named("g", gramName(g)), byGram})
			}
		}
		for _, kind := range k.of(word) {
			met[kind] = true
		}
	}
	for i, hit := range met {
		if !hit {
			continue
		}
		all = append(all, feature{named("k", k.names[i]), byKind})
		for j, other := range met[:i] {
			if other {
				all = append(all, feature{named("p", k.names[j], " ", k.names[i]), byKindPair})
			}
		}
	}
	if r.own {
		all = append(all, feature{named("own"), byShape})
	}
	if r.field {
		all = append(all, feature{named("field"), byShape})
	}
	return all
}

func gramName(g german.Gram) string {
	return string([]byte{byte(g >> 56), byte(g >> 48), byte(g >> 40), byte(g >> 32), byte(g >> 24), byte(g >> 16), byte(g >> 8), byte(g)})
}

// entry is a feature by its number.
type entry struct {
	number int
	value  float64
}

// vector has the length scale, or less where little was said, the bias aside. What was never seen counts for its
// length: a question of which little is known is judged with little weight.
func (l *likeness) vector(all []feature) []entry {
	slices.SortFunc(all, func(a, b feature) int { return cmp.Compare(a.name, b.name) })
	all = slices.CompactFunc(all, func(a, b feature) bool { return a.name == b.name }) // said twice is said once
	var square float64
	for _, f := range all {
		square += f.value * f.value
	}
	v := []entry{{bias, 1}}
	for _, f := range all {
		if number, known := slices.BinarySearch(l.features, f.name); known {
			v = append(v, entry{number, f.value * scale / math.Sqrt(max(square, leastSquare))})
		}
	}
	return v
}

// scale is the length of vectors. Those of a few words are shorter: little evidence
// weighs little.
const (
	scale       = 2
	leastSquare = 28
)

func (l *likeness) predict(v []entry) scores {
	var s scores
	for _, e := range v {
		for c, w := range l.weights[e.number] {
			s[c] += w * e.value
		}
	}
	highest := slices.Max(s[:])
	var sum float64
	for c := range s {
		s[c] = math.Exp(s[c] - highest)
		sum += s[c]
	}
	for c := range s {
		s[c] /= sum
	}
	return s
}
