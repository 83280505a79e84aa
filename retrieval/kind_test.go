package retrieval

import (
	"strings"
	"testing"
)

// Of the statements of a section the one comes first that gives what is asked for, also
// where another one has more of the question's words.
func TestTheStatementOfTheKindAskedForComesFirst(t *testing.T) {
	t.Parallel()
	for question, c := range map[string]struct{ text, want string }{
		"Was heißt überwiegend von KI?": {
			"6.1 Texte, die das Haus verlassen und überwiegend von KI stammen, sind zu kennzeichnen. Überwiegend heißt: Mehr als die Hälfte des Wortlauts wurde übernommen.", "Überwiegend heißt"},
		"Was bedeutet Sperrfrist?": {
			"Die Sperrfrist einer Meldung verlängert die Leitung. Sperrfrist ist die Zeit, in der nichts veröffentlicht wird.", "Sperrfrist ist"},
		"Wie lange gilt eine Freigabe?": {
			"Über eine Freigabe wird alle drei Wochen beraten. Der Antrag auf Freigabe muss zehn Arbeitstage vor der Sitzung da sein. Sie gilt drei Jahre und wird danach erneut geprüft.", "Sie gilt drei Jahre"},
		"Wie oft tagt der Freigabekreis?": {
			"Der Freigabekreis berät drei Stunden. Der Freigabekreis kommt alle drei Wochen zusammen.", "alle drei Wochen"},
		"Wie lange darf ein Alternativtext sein?": {
			"Ein Alternativtext hilft beim Vorlesen. Ein guter Text hat höchstens 150 Zeichen.", "150 Zeichen"},
		"Bis wann muss die Frage für die Sprechstunde da sein?": {
			"Die Frage für die Sprechstunde muss klar sein. Was bis Mittwoch 16 Uhr da ist, wird vorbereitet.", "bis Mittwoch"},
		"Wer sitzt im Freigabekreis?": {
			"Der Freigabekreis tagt dienstags. Ihm gehören an: das Büro der Datenschutzbeauftragten und die Leitung der IT.", "Ihm gehören an"},
		"Darf ich Tonaufnahmen behalten?": {
			"Tonaufnahmen entstehen in der Sitzung, die Tonaufnahmen hört das Team. Tonaufnahmen sind nach der Freigabe zu löschen.", "zu löschen"},
	} {
		if best := bestOf(question, "Haus", c.text); !strings.Contains(best, c.want) {
			t.Errorf("%s: %q", question, best)
		}
	}
}

// A statement of another section does not come first for its kind alone, and a question
// of no kind is left as it is.
func TestAnotherSectionIsNotPreferredForItsKind(t *testing.T) {
	t.Parallel()
	own := Passage{ID: 1, Headings: []string{"Freigabe"}, Text: "Die Freigabe eines Werkzeugs erteilt der Kreis für die Freigabe."}
	other := Passage{ID: 2, Ordinal: 1, Headings: []string{"Kantine"}, Text: "In der Kantine sitzt man eine Stunde."}
	found := Result{Hits: []Hit{{Document: Document{ID: 1, Title: "Haus"}, Passage: own, Around: []Passage{own, other}, Score: 1}}}
	for _, question := range []string{"Wie lange dauert die Freigabe eines Werkzeugs?", "Wie bekomme ich die Freigabe eines Werkzeugs?"} {
		if best := found.Statements(question)[0]; best.Passage.ID != own.ID {
			t.Errorf("%s: %q", question, best.Text())
		}
	}
}

// What comes near answers where the statement shown holds the question; where it lacks
// what was asked about, it does not.
func TestAStatementThatHoldsTheQuestionAnswers(t *testing.T) {
	t.Parallel()
	p := Passage{ID: 1, Headings: []string{"Lernzeit"}, Text: "Teilzeitkräfte erhalten die Lernzeit in gleichem Umfang."}
	for question, want := range map[string]Band{
		"Bekommen Teilzeitkräfte Lernzeit?":      Answered,
		"Wer bezahlt den Parkplatz der Kantine?": Nearest,
	} {
		found := Result{
			Hits:        []Hit{{Document: Document{ID: 1, Title: "Vereinbarung"}, Passage: p, Score: 1}},
			Sufficiency: Sufficiency{Band: Nearest, Probability: 0.4},
			evidence:    evidence{params: DefaultPinpointParams(), words: wantedWords(question, nil)},
		}
		if found.weigh(question); found.Sufficiency.Band != want {
			t.Errorf("%s: %s", question, found.Sufficiency.Band)
		}
	}
}
