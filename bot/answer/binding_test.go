package answer

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

// The rule is shown first beside a weaker document that the ranking prefers, where it
// gives what was asked for; a binding document that speaks of something else is not.
func TestTheRuleIsNotLeftUnsaidBesideWhatTellsOfIt(t *testing.T) {
	t.Parallel()
	weak := hit(1, "Häufige Fragen", "Protokolle von Sitzungen darf das Team mit KI schreiben, Protokolle prüft das Team.", 1)
	weak.Document.Rank = 5
	rule := hit(2, "Dienstanweisung", "Protokolle von Sitzungen dürfen nur mit KI geschrieben werden, wenn alle zustimmen.", 0.9)
	rule.Document.Rank = 1
	aside := hit(3, "Dienstanweisung Räume", "Sitzungen finden im Saal statt.", 0.9)
	aside.Document.Rank = 1
	question := "Darf ich Protokolle von Sitzungen mit KI schreiben?"
	a := mustCompose(t, composer(nil), question, result(retrieval.Answered, weak, rule))
	if len(a.Sources) != 2 || a.Sources[0].Title != "Dienstanweisung" {
		t.Errorf("%d sources:\n%s", len(a.Sources), a.Body)
	}
	a = mustCompose(t, composer(nil), question, result(retrieval.Answered, weak, aside))
	if len(a.Sources) != 1 || a.Sources[0].Title != "Häufige Fragen" {
		t.Errorf("%d sources:\n%s", len(a.Sources), a.Body)
	}
}

// A thing to check in a list, and the head of a table, are no questions that a document
// answers.
func TestAnItemThatAsksIsNoQuestionOfTheDocument(t *testing.T) {
	t.Parallel()
	for question, text := range map[string]string{
		"Wie wird die Zahl geprüft?":      "1. Ist ein Alternativtext vorhanden?\n\nZwei Personen prüfen die Zahl unabhängig voneinander.",
		"Muss der Vermerk Zeichen haben?": "Text | Kennzeichnen?\nVermerk | nein\nFaltblatt | ja",
	} {
		e := quoteFor(t, question, text)
		if e.question != "" {
			t.Errorf("%s: %q", question, e.question)
		}
	}
}

// What comes near is said so in three words.
func TestWhatComesNearIsSaidShortly(t *testing.T) {
	t.Parallel()
	a := mustCompose(t, composer(nil), "Zahlt das Haus die Messe?", result(retrieval.Nearest, hit(1, "Reisen", "Das Haus zahlt Reisen.", 1)))
	if !strings.HasPrefix(a.Body, "Am nächsten kommt:\n\n> **") {
		t.Error(a.Body)
	}
}
