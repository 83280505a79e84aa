package answer

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

// A model is shown what bears on the question with what it is not understood without,
// and no more words than are set.
func TestTheModelIsShownWhatBearsOnTheQuestion(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("Die Kantine öffnet werktags und bietet wechselnde Gerichte an. ", 20)
	rules := hit(1, "KI-Leitlinie", filler+"\n\nNicht eingegeben werden:\n- Gesundheitsdaten von Beschäftigten\n- Daten von Kindern\n\n"+filler+
		"Protokolle dürfen mit KI entworfen werden. Das gilt nicht für Personalgespräche. "+filler, 1)
	other := hit(2, "Kantine", strings.Repeat("Montags gibt es Suppe aus der Region. ", 80), 0.2)
	for question, want := range map[string]string{
		"Dürfen Daten von Kindern eingegeben werden?": "Nicht eingegeben werden:\n- Gesundheitsdaten von Beschäftigten\n- Daten von Kindern",
		"Darf ich Protokolle mit KI entwerfen?":       "Protokolle dürfen mit KI entworfen werden. Das gilt nicht für Personalgespräche.",
	} {
		m := extracts(question, result(retrieval.Answered, rules, other), []retrieval.Hit{rules, other}, 40)
		all := strings.Join(m.texts, "\n")
		if !strings.Contains(all, want) {
			t.Errorf("%s: not shown with what it needs: %s", question, all)
		}
		if words := len(strings.Fields(all)); words > 100 {
			t.Errorf("%s: %d words are shown", question, words)
		}
		if len(m.hits) != len(m.texts) {
			t.Errorf("%s: %d passages with %d texts", question, len(m.hits), len(m.texts))
		}
	}
}

// Where all of it is few words, nothing is left out.
func TestTheModelIsShownAllOfFewWords(t *testing.T) {
	t.Parallel()
	h := hit(1, "Werkzeuge", "Werkzeug | Freigabe\nDolmetscher | ja\nTextwerk | nein\n\nStand: Mai. Fragen an die Stabsstelle.", 1)
	m := extracts("Ist Textwerk freigegeben?", result(retrieval.Answered, h), []retrieval.Hit{h}, passageWords)
	if len(m.texts) != 1 || m.texts[0] != h.Passage.Text {
		t.Errorf("shown: %q", m.texts)
	}
}

// Of a table a row comes with its head.
func TestARowIsShownBelowItsHead(t *testing.T) {
	t.Parallel()
	table := "Werkzeug | Freigabe\n" + strings.Repeat("Planer | ja\nRechner | ja\nZeichner | ja\n", 10) + "Textwerk | nein"
	h := hit(1, "Werkzeuge", table, 1)
	m := extracts("Ist Textwerk freigegeben?", result(retrieval.Answered, h), []retrieval.Hit{h}, 5)
	if len(m.texts) != 1 || !strings.HasPrefix(m.texts[0], "Werkzeug | Freigabe "+cut) || !strings.HasSuffix(m.texts[0], "Textwerk | nein") {
		t.Errorf("shown: %q", m.texts)
	}
}
