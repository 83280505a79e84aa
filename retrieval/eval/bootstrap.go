package eval

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// draws of the bootstrap where the caller names no number, as in the protocol of
// the GermanQuAD comparison (butburg/dense-retrieval-germanquad, table_main.md).
const draws = 10_000

// Interval is the range in which 95 of 100 draws lie.
type Interval [2]float64

// String returns the interval as [.912, .934].
func (i Interval) String() string { return fmt.Sprintf("[%.3f, %.3f]", i[0], i[1]) }

// intervals draws documents with replacement and measures each draw. The same
// observations give the same intervals.
func intervals(all []Observation, n int) map[string]Interval {
	t := newTally(all)
	values := make(map[string][]float64)
	resample(all, n, func(weights []int) {
		for name, x := range t.figures(weights) {
			values[name] = append(values[name], x)
		}
	})
	result := make(map[string]Interval, len(values))
	for name, v := range values {
		slices.Sort(v)
		result[name] = interval(v)
	}
	return result
}

// interval returns the middle 95 % of sorted values.
func interval(sorted []float64) Interval {
	return Interval{sorted[len(sorted)*25/1000], sorted[min(len(sorted)-1, len(sorted)*975/1000)]}
}

// resample draws n samples of whole documents, with replacement, and gives each
// as how often a question is in it. The seed is fixed; weights are used again.
func resample(all []Observation, n int, use func(weights []int)) {
	clusters := byDocument(all)
	random := rand.New(rand.NewPCG(2026, 11)) //nolint:gosec // reproducible on purpose
	weights := make([]int, len(all))
	for range n {
		clear(weights)
		for range clusters {
			for _, question := range clusters[random.IntN(len(clusters))] {
				weights[question]++
			}
		}
		use(weights)
	}
}

// byDocument groups the places of observations by the relevant document, or
// else by the document found first: questions that stand and fall together.
func byDocument(all []Observation) [][]int {
	groups := make(map[string][]int)
	for i, o := range all {
		groups[o.cluster()] = append(groups[o.cluster()], i)
	}
	var clusters [][]int
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		clusters = append(clusters, groups[name])
	}
	return clusters
}

func (o Observation) cluster() string {
	if len(o.Relevant) > 0 {
		return string(o.Set) + "\x00" + slices.Min(slices.Collect(maps.Keys(o.Relevant)))
	}
	if ranked := o.Ranked[Fused]; len(ranked) > 0 {
		return string(o.Set) + "\x00" + ranked[0]
	}
	return string(o.Set) + "\x00" + o.ID
}
