package hardlist

import (
	"math"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// likeness knows how much each feature of a question speaks for each topic:
// multinomial logistic regression, fitted to the examples. It needs no model and
// no embedder, and the same examples always give the same weights.
type likeness struct {
	kinds   kinds
	numbers map[string]int // of features
	weights []scores       // by number; the first is the bias
}

// scores are one value for each class: the topics in their order, then ordinary.
type scores [6]float64

const classOrdinary = 5

// How probable it must be that a question belongs to a topic. One that does not
// speak of oneself must show it more clearly.
const (
	leastOfOneself = 0.5
	leastOfOthers  = 0.7
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
	return l.predict(l.vector(features(r, &l.kinds), false))
}

// feature is a property of a question and how much it weighs.
type feature struct {
	name  string
	value float64
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
			all = append(all, feature{"w" + stem, byWord})
		}
		all = append(all, feature{"b" + last + " " + stem, byPair})
		last = stem
		if len(word) >= 4 {
			grams = german.Grams(grams[:0], word, 4)
			for _, g := range grams {
				all = append(all, feature{"g" + gramName(g), byGram})
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
		all = append(all, feature{"k" + k.names[i], byKind})
		for j, other := range met[:i] {
			if other {
				all = append(all, feature{"p" + k.names[j] + " " + k.names[i], byKindPair})
			}
		}
	}
	if r.own {
		all = append(all, feature{"own", byShape})
	}
	if r.field {
		all = append(all, feature{"field", byShape})
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

// vector has the length scale, the bias aside. What was never seen counts for its
// length: a question of which little is known is judged with little weight. New
// features get numbers while it learns.
func (l *likeness) vector(all []feature, learning bool) []entry {
	sums := make(map[int]float64, len(all))
	var square float64
	for _, f := range all {
		number, known := l.numbers[f.name]
		if !known && learning {
			number, known = len(l.numbers)+1, true
			l.numbers[f.name] = number
		}
		if !known {
			square += f.value * f.value
			continue
		}
		sums[number] = f.value // said twice is said once
	}
	v := make([]entry, 0, len(sums)+1)
	for number, value := range sums {
		v = append(v, entry{number, value})
	}
	slices.SortFunc(v, func(a, b entry) int { return a.number - b.number })
	for _, e := range v { // in order: sums of fractions depend on it
		square += e.value * e.value
	}
	length := math.Sqrt(square)
	for i := range v {
		v[i].value *= scale / length
	}
	return append(v, entry{0, 1})
}

// scale is the length of vectors.
const scale = 2

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

// How the weights are fitted: by stochastic gradient descent in a fixed order.
const (
	epochs = 12
	rate   = 0.5
	shrink = 0.0002 // L2

	certain = 0.995 // what is judged so well teaches no more
)

func learn(rs *rules, ex *examples) *likeness {
	l := &likeness{kinds: ex.kinds, numbers: make(map[string]int)}
	vectors := make([][]entry, len(ex.all))
	classes := make([]int, len(ex.all))
	for i, e := range ex.all {
		vectors[i] = l.vector(features(rs.read(e.text), &l.kinds), true)
		classes[i] = classOrdinary
		if n := slices.Index(Topics, e.topic); n >= 0 {
			classes[i] = n
		}
	}
	l.weights = make([]scores, len(l.numbers)+1)
	stride := strideFor(len(vectors))
	for epoch := range epochs {
		step := rate / (1 + 0.1*float64(epoch))
		for i := range vectors {
			at := (i*stride + epoch) % len(vectors)
			l.step(vectors[at], classes[at], step)
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
