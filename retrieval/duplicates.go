package retrieval

import (
	"hash/maphash"
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
	var seen []map[uint64]bool
	for _, h := range hits {
		set := shingles(seed, h.Passage.Text)
		if !anyAlike(set, seen, limit) {
			kept = append(kept, h)
			seen = append(seen, set)
		}
	}
	return kept
}

func anyAlike(set map[uint64]bool, seen []map[uint64]bool, limit float64) bool {
	for _, other := range seen {
		if alike(set, other) >= limit {
			return true
		}
	}
	return false
}

// shingles returns the hashed word triples of a text.
func shingles(seed maphash.Seed, text string) map[uint64]bool {
	words := strings.Fields(strings.ToLower(text))
	set := make(map[uint64]bool, len(words))
	for i := 0; i < max(1, len(words)-2); i++ {
		set[maphash.String(seed, strings.Join(words[i:min(i+3, len(words))], " "))] = true
	}
	return set
}

// alike is the Jaccard similarity of two sets.
func alike(a, b map[uint64]bool) float64 {
	common := 0
	for k := range a {
		if b[k] {
			common++
		}
	}
	if union := len(a) + len(b) - common; union > 0 {
		return float64(common) / float64(union)
	}
	return 1
}
