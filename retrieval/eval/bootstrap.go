package eval

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// Interval is the range in which 95 of 100 draws lie.
type Interval [2]float64

// String returns the interval as [.912, .934].
func (i Interval) String() string { return fmt.Sprintf("[%.3f, %.3f]", i[0], i[1]) }

// intervals draws documents with replacement and measures each draw. The seed
// is fixed: the same observations give the same intervals.
func intervals(all []Observation, draws int) map[string]Interval {
	clusters := byDocument(all)
	random := rand.New(rand.NewPCG(2026, 11)) //nolint:gosec // reproducible on purpose
	values := make(map[string][]float64)
	for range draws {
		var sample []Observation
		for range clusters {
			sample = append(sample, clusters[random.IntN(len(clusters))]...)
		}
		for name, value := range figures(sample) {
			values[name] = append(values[name], value)
		}
	}
	result := make(map[string]Interval, len(values))
	for name, v := range values {
		slices.Sort(v)
		result[name] = Interval{v[len(v)*25/1000], v[min(len(v)-1, len(v)*975/1000)]}
	}
	return result
}

// byDocument groups observations by the relevant document, or else by the
// document found first: questions that stand and fall together.
func byDocument(all []Observation) [][]Observation {
	groups := make(map[string][]Observation)
	for _, o := range all {
		groups[o.cluster()] = append(groups[o.cluster()], o)
	}
	var clusters [][]Observation
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		clusters = append(clusters, groups[name])
	}
	return clusters
}

func (o Observation) cluster() string {
	if len(o.Query.Relevant) > 0 {
		return o.Folder + "\x00" + slices.Min(slices.Collect(maps.Keys(o.Query.Relevant)))
	}
	if ranked := o.Ranked[Fused]; len(ranked) > 0 {
		return o.Folder + "\x00" + ranked[0]
	}
	return o.Folder + "\x00" + o.ID
}

// figures are the numbers that get an interval.
func figures(sample []Observation) map[string]float64 {
	values := make(map[string]float64)
	for _, m := range []Mode{Keyword, Vector, Fused} {
		if x, ok := modeMetrics(sample, m); ok {
			values[string(m)+".mrr@10"] = x.MRR10
			values[string(m)+".ndcg@10"] = x.NDCG10
			values[string(m)+".recall@1"] = x.Recall1
			values[string(m)+".recall@3"] = x.Recall3
			values[string(m)+".recall@5"] = x.Recall5
			values[string(m)+".recall@10"] = x.Recall10
		}
	}
	if x, ok := answerShare(sample); ok {
		values["answer_in_top5"] = x
	}
	if x, ok := auroc(sample); ok {
		values["answerability.auroc"] = x
	}
	if x, ok := aurc(sample); ok {
		values["answerability.aurc"] = x
	}
	for _, c := range coverages {
		if x, ok := wrongAt(sample, c); ok {
			values[fmt.Sprintf("answerability.wrong_at.%.2f", c)] = x
		}
	}
	return values
}
