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
	return r.rereading(slices.Insert(hits, place, kept))
}

// Only returns the result with those of its hits that keep accepts.
func (r Result) Only(keep func(Hit) bool) Result {
	return r.rereading(slices.DeleteFunc(slices.Clone(r.Hits), func(h Hit) bool { return !keep(h) }))
}

// rereading returns the result with other hits. Statements name hits by their places,
// so they are judged anew, and sides that differ are found again; one whose hit is gone
// differs from nothing.
func (r Result) rereading(hits []Hit) Result {
	before := r.Hits
	r.Hits = hits
	if question := r.evidence.question; question != "" {
		r.evidence.statements = nil
		r.evidence.statements = r.Statements(question)
	}
	var sides []Statement
	for _, s := range r.Sufficiency.Sides {
		s.Hit = slices.IndexFunc(hits, func(h Hit) bool { return h.Passage.ID == before[s.Hit].Passage.ID })
		if s.Hit >= 0 {
			sides = append(sides, s)
		}
	}
	r.Sufficiency.Sides = sides
	return r
}

// inSight is behind how many hits an earlier one stands: the next is still read.
const inSight = 4
