package dialogue

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPiecesOfAMessage(t *testing.T) {
	t.Parallel()
	for message, want := range map[string][]string{ // what is told, in brackets
		// One question.
		"darf ich protokolle mit ki schreiben":                                       {"darf ich protokolle mit ki schreiben"},
		"gibt es am 3. august ein leancoffee":                                        {"gibt es am 3. august ein leancoffee"},
		"Ich weiß nicht, wer das darf und wie lange das dauert.":                     {"(Ich weiß nicht, wer das darf und wie lange das dauert.)"},
		"Können Sie mir sagen, wer dafür zuständig ist und wie lange das dauert?":    {"Können Sie mir sagen, wer dafür zuständig ist und wie lange das dauert?"},
		"Ist ChatGPT erlaubt oder nur KIM?":                                          {"Ist ChatGPT erlaubt oder nur KIM?"},
		"moin, kann man kim auch am wochenende nutzen oder wird das abgeschaltet":    {"moin, kann man kim auch am wochenende nutzen oder wird das abgeschaltet"},
		"Gilt die Dienstanweisung auch für Ehrenamtliche und Praktikanten?":          {"Gilt die Dienstanweisung auch für Ehrenamtliche und Praktikanten?"},
		"Was mache ich, wenn KIM etwas Falsches schreibt und ich es schon habe?":     {"Was mache ich, wenn KIM etwas Falsches schreibt und ich es schon habe?"},
		"Wie lange dauert der Grundkurs, den ich vor KIM machen soll?":               {"Wie lange dauert der Grundkurs, den ich vor KIM machen soll?"},
		"steht einer der aufnahme entgegen, können wir dann trotzdem mitschneiden?":  {"steht einer der aufnahme entgegen, können wir dann trotzdem mitschneiden?"},
		"Wir sind 12 Leute und wollen eine Schulung nur für uns, geht das?":          {"Wir sind 12 Leute und wollen eine Schulung nur für uns, geht das?"},
		"mensch, wo steht denn jetzt, wie viele seiten ein steckbrief hat":           {"mensch, wo steht denn jetzt, wie viele seiten ein steckbrief hat"},
		"darf ich kim fragen wie ich einen bescheid formuliere und was da rein muss": {"darf ich kim fragen wie ich einen bescheid formuliere und was da rein muss"},
		"Gibt es am 1. und 2. Mai eine Sprechstunde?":                                {"Gibt es am 1. und 2. Mai eine Sprechstunde?"},
		"Wird per KI geguckt, wie fleißig ich bin?":                                  {"Wird per KI geguckt, wie fleißig ich bin?"},

		// Several, within a sentence.
		"Wann ist LeanCoffee im Januar und muss ich mich anmelden?":               {"Wann ist LeanCoffee im Januar", "und muss ich mich anmelden?"},
		"wie lange dauert der Auffrischungskurs, und wie lange dauert der K2?":    {"wie lange dauert der Auffrischungskurs", "und wie lange dauert der K2?"},
		"gibt es kurse für azubis, sind die verpflichtend, zählt das als arbeit":  {"gibt es kurse für azubis", "sind die verpflichtend", "zählt das als arbeit"},
		"Ist Copilot erlaubt und wenn nicht, wie kann man das beantragen??":       {"Ist Copilot erlaubt", "und wenn nicht, wie kann man das beantragen??"},
		"wieviel euro darf ein direktauftrag haben & wie lang dauert das":         {"wieviel euro darf ein direktauftrag haben", "wie lang dauert das"},
		"passwort in kim nein, klar. aber aktenzeichen? und postleitzahl?":        {"passwort in kim nein, klar. aber aktenzeichen?", "und postleitzahl?"},
		"Wer darf da rein, welche Daten dürfen rein und wie lange werden sie es?": {"Wer darf da rein", "welche Daten dürfen rein", "und wie lange werden sie es?"},

		// With a story, courtesy, an enumeration.
		"Hallo, kurze Frage: Wie lange bleiben Chats und wer kann die lesen?":             {"(Hallo, kurze Frage)", "Wie lange bleiben Chats", "und wer kann die lesen?"},
		"Moin, zwei Fragen. Wie viele Plätze hat K5. Zahlt man was":                       {"(Moin, zwei Fragen.)", "Wie viele Plätze hat K5.", "Zahlt man was"},
		"1. wie groß darf eine datei sein\n2. wie lang bleiben chats\n3. sieht mein chef": {"wie groß darf eine datei sein", "wie lang bleiben chats", "sieht mein chef"},
		"1) Dauer vom Grundkurs 2) wo melde ich mich an":                                  {"Dauer vom Grundkurs", "wo melde ich mich an"},
		"Frage A: Was bedeutet DSFA? Frage B: Wer unterschreibt die am Ende?":             {"Was bedeutet DSFA?", "Wer unterschreibt die am Ende?"},
		"erstens darf ich deepl zweitens was kostet der übersetzungsdienst":               {"darf ich deepl", "was kostet der übersetzungsdienst"},
		"KIM nutze ich.\n\n- darf ich fotos hochladen\n- wie groß dürfen die sein":        {"(KIM nutze ich.)", "darf ich fotos hochladen", "wie groß dürfen die sein"},

		// What is no text is left out and moves no border.
		"\xffwer darf das und was kostet es": {"wer darf das", "und was kostet es"},
		"":                                   nil,
	} {
		var got []string
		for _, p := range Pieces(message) {
			if !p.Asks {
				p.Text = "(" + p.Text + ")"
			}
			got = append(got, p.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", message, diff)
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("1. wer darf das 2. und wo, und wie?")
	f.Add("a) b) \xff? ad 1: – frage b:")
	f.Fuzz(func(t *testing.T, message string) {
		for _, p := range Pieces(message) {
			if strings.TrimSpace(p.Text) == "" || !strings.Contains(strings.ToValidUTF8(message, ""), p.Text) && !strings.Contains(message, p.Text) {
				t.Errorf("a piece %q of %q", p.Text, message)
			}
		}
	})
}
