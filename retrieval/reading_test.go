package retrieval_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

func TestNeighboursAreReadOnce(t *testing.T) {
	t.Parallel()
	f := newFixture()
	f.add(t, retrieval.Document{Path: "ki.md", Title: "KI", Collection: "regeln"},
		"Einleitung ohne Belang.", "Der Grundkurs zur KI ist Pflicht.", "Er dauert drei Stunden.", "Lotsen helfen beim Grundkurs.", "Stand: Mai.")
	f.add(t, retrieval.Document{Path: "geheim.md", Title: "Geheim", Collection: "personalrat"}, "Der Grundkurs wird abgeschafft.")
	hits := search(t, f.engine(t, nil), "Grundkurs Pflicht", "regeln").Hits
	if len(hits) == 0 || hits[0].Passage.Ordinal != 1 {
		t.Fatalf("hits: %+v", hits)
	}
	all := ""
	for _, h := range hits {
		all += h.Reading() + "\n"
	}
	for _, text := range []string{"Einleitung ohne Belang.", "Der Grundkurs zur KI ist Pflicht.", "Er dauert drei Stunden.", "Lotsen helfen beim Grundkurs."} {
		if n := strings.Count(all, text); n != 1 {
			t.Errorf("%q is read %d times in:\n%s", text, n, all)
		}
	}
	if strings.Contains(all, "abgeschafft") {
		t.Error("a document was read that may not be seen")
	}
}

func TestReadingKeepsItsLimits(t *testing.T) {
	t.Parallel()
	f := newFixture()
	var texts []string
	for range 40 {
		texts = append(texts, "Der Grundkurs "+strings.Repeat("dauert lange ", 30)+string(rune('a'+len(texts)))+".")
	}
	f.add(t, retrieval.Document{Path: "ki.md", Title: "KI", Collection: "regeln"}, texts...)
	e := f.engine(t, func(c *retrieval.EngineConfig) {
		c.Params.NearDuplicate = 0
		c.Params.Reading = retrieval.ReadingParams{Hits: 5, Runes: 4000, Each: 1500, Reach: 3}
	})
	total := 0
	for _, h := range search(t, e, "Grundkurs", "regeln").Hits[:5] {
		n := len([]rune(h.Reading()))
		total += n
		if n > 1500 {
			t.Errorf("a reading of %d characters", n)
		}
	}
	if total > 4000 || total < 2500 {
		t.Errorf("together %d characters", total)
	}
}
