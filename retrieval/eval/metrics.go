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

// successAt returns success for the first k.
func successAt(k int) func([]string, map[string]int) float64 {
	return func(ranked []string, relevant map[string]int) float64 { return success(ranked, relevant, k) }
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
