package retrieval

import "slices"

// WithInSight returns the result with the best hit of an earlier question's among
// those that are read: what settled the first question is often what the second one
// is about. The judgement stays that of this question; both results must be for
// the same readers.
func (r Result) WithInSight(earlier Result) Result {
	if len(earlier.Hits) == 0 || len(r.Hits) == 0 {
		return r
	}
	kept := earlier.Hits[0]
	place := min(inSight, len(r.Hits))
	for _, h := range r.Hits[:place] {
		if h.Passage.ID == kept.Passage.ID {
			return r
		}
	}
	hits := slices.DeleteFunc(slices.Clone(r.Hits), func(h Hit) bool { return h.Passage.ID == kept.Passage.ID })
	place = min(place, len(hits))
	kept.Score = hits[place-1].Score // comparable within this result, as all scores are
	r.Hits = slices.Insert(hits, place, kept)
	return r
}

// inSight is behind how many hits an earlier one stands: the next is still read.
const inSight = 4
