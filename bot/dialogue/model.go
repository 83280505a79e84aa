package dialogue

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"fmt"
	"math"
	"slices"
)

//go:embed weights.gz
var weightsFile []byte

// model is a multinomial logistic regression over features: how much each
// speaks for each act. fit_test.go fits it. Its fields are those of weights.gz.
type model struct {
	Kinds    []Kind
	States   [][]State // in which each of Kinds can be said
	Features []uint32  // that were seen more than once, in order
	Talk     ownWords
	Scale    float32
	Weights  []int8 // of each of Features, one for each of Kinds
}

func loadModel(file []byte) (m model, err error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return m, fmt.Errorf("weights.gz: %w", err)
	}
	if err := gob.NewDecoder(z).Decode(&m); err != nil {
		return m, fmt.Errorf("weights.gz: %w", err)
	}
	if len(m.Weights) != len(m.Features)*len(m.Kinds) {
		return m, fmt.Errorf("weights.gz: %d weights of %d features for %d acts, fit it anew", len(m.Weights), len(m.Features), len(m.Kinds))
	}
	return m, nil
}

// shares says how likely each of Kinds is, together 1; what cannot be said now
// is 0. What the rules say has the weight of trust.
func (m model) shares(features []uint32, waits State, ruled Act) []float64 {
	scores := make([]float64, len(m.Kinds))
	for _, number := range m.known(features) {
		row := m.Weights[number*len(m.Kinds):][:len(m.Kinds)]
		for k, w := range row {
			scores[k] += float64(w)
		}
	}
	each := value(features) * float64(m.Scale)
	for k := range scores {
		scores[k] *= each
		if m.Kinds[k] == ruled.Kind {
			scores[k] += trust
			if !ruled.loose {
				scores[k] += trustStrict
			}
		} else if !slices.Contains(m.States[k], waits) {
			scores[k] = math.Inf(-1)
		}
	}
	softmax(scores)
	return scores
}

// known are the numbers in Features of those that were learned.
func (m model) known(features []uint32) (numbers []int) {
	for _, f := range features {
		if number, known := slices.BinarySearch(m.Features, f); known {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// value is how much each feature of a message counts: all of them together have the
// same length whatever the message. What was never learned counts for its length, so
// that a message of which little is known is judged with little weight.
func value(features []uint32) float64 { return length / math.Sqrt(float64(len(features))) }

const length = 6

// trust is how much a rule that fits speaks for its act.
const (
	trust       = 1.5
	trustStrict = 2.5 // more, if it lets no other words stand
)

// softmax turns scores into shares of 1.
func softmax(scores []float64) {
	best, sum := math.Inf(-1), 0.0
	for _, s := range scores {
		best = max(best, s)
	}
	for k, s := range scores {
		scores[k] = math.Exp(s - best)
		sum += scores[k]
	}
	for k := range scores {
		scores[k] /= sum
	}
}
