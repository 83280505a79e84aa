package retrieval

import "slices"

// Only returns the result with those of its hits that keep accepts. Statements name
// hits by their places, so they are judged anew, and sides that differ are found again;
// one whose hit is gone differs from nothing.
func (r Result) Only(keep func(Hit) bool) Result {
	before := r.Hits
	r.Hits = slices.DeleteFunc(slices.Clone(before), func(h Hit) bool { return !keep(h) })
	if question := r.evidence.question; question != "" {
		r.evidence.statements = nil
		r.evidence.statements = r.Statements(question)
	}
	var sides []Statement
	for _, s := range r.Sufficiency.Sides {
		s.Hit = slices.IndexFunc(r.Hits, func(h Hit) bool { return h.Passage.ID == before[s.Hit].Passage.ID })
		if s.Hit >= 0 {
			sides = append(sides, s)
		}
	}
	r.Sufficiency.Sides = sides
	return r
}
