package lexical

import (
	"cmp"
	"slices"
)

// crowded returns the groups of a collection's segments that should become one
// each, by their places. A segment that is half full rests. Of the others each
// is larger than all smaller ones together, or they are merged: so there are few
// (a logarithm of their passages), and a passage is written anew a few times
// only. It is the rule of O'Neil et al. (The log-structured merge-tree, Acta
// Informatica 1996), as Lucene merges segments in tiers.
func crowded(segments []*segment) (groups [][]int) {
	var small []int
	for i, s := range segments {
		if s.size() < segmentSize/2 {
			small = append(small, i)
		}
	}
	size := func(i int) int { return segments[i].size() }
	slices.SortStableFunc(small, func(a, b int) int { return cmp.Compare(size(a), size(b)) })
	for {
		sum, due := 0, 0
		for k, i := range small {
			if sum+size(i) > segmentSize {
				break
			}
			if k > 0 && size(i) <= sum {
				due = k + 1
			}
			sum += size(i)
		}
		if due == 0 {
			return groups
		}
		group := slices.Sorted(slices.Values(small[:due])) // neighbours stay neighbours
		groups = append(groups, group)
		small = small[due:]
	}
}
