package answer

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// texts is parsed once for all tests.
var texts = prompts.Default()

var today = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func composer(m Model) *Composer {
	return New(Config{Texts: texts, Model: m, Timeout: 5 * time.Minute, Log: slog.New(slog.DiscardHandler)})
}

func hit(id int64, title, text string, score float64) retrieval.Hit {
	return retrieval.Hit{
		Document: retrieval.Document{ID: id, Path: "regeln/leitlinie " + title + ".md", Title: title, Owner: "Stabsstelle KI", Collection: "regeln",
			Rank: 2, Link: "https://intranet.musterland.example/{path}#{place}", ValidFrom: retrieval.Date{Year: 2024, Month: 3, Day: 1}},
		Passage: retrieval.Passage{ID: id * 10, Place: "Abschnitt 3.2", Anchor: "abschnitt-3-2", Text: text},
		Score:   score,
	}
}

func result(band retrieval.Band, hits ...retrieval.Hit) retrieval.Result {
	return retrieval.Result{Hits: hits, Sufficiency: retrieval.Sufficiency{Band: band, Probability: 0.8, Reason: "test", Nowhere: []string{"Fahrtkosten"}}}
}

func mustCompose(t *testing.T, c *Composer, question string, found retrieval.Result) Answer {
	t.Helper()
	a, err := c.Compose(t.Context(), question, found, today)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWithoutModelItQuotesTheStatementThatAnswers(t *testing.T) {
	t.Parallel()
	text := "Protokolle dürfen mit KI entworfen werden. Sie prüfen den Entwurf selbst."
	a := mustCompose(t, composer(nil), "Darf ich Protokolle mit KI schreiben?", result(retrieval.Answered, hit(1, "KI-Leitlinie", text, 1)))
	if a.Outcome != Answered || a.Prose {
		t.Errorf("outcome %q, prose %v", a.Outcome, a.Prose)
	}
	if got, want := a.Sources[0].Quote, text; got != want {
		t.Errorf("quote = %q, want %q", got, want)
	}
	want := "> **Protokolle dürfen mit KI entworfen werden.** Sie prüfen den Entwurf selbst.\n\n" +
		"**Quelle:** [KI-Leitlinie](https://intranet.musterland.example/regeln/leitlinie%20KI-Leitlinie.md#abschnitt-3-2), Abschnitt 3.2 · zuständig: Stabsstelle KI · gültig seit 01.03.2024 (vor 2 Jahren)"
	if a.Body != want {
		t.Errorf("body:\n%s\nwant:\n%s", a.Body, want)
	}
}

func TestBandsBecomeOutcomes(t *testing.T) {
	t.Parallel()
	one := hit(1, "KI-Leitlinie", "Protokolle dürfen mit KI entworfen werden.", 1)
	two := hit(2, "Häufige Fragen", "Protokolle dürfen nicht mit KI entworfen werden.", 0.9)
	for name, tc := range map[string]struct {
		found   retrieval.Result
		outcome Outcome
		says    string
		sources int
	}{
		"answered":                 {result(retrieval.Answered, one, two), Answered, "> **Protokolle dürfen mit KI entworfen werden.**", 1},
		"nearest":                  {result(retrieval.Nearest, one), Nearest, "Dazu habe ich nichts gefunden: „Fahrtkosten“.", 1},
		"not found":                {result(retrieval.NotFound, one), NotFound, "in den Dokumenten nichts gefunden", 0},
		"nothing at all":           {result(retrieval.Answered), NotFound, "in den Dokumenten nichts gefunden", 0},
		"conflicting":              {result(retrieval.Conflicting, one, two), Conflicting, "Was gilt, klären Menschen.", 2},
		"conflict of one document": {result(retrieval.Conflicting, one), Nearest, "Am nächsten kommt", 1},
	} {
		a := mustCompose(t, composer(nil), "Darf ich Protokolle mit KI schreiben?", tc.found)
		if a.Outcome != tc.outcome || len(a.Sources) != tc.sources || !strings.Contains(a.Body, tc.says) {
			t.Errorf("%s: outcome %q, %d sources, body:\n%s", name, a.Outcome, len(a.Sources), a.Body)
		}
	}
}

// The weaker document is found first and says the opposite in more sentences: both
// statements are shown, the more binding first.
func TestADifferenceIsShownWithTheMoreBindingFirst(t *testing.T) {
	t.Parallel()
	weak := hit(1, "Häufige Fragen", "Das Programm darf auf dem privaten Tablet genutzt werden. Das Tablet braucht das Programm in der neuen Fassung.", 1)
	weak.Document.Rank = 5
	binding := hit(2, "Dienstanweisung", "Für das Tablet gilt die Hausordnung. Private Geräte dürfen nicht genutzt werden.", 0.6)
	binding.Document.Rank = 1
	question := "Darf ich das Programm auf dem privaten Tablet nutzen?"
	found := result(retrieval.Conflicting, weak, binding)
	for _, text := range []string{"Private Geräte dürfen nicht genutzt werden.", "Das Programm darf auf dem privaten Tablet genutzt werden."} {
		for _, s := range found.Statements(question) {
			if s.Text() == text {
				found.Sufficiency.Sides = append(found.Sufficiency.Sides, s)
			}
		}
	}
	a := mustCompose(t, composer(nil), question, found)
	no, yes := strings.Index(a.Body, "**Private Geräte dürfen nicht"), strings.Index(a.Body, "**Das Programm darf auf dem privaten Tablet")
	if a.Outcome != Conflicting || no < 0 || yes < no || !strings.Contains(a.Body, "Das erste ist verbindlicher.") {
		t.Errorf("%s:\n%s", a.Outcome, a.Body)
	}
}

// quoteFor returns what is quoted of one passage.
func quoteFor(t *testing.T, question, passage string, headings ...string) excerpt {
	t.Helper()
	h := hit(1, "KI-Leitlinie", passage, 1)
	h.Passage.Headings = headings
	e, ok := excerptOf(question, h)
	if !ok {
		t.Fatalf("nothing of %q is quoted", passage)
	}
	wordForWord(t, passage, e.quote())
	return e
}

func TestQuotesAreShortAndComplete(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("Das Haus hat viele Räume und in jedem Raum steht ein Tisch. ", 8)
	rule := "Personenbezogene Daten dürfen Sie nicht in öffentliche KI-Werkzeuge eingeben. Ausnahme: Die Datenschutzbeauftragte hat zugestimmt."
	e := quoteFor(t, "Darf ich personenbezogene Daten in KI eingeben?", filler+rule+" "+filler)
	if !strings.Contains(e.quote(), rule) || e.bestText() != strings.SplitAfter(rule, "eingeben.")[0] {
		t.Errorf("the rule with its exception is missing: %q, best %q", e.quote(), e.bestText())
	}
	if words := len(strings.Fields(e.quote())); words > quoteWords {
		t.Errorf("quote of %d words", words)
	}
	e = quoteFor(t, "Gilt das auch für anonymisierte Daten?", "Freie Chatdienste sind nicht zugelassen. Das gilt auch für anonymisierte Daten.")
	if !strings.HasPrefix(e.quote(), "Freie Chatdienste") {
		t.Errorf("a sentence that leans on the one before is quoted alone: %q", e.quote())
	}
}

// What answers besides the best statement often stands not beside it.
func TestAQuoteHoldsWhatElseItsDocumentSaysToTheQuestion(t *testing.T) {
	t.Parallel()
	filler := "Das Haus hat viele Räume und in jedem davon steht seit langem ein Tisch aus Holz, der in keiner Sitzung fehlen soll und dort auch von allen gern gesehen ist, seit er zum ersten Mal da stand."
	e := quoteFor(t, "Darf ich Protokolle mit KI schreiben?", "Protokolle dürfen mit KI geschrieben werden. "+strings.Repeat(filler+" ", 3)+"KI schreibt Protokolle nur nach Zustimmung aller.")
	if got := e.markdown(); !strings.HasPrefix(got, "> Protokolle dürfen mit KI geschrieben werden.\n> \\[…\\] **KI schreibt Protokolle nur") {
		t.Errorf("quoted as\n%s", got)
	}

	h := hit(1, "KI-Leitlinie", "Protokolle dürfen mit KI geschrieben werden.", 1)
	next := retrieval.Passage{ID: 11, Ordinal: 1, Place: "Abschnitt 4", Text: filler + " KI schreibt Protokolle nur nach Zustimmung aller."}
	h.Around = []retrieval.Passage{h.Passage, next}
	a := mustCompose(t, composer(nil), "Darf ich Protokolle mit KI schreiben?", result(retrieval.Answered, h))
	if s := a.Sources[0]; s.Place != "Abschnitt 3.2, Abschnitt 4" || len(s.Beside) != 1 || s.Beside[0] != 11 || len(a.Sources) != 1 {
		t.Errorf("a quote out of two passages has the source %+v", s)
	}
	next.Headings = []string{"Wer schreibt?"}
	next.Text = "Nein. KI schreibt Protokolle nur nach Zustimmung aller."
	h.Around = []retrieval.Passage{h.Passage, next}
	a = mustCompose(t, composer(nil), "Darf ich Protokolle mit KI schreiben?", result(retrieval.Answered, h))
	if strings.Contains(a.Body, "Nein") {
		t.Errorf("the No of another question is quoted:\n%s", a.Body)
	}
}

func TestFurtherShowsWhatComposeDidNot(t *testing.T) {
	t.Parallel()
	question := "Darf ich Protokolle mit KI schreiben?"
	var hits []retrieval.Hit
	for i, text := range []string{"Protokolle dürfen mit KI geschrieben werden.", "KI schreibt Protokolle nur intern.", "Protokolle prüft die Leitung.",
		"Für Protokolle gilt die Frist.", "Die KI hilft bei Listen.", "Das Schreiben von Briefen ist frei."} {
		hits = append(hits, hit(int64(i+1), string(rune('A'+i)), text, 1-float64(i)/10))
	}
	found := result(retrieval.Answered, hits...)
	first := mustCompose(t, composer(nil), question, found)
	more, err := composer(nil).Further(t.Context(), question, found, today)
	if err != nil {
		t.Fatal(err)
	}
	if len(more.Sources) != furtherPassages {
		t.Errorf("%d further passages", len(more.Sources))
	}
	for _, s := range more.Sources {
		for _, f := range first.Sources {
			if s.Document == f.Document {
				t.Errorf("%s is shown again", s.Document)
			}
		}
	}
}

func TestListsKeepTheirLeadAndRowsTheirHead(t *testing.T) {
	t.Parallel()
	list := "Diese Daten sind tabu:\n" + strings.Repeat("- Allerlei aus dem Lager, das hier nur Platz braucht und Zeilen füllt\n", 6) +
		"- Gesundheitsdaten von Klient:innen\n- Lichtbilder aus Akten"
	e := quoteFor(t, "Darf ich Gesundheitsdaten eingeben?", list)
	if got := e.markdown(); !strings.HasPrefix(got, "> Diese Daten sind tabu: \\[…\\]\n") || !strings.Contains(got, "> **– Gesundheitsdaten von Klient:innen**") {
		t.Errorf("list quoted as\n%s", got)
	}
	table := "Werkzeug | Freigabe | Seit\n" + strings.Repeat("Ein Programm für die Werkstatt und ihre Maschinen | geprüft und abgelehnt | 2024\n", 6) + "Copilot | ja, für Entwürfe |"
	e = quoteFor(t, "Ist Copilot freigegeben?", table)
	if got, want := e.markdown(), "> **Werkzeug: Copilot · Freigabe: ja, für Entwürfe**"; !strings.HasSuffix(got, want) {
		t.Errorf("row quoted as\n%s\nwant at its end\n%s", got, want)
	}
}

// "Wann lohnt sich ein Roboter?" is answered by all the conditions, not by the one
// that happens to share a word with the question.
func TestAListThatAnswersIsQuotedFromItsBeginning(t *testing.T) {
	t.Parallel()
	list := "Alle Punkte sollten zutreffen:\n1. mindestens 500 Fälle im Jahr\n2. feste Regeln\n3. Daten liegen digital vor\n4. die Abteilung benennt jemanden"
	e := quoteFor(t, "Wann lohnt sich ein Roboter?", list, "Roboter", "Wann lohnt sich ein Roboter?")
	got := e.markdown()
	if !strings.HasPrefix(got, "> Alle Punkte sollten zutreffen:\n") || !strings.Contains(got, "mindestens 500 Fälle") || strings.Contains(got, "…") {
		t.Errorf("quoted as\n%s", got)
	}
}

func TestAQuotationInADocumentIsNotCut(t *testing.T) {
	t.Parallel()
	text := "Übersetzte Texte tragen den Satz: „Maschinelle Übersetzung. Verbindlich ist die deutsche Fassung.“ " + strings.Repeat("Das Haus hat viele Räume mit Tischen. ", 12)
	e := quoteFor(t, "Welcher Satz steht unter übersetzten Texten?", text)
	if !strings.Contains(e.quote(), "Verbindlich ist die deutsche Fassung.“") {
		t.Errorf("cut inside a quotation: %q", e.quote())
	}
	e = quoteFor(t, "Welcher Satz steht unter übersetzten Texten?", "Übersetzte Texte tragen den Satz „Maschinelle Übersetzung. "+strings.Repeat("Das Haus hat viele Räume mit Tischen. ", 12))
	if strings.Contains(e.quote(), "Tischen. Das Haus hat viele Räume mit Tischen. Das") {
		t.Errorf("a quotation without an end takes everything along: %q", e.quote())
	}
}

func TestYesOrNoOfADocumentStandsBehindItsQuestion(t *testing.T) {
	t.Parallel()
	answer := "Nein. Die Nutzung von KIM ist freiwillig."
	for name, e := range map[string]excerpt{
		"heading":  quoteFor(t, "Dürfen Azubis KIM nutzen?", answer, "KIM", "Darf ich anordnen, dass alle KIM nutzen?"),
		"sentence": quoteFor(t, "Dürfen Azubis KIM nutzen?", "Darf ich anordnen, dass alle KIM nutzen? "+answer),
	} {
		if e.question != "Darf ich anordnen, dass alle KIM nutzen?" {
			t.Errorf("%s: question %q", name, e.question)
		}
	}
	e := quoteFor(t, "Dürfen Azubis KIM nutzen?", "Die Anordnung, KIM zu nutzen, war Thema. Nein, die Nutzung von KIM ist freiwillig.")
	if strings.HasPrefix(e.quote(), "Nein") {
		t.Errorf("a No without its question stands first: %q", e.quote())
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("Darf ich Daten eingeben?", strings.Repeat("Ein Satz. Das gilt nicht: \n- a\n- b\nx | y\n", 30))
	f.Add("?", "Ja. | \n | Nein?\n\n\xff")
	f.Fuzz(func(t *testing.T, question, passage string) {
		e, ok := excerptOf(question, hit(1, "t", passage, 1))
		for _, p := range e.pieces {
			if ok && !strings.Contains(passage, p.before) {
				t.Errorf("%q is not in the passage", p.before)
			}
		}
		e.markdown()
	})
}

func wordForWord(t *testing.T, passage, quote string) {
	t.Helper()
	for part := range strings.SplitSeq(quote, cut) {
		for line := range strings.SplitSeq(strings.TrimSpace(part), "\n") {
			if !strings.Contains(passage, line) {
				t.Errorf("not in the passage: %q", line)
			}
		}
	}
}

func TestRenderPutsAllPartsInOrder(t *testing.T) {
	t.Parallel()
	c := composer(nil)
	a := mustCompose(t, c, "Protokolle mit KI?", result(retrieval.Nearest, hit(1, "KI-Leitlinie", "Protokolle dürfen mit KI entworfen werden.", 1)))
	got := Render(a, RenderOptions{Texts: texts, Now: today, Handover: true,
		Next: &prompts.NextSession{Format: "KI-Sprechstunde", At: time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC), Place: "Raum 2.17"}})
	from := 0
	for _, part := range []string{"Am nächsten kommt", "> **Protokolle", "[KI-Leitlinie](https://intranet", "zuständig: Stabsstelle KI · gültig seit 01.03.2024 (vor 2 Jahren)",
		"Nächster Termin: KI-Sprechstunde am Donnerstag, 26. November 2026, 14:00 Uhr, Raum 2.17.", "**Sprechstunde** bringt", "ein Programm"} {
		at := strings.Index(got[from:], part)
		if at < 0 {
			t.Fatalf("%q is missing or out of order in\n%s", part, got)
		}
		from += at
	}
	plain := Plain(a, RenderOptions{Texts: texts, Now: today})
	if strings.ContainsAny(plain, "\u200b*") || !strings.Contains(plain, "KI-Leitlinie <https://intranet.musterland.example/") {
		t.Errorf("plain:\n%s", plain)
	}
}

func TestRenderKeepsToTheLengthOfAMessage(t *testing.T) {
	t.Parallel()
	long := Answer{Outcome: Answered, Prose: true, Body: "Dazu steht:\n\n> " + strings.Repeat("Wort ", 9000) + "\n\nBeantwortet das Ihre Frage?",
		Sources: []Source{{Title: strings.Repeat("Titel ", 20), Quote: "x"}}}
	for _, limit := range []int{0, 4000, 700} {
		got := Render(long, RenderOptions{Texts: texts, Now: today, Handover: true, Limit: limit})
		want := limit
		if want == 0 {
			want = MessageRunes
		}
		if n := len([]rune(got)); n > want {
			t.Errorf("limit %d: %d characters", want, n)
		}
		if !strings.Contains(got, "gekürzt") || !strings.Contains(got, "Quellen") {
			t.Errorf("limit %d: says not that it is short, or lost its sources:\n%s", want, got)
		}
	}
}

func TestRefusalNamesTheContactAndOffersNothingElse(t *testing.T) {
	t.Parallel()
	c := composer(nil)
	contacts := Contacts{Breach: {Name: "Meldestelle", Reach: "Telefon 2055, datenpanne@musterland.example"}}
	a := c.Refuse(Breach, contacts)
	got := Render(a, RenderOptions{Texts: texts, Now: today, Handover: true, Next: &prompts.NextSession{Format: "X", At: today}})
	if a.Outcome != Refused || !strings.Contains(got, "Meldestelle (Telefon 2055, datenpanne@musterland.example)") {
		t.Errorf("%q:\n%s", a.Outcome, got)
	}
	if strings.Contains(got, "Sprechstunde") || strings.Contains(got, "Nächster Termin") {
		t.Errorf("a refused question is offered to others:\n%s", got)
	}
}

func TestOnlyTheStateThatADocumentNamesIsSaid(t *testing.T) {
	t.Parallel()
	h := hit(1, "Protokoll", "Die Runde hat den Fall besprochen.", 1)
	h.Document.ValidFrom, h.Document.ModifiedAt = retrieval.Date{}, today
	e, _ := excerptOf("Was hat die Runde besprochen?", h)
	if got := sourceText(texts, sourceOf(e), today); strings.Contains(got, "Stand") {
		t.Errorf("the time of a file is said: %s", got)
	}
	h.Document.AsOf = retrieval.Date{Year: 2026, Month: time.March, Day: 12}
	e, _ = excerptOf("Was hat die Runde besprochen?", h)
	if got := sourceText(texts, sourceOf(e), today); !strings.Contains(got, "Stand: 12.03.2026") {
		t.Errorf("its own state is not said: %s", got)
	}
}
