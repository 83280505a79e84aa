package retrieval_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

// talked is a house in which two documents say what something costs, and a talk about the
// second one.
func talked(t *testing.T) (f *fixture, spoken []int64) {
	t.Helper()
	f = newFixture()
	f.add(t, retrieval.Document{Path: "kurse.md", Title: "Kurse", Collection: "regeln", Rank: 1},
		"Ein Kurs kostet 20 Euro. Kosten trägt die Akademie.", "Anmeldung im Kalender.")
	f.add(t, retrieval.Document{Path: "dolmetschen.md", Title: "Dolmetschen", Collection: "regeln", Rank: 1},
		"Gespräche in Echtzeit vermittelt das Sprachbüro.", "Gebärden werden gestellt.", "Eine Stunde kostet 85 Euro.")
	hits := search(t, f.engine(t, nil), "Gespräche in Echtzeit Sprachbüro", "regeln").Hits
	if len(hits) == 0 || hits[0].Document.Path != "dolmetschen.md" {
		t.Fatalf("found %+v", hits)
	}
	return f, []int64{hits[0].Passage.ID}
}

func TestAQuestionThatLeansIsAnsweredWhereTheTalkIs(t *testing.T) {
	t.Parallel()
	f, spoken := talked(t)
	e := f.engine(t, nil)
	ask := func(text string, s retrieval.Spoken) retrieval.Result {
		t.Helper()
		got, err := e.Search(t.Context(), retrieval.Query{Text: text, Spoken: s}, retrieval.ReadersOf("regeln"))
		if err != nil || len(got.Hits) == 0 {
			t.Fatalf("%s: %v, %v", text, paths(got), err)
		}
		return got
	}
	if got := ask("was kostet das", retrieval.Spoken{}); got.InTalk || got.Hits[0].Document.Path != "kurse.md" {
		t.Errorf("nothing was said: %v", paths(got))
	}
	leaning := retrieval.Spoken{Passages: spoken, Leans: true, Joined: "Wer vermittelt Gespräche in Echtzeit? was kostet das"}
	got := ask("was kostet das", leaning)
	if best := got.Statements(leaning.Joined); !got.InTalk || len(best) == 0 || !strings.Contains(best[0].Text(), "85 Euro") {
		t.Errorf("in the talk: %t, %v", got.InTalk, paths(got))
	}
	if got := ask("Was kostet ein Kurs der Akademie?", retrieval.Spoken{Passages: spoken}); got.InTalk || got.Hits[0].Document.Path != "kurse.md" {
		t.Errorf("a question of its own: %v", paths(got))
	}
}

func TestWhatATalkIsAboutIsReadByNobodyWhoMayNot(t *testing.T) {
	t.Parallel()
	f, spoken := talked(t)
	f.add(t, retrieval.Document{Path: "aushang.md", Title: "Aushang", Collection: "aushang", Rank: 1}, "Der Eintritt kostet zwei Euro.")
	got, err := f.engine(t, nil).Search(t.Context(), retrieval.Query{Text: "was kostet das", Spoken: retrieval.Spoken{Passages: spoken, Leans: true}}, retrieval.ReadersOf("aushang"))
	if err != nil || got.InTalk {
		t.Fatalf("in the talk: %t, %v", got.InTalk, err)
	}
	for _, h := range got.Hits {
		if h.Document.Collection != "aushang" {
			t.Errorf("read %s", h.Document.Path)
		}
	}
}
