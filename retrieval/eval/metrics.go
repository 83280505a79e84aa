package eval

import (
	"cmp"
	"math"
	"slices"
)

// ModeMetrics are the figures of one ranking over the questions with qrels.
type ModeMetrics struct {
	MRR10    float64 `json:"mrr@10"`
	NDCG10   float64 `json:"ndcg@10"`
	Recall1  float64 `json:"recall@1"`
	Recall3  float64 `json:"recall@3"`
	Recall5  float64 `json:"recall@5"`
	Recall10 float64 `json:"recall@10"`
}

// reciprocal is 1 by the place of the first relevant document among ten, or 0.
func reciprocal(ranked []string, relevant map[string]int) float64 {
	for i, id := range ranked[:min(10, len(ranked))] {
		if relevant[id] > 0 {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// ndcg is the discounted gain of ten documents as a share of the best possible.
func ndcg(ranked []string, relevant map[string]int) float64 {
	gain := 0.0
	for i, id := range ranked[:min(10, len(ranked))] {
		gain += discounted(relevant[id], i)
	}
	scores := make([]int, 0, len(relevant))
	for _, s := range relevant {
		scores = append(scores, s)
	}
	slices.SortFunc(scores, func(a, b int) int { return cmp.Compare(b, a) })
	best := 0.0
	for i, s := range scores[:min(10, len(scores))] {
		best += discounted(s, i)
	}
	if best == 0 {
		return 0
	}
	return gain / best
}

func discounted(score, place int) float64 {
	return float64(score) / math.Log2(float64(place)+2)
}

// success is 1 if a relevant document is among the first k.
func success(ranked []string, relevant map[string]int, k int) float64 {
	for _, id := range ranked[:min(k, len(ranked))] {
		if relevant[id] > 0 {
			return 1
		}
	}
	return 0
}

func modeMetrics(all []Observation, m Mode) (ModeMetrics, bool) {
	var sum ModeMetrics
	n := 0.0
	for _, o := range all {
		ranked, ran := o.Ranked[m]
		if !ran || len(o.Query.Relevant) == 0 {
			continue
		}
		n++
		relevant := o.Query.Relevant
		sum.MRR10 += reciprocal(ranked, relevant)
		sum.NDCG10 += ndcg(ranked, relevant)
		sum.Recall1 += success(ranked, relevant, 1)
		sum.Recall3 += success(ranked, relevant, 3)
		sum.Recall5 += success(ranked, relevant, 5)
		sum.Recall10 += success(ranked, relevant, 10)
	}
	if n == 0 {
		return ModeMetrics{}, false
	}
	for _, f := range []*float64{&sum.MRR10, &sum.NDCG10, &sum.Recall1, &sum.Recall3, &sum.Recall5, &sum.Recall10} {
		*f /= n
	}
	return sum, true
}

// answerShare is the share of answers whose words stand in the top passages.
func answerShare(all []Observation) (float64, bool) {
	held, n := 0.0, 0.0
	for _, o := range all {
		if o.AnswerInTop5 == nil {
			continue
		}
		n++
		if *o.AnswerInTop5 {
			held++
		}
	}
	return held / max(1, n), n > 0
}

// auroc is the chance that an answerable question has a higher probability than
// one that is not; equal ones count half.
func auroc(all []Observation) (float64, bool) {
	yes, no := split(all)
	if len(yes) == 0 || len(no) == 0 {
		return 0, false
	}
	slices.Sort(no)
	wins := 0.0
	for _, p := range yes {
		below, _ := slices.BinarySearch(no, p)
		above := below
		for above < len(no) && no[above] == p {
			above++
		}
		wins += float64(below) + float64(above-below)/2
	}
	return wins / float64(len(yes)*len(no)), true
}

// aurc is the mean share of wrong answers over all coverages, the surest
// answered first. Wrong: the question has no answer, or the best document is
// not one that has it.
func aurc(all []Observation) (float64, bool) {
	judged := withoutHandover(all)
	if len(judged) == 0 {
		return 0, false
	}
	slices.SortStableFunc(judged, func(a, b Observation) int { return cmp.Compare(b.Probability, a.Probability) })
	wrong, sum := 0.0, 0.0
	for i, o := range judged {
		if !o.Answerable || len(o.Query.Relevant) > 0 && success(o.Ranked[Fused], o.Query.Relevant, 1) == 0 {
			wrong++
		}
		sum += wrong / float64(i+1)
	}
	return sum / float64(len(judged)), true
}

// wrongAt is the share of unanswerable questions at or above the threshold that
// the given share of the answerable ones reach.
func wrongAt(all []Observation, coverage float64) (float64, bool) {
	yes, no := split(all)
	if len(yes) == 0 || len(no) == 0 {
		return 0, false
	}
	slices.SortFunc(yes, func(a, b float64) int { return cmp.Compare(b, a) })
	reach := max(1, int(math.Ceil(coverage*float64(len(yes))-1e-9)))
	threshold := yes[reach-1]
	wrong := 0
	for _, p := range no {
		if p >= threshold {
			wrong++
		}
	}
	return float64(wrong) / float64(len(no)), true
}

// split returns the probabilities of answerable and unanswerable questions.
func split(all []Observation) (yes, no []float64) {
	for _, o := range withoutHandover(all) {
		if o.Answerable {
			yes = append(yes, o.Probability)
		} else {
			no = append(no, o.Probability)
		}
	}
	return yes, no
}

func withoutHandover(all []Observation) []Observation {
	var rest []Observation
	for _, o := range all {
		if !o.Query.Handover() {
			rest = append(rest, o)
		}
	}
	return rest
}
