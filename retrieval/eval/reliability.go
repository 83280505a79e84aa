package eval

import (
	"math"
)

// riskPoint is a point of the risk–coverage curve.
type riskPoint struct {
	probability float64 // of the least sure question answered
	coverage    float64 // share of all questions answered
	risk        float64 // share of wrong answers among them
}

// risk returns the curve, the surest questions first; those of equal probability
// are answered together.
func (t *tally) risk() []riskPoint {
	var points []riskPoint
	wrong := 0
	for i, j := range t.judged {
		if j.wrong {
			wrong++
		}
		if i+1 < len(t.judged) && t.judged[i+1].probability == j.probability {
			continue
		}
		points = append(points, riskPoint{j.probability, float64(i+1) / float64(len(t.judged)), float64(wrong) / float64(i+1)})
	}
	return points
}

// Reliability compares what was said with what was so: of the questions that
// were given a probability of .7, seven of ten should be answerable. Both classes
// weigh alike, because a set's share of unanswerable questions is its author's
// choice.
type Reliability struct {
	Bins []Bin   `json:"bins"` // not empty ones, by probability
	ECE  float64 `json:"ece"`  // expected calibration error: mean distance of said and so
}

// Bin is the questions of a tenth of the probabilities.
type Bin struct {
	From         float64 `json:"from"`
	To           float64 `json:"to"`
	Answerable   int     `json:"answerable"`
	Unanswerable int     `json:"unanswerable"`
	Said         float64 `json:"said"` // mean probability
	So           float64 `json:"so"`   // share of answerable questions
}

const bins = 10

// reliability sorts the questions that were searched for into bins; nil if one
// class is missing.
func reliability(all []Observation) *Reliability {
	size := map[bool]float64{}
	var searched []Observation
	for _, o := range all {
		if !o.Handover() && o.judged[Fused] != nil {
			searched = append(searched, o)
			size[o.Answerable]++
		}
	}
	if len(size) < 2 {
		return nil
	}
	var count [bins]Bin
	var weight [bins]float64
	for _, o := range searched {
		i := min(bins-1, int(o.Probability*bins))
		w := 1 / (2 * size[o.Answerable])
		weight[i] += w
		count[i].Said += w * o.Probability
		if o.Answerable {
			count[i].Answerable++
			count[i].So += w
		} else {
			count[i].Unanswerable++
		}
	}
	r := &Reliability{}
	for i, b := range count {
		if weight[i] == 0 {
			continue
		}
		b.From, b.To = float64(i)/bins, float64(i+1)/bins
		b.Said, b.So = b.Said/weight[i], b.So/weight[i]
		r.ECE += weight[i] * math.Abs(b.Said-b.So)
		r.Bins = append(r.Bins, b)
	}
	return r
}
