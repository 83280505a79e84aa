package retrieval_test

import (
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

// TestHighRanksAreStillQuoted: a house may number its ranks as it likes.
func TestHighRanksAreStillQuoted(t *testing.T) {
	t.Parallel()
	for _, rank := range []int{0, 1, 5, 3000, 1_000_000} {
		f := newFixture()
		f.add(t, retrieval.Document{Path: "a.md", Title: "Parken", Collection: "c", Rank: rank}, "Parkausweise gibt die Pforte aus.")
		f.add(t, retrieval.Document{Path: "b.md", Title: "Kantine", Collection: "c", Rank: rank}, "Freitags gibt es Fisch in der Kantine.")
		result := search(t, f.engine(t, nil), "Wer gibt Parkausweise aus?", "c")
		for i, h := range result.Hits {
			if h.Score < 0 || i == 0 && (h.Score <= 0 || h.Document.Path != "a.md") {
				t.Errorf("rank %d: hit %d is %s with score %g", rank, i, h.Document.Path, h.Score)
			}
		}
		if len(result.Hits) != 2 {
			t.Errorf("rank %d: %d hits", rank, len(result.Hits))
		}
	}
}

// TestStandsOnTheDayAskedAbout: what ended answers on for the day that a question
// asks about, and what is gone for no day.
func TestStandsOnTheDayAskedAbout(t *testing.T) {
	t.Parallel()
	f := newFixture()
	ended := retrieval.Date{Year: 2026, Month: 10, Day: 31}
	id := f.add(t, retrieval.Document{Path: "alt.md", Title: "Parken", Collection: "c", ValidUntil: ended}, "Parkausweise gibt die Pforte aus.")
	e := f.engine(t, nil)
	stands := func(asOf retrieval.Date, passages ...int64) bool {
		t.Helper()
		ok, err := e.Stands(t.Context(), passages, asOf, retrieval.ReadersOf("c"))
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !stands(ended, id*1000) || stands(retrieval.Date{}, id*1000) || stands(ended.AddDays(1), id*1000) {
		t.Error("the day asked about does not decide")
	}
	if !stands(retrieval.Date{}) {
		t.Error("an answer that quotes nothing does not stand")
	}
	f.house.Remove(id)
	if stands(ended, id*1000) {
		t.Error("what is gone stands")
	}
}
