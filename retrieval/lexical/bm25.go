package lexical

import "math"

// points is a score in units of 2^-32. Whole numbers add up to the same sum in
// any order, so that a score does not depend on how passages lie in segments nor
// on the order in which a search looks at keys: replicas rank alike to the bit.
type points int64

const onePoint = 1 << 32

func (p points) score() float64 { return float64(p) / onePoint }

// idf is BM25's inverse document frequency, in the form that is never negative.
func idf(passages, holders int) float64 {
	return math.Log(1 + (float64(passages)-float64(holders)+0.5)/(float64(holders)+0.5))
}

// saturation is the part of BM25 that depends on the passage:
// tf (k1+1) / (tf + k1 (1-b) + k1 b length/average).
type saturation struct{ k1, base, slope float64 }

func newSaturation(k1, b, average float64) saturation {
	return saturation{k1, k1 * (1 - b), k1 * b / average}
}

// scale makes of a key's weight (with its idf) the factor that of and atMost take.
func (s saturation) scale(weight float64) float64 { return weight * (s.k1 + 1) * onePoint }

// of returns what a key scores that an entry of a length holds count times. The
// conversion keeps processors that could from fusing the operations: all round alike.
func (s saturation) of(scaled float64, count uint16, length int32) points {
	tf := float64(count)
	return points(scaled * tf / (tf + s.base + float64(s.slope*float64(length))))
}

// atMost bounds what a key scores in any entry with at most so many counts and
// at least so much length per count, whatever the average length is:
// dividing by tf, of is 1 / (1 + base/tf + slope·length/tf).
func (s saturation) atMost(scaled float64, most, leanest uint16) points {
	return points(scaled/(1+s.base/float64(most)+s.slope*float64(leanest))) + 1
}
