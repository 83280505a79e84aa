package retrieval

import (
	"slices"
	"testing"
)

// A statement is of the passage that it was read in, whatever hits come between or go:
// else a quote would stand above the name of another document.
func TestStatementsFollowTheirHits(t *testing.T) {
	t.Parallel()
	const question = "Wie lange gilt die Freigabe?"
	var later Result
	for i, text := range []string{"Die Freigabe gilt drei Jahre.", "Die Freigabe gilt zwei Jahre.", "Die Freigabe gilt lange.", "Wie lange die Freigabe gilt, steht dort.", "Die Freigabe gilt bis Mai.", "Die Freigabe gilt nie."} {
		id := int64(i + 1)
		later.Hits = append(later.Hits, Hit{Passage: Passage{ID: id, Text: text}, Document: Document{ID: 10 * id, Rank: i + 1}, Score: float64(10 - i)})
	}
	later.Sufficiency.Band = Answered
	later.evidence = evidence{params: DefaultPinpointParams(), words: wantedWords(question, nil)}
	later.weigh(question)
	later.Sufficiency.Sides = later.Statements(question)[:2]
	for name, got := range map[string]Result{"all": later.Only(func(Hit) bool { return true }), "some": later.Only(func(h Hit) bool { return h.Passage.ID > 2 })} {
		statements := got.Statements(question)
		if len(statements) == 0 {
			t.Errorf("%s: no statements", name)
		}
		for _, s := range slices.Concat(statements, got.Sufficiency.Sides) {
			if got.Hits[s.Hit].Passage.ID != s.Passage.ID {
				t.Errorf("%s: a statement of passage %d is of hit %d", name, s.Passage.ID, got.Hits[s.Hit].Passage.ID)
			}
		}
	}
}
