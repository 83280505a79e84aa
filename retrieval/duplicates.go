package retrieval

import (
	"hash/maphash"
	"slices"
	"strings"
)

// withoutDuplicates drops each hit whose text says, all but word for word, what
// a better one says: the same passage in two collections or two copies of a
// file. The better ranked stays.
func withoutDuplicates(hits []Hit, limit float64) []Hit {
	if limit <= 0 {
		return hits
	}
	seed := maphash.MakeSeed()
	var kept []Hit
	var seen [][]uint64
	for _, h := range hits {
		set := shingles(seed, h.Passage.Text)
		if !anyAlike(set, seen, limit) {
			kept = append(kept, h)
			seen = append(seen, set)
		}
	}
	return kept
}

func anyAlike(set []uint64, seen [][]uint64, limit float64) bool {
	for _, other := range seen {
		if alike(set, other) >= limit {
			return true
		}
	}
	return false
}

// shingles returns the hashed word triples of a text, each once and in order.
func shingles(seed maphash.Seed, text string) []uint64 {
	words := strings.Fields(strings.ToLower(text))
	hashes := make([]uint64, len(words))
	for i, w := range words {
		hashes[i] = maphash.String(seed, w)
	}
	set := make([]uint64, max(1, len(words)-2))
	for i := range set {
		for _, h := range hashes[min(i, len(hashes)):min(i+3, len(hashes))] {
			set[i] = set[i]*multiplier + h
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// multiplier makes the order of words count (Knuth's for linear congruences).
const multiplier = 6364136223846793005

// alike is the Jaccard similarity of two sets in order.
func alike(a, b []uint64) float64 {
	union := len(a) + len(b)
	common := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			common++
			a, b = a[1:], b[1:]
		}
	}
	return float64(common) / float64(union-common)
}
