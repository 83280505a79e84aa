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
	return retrieval.Result{Hits: hits, Sufficiency: retrieval.Sufficiency{Band: band, Probability: 0.8, Reason: "test", Missing: []string{"Fahrtkosten"}}}
}

func mustCompose(t *testing.T, c *Composer, question string, found retrieval.Result) Answer {
	t.Helper()
	a, err := c.Compose(t.Context(), question, found, today)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWithoutModelItQuotesAndAsks(t *testing.T) {
	t.Parallel()
	text := "Protokolle dürfen mit KI entworfen werden. Sie prüfen den Entwurf selbst."
	a := mustCompose(t, composer(nil), "Darf ich Protokolle mit KI schreiben?", result(retrieval.Answered, hit(1, "KI-Leitlinie", text, 1)))
	if a.Outcome != Answered || a.Prose {
		t.Errorf("outcome %q, prose %v", a.Outcome, a.Prose)
	}
	if got, want := a.Sources[0].Quote, text; got != want {
		t.Errorf("quote = %q, want %q", got, want)
	}
	want := "Dazu steht in „KI-Leitlinie“ (Abschnitt 3.2) [1]:\n\n> Protokolle dürfen mit KI entworfen werden. Sie prüfen den Entwurf selbst.\n\nBeantwortet das Ihre Frage?"
	if a.Body != want {
		t.Errorf("body:\n%s\nwant:\n%s", a.Body, want)
	}
	if got, want := a.Sources[0].URI, "https://intranet.musterland.example/regeln/leitlinie%20KI-Leitlinie.md#abschnitt-3-2"; got != want {
		t.Errorf("uri = %q, want %q", got, want)
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
		"answered":                 {result(retrieval.Answered, one, two), Answered, "Beantwortet das Ihre Frage?", 2},
		"nearest":                  {result(retrieval.Nearest, one), Nearest, "Dazu habe ich nichts gefunden: „Fahrtkosten“.", 1},
		"not found":                {result(retrieval.NotFound, one), NotFound, "in den Dokumenten nichts gefunden", 0},
		"nothing at all":           {result(retrieval.Answered), NotFound, "in den Dokumenten nichts gefunden", 0},
		"conflicting":              {result(retrieval.Conflicting, one, two), Conflicting, "zuständig: Stabsstelle KI, gültig seit 01.03.2024 (vor 2 Jahren), Rang 2", 2},
		"conflict of one document": {result(retrieval.Conflicting, one), Nearest, "Am nächsten kommt", 1},
	} {
		a := mustCompose(t, composer(nil), "Darf ich Protokolle mit KI schreiben?", tc.found)
		if a.Outcome != tc.outcome || len(a.Sources) != tc.sources || !strings.Contains(a.Body, tc.says) {
			t.Errorf("%s: outcome %q, %d sources, body:\n%s", name, a.Outcome, len(a.Sources), a.Body)
		}
	}
}

func TestLongPassagesAreTrimmedToWhatMattersWordForWord(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("Das Haus hat viele Räume und in jedem Raum steht ein Tisch. ", 8)
	rule := "Personenbezogene Daten dürfen Sie nicht in öffentliche KI-Werkzeuge eingeben. Ausnahme: Die Datenschutzbeauftragte hat zugestimmt."
	passage := filler + rule + " " + filler
	quote := trim("Darf ich personenbezogene Daten in KI eingeben?", passage)
	if !strings.Contains(quote, rule) {
		t.Errorf("the rule with its exception is missing: %q", quote)
	}
	if !strings.HasPrefix(quote, "[…] ") || !strings.HasSuffix(quote, " […]") {
		t.Errorf("cuts are not marked: %q", quote)
	}
	if len([]rune(quote)) > mostRunes+20 {
		t.Errorf("quote of %d characters", len([]rune(quote)))
	}
	wordForWord(t, passage, quote)
}

func TestListsKeepTheirLeadAndTablesTheirHead(t *testing.T) {
	t.Parallel()
	list := "Diese Daten sind tabu:\n" + strings.Repeat("- Allerlei aus dem Lager, das hier nur Platz braucht und Zeilen füllt\n", 6) +
		"- Gesundheitsdaten von Klient:innen\n- Lichtbilder aus Akten"
	quote := trim("Darf ich Gesundheitsdaten eingeben?", list)
	if !strings.HasPrefix(quote, "Diese Daten sind tabu:") || !strings.Contains(quote, "Gesundheitsdaten") {
		t.Errorf("list quoted as %q", quote)
	}
	wordForWord(t, list, quote)
	table := "| Werkzeug | Freigabe |\n| --- | --- |\n" + strings.Repeat("| Ein Programm für die Werkstatt und ihre Maschinen | geprüft und abgelehnt |\n", 6) + "| Copilot | ja, für Entwürfe |\n"
	quote = trim("Ist Copilot freigegeben?", table)
	if !strings.HasPrefix(quote, "| Werkzeug | Freigabe |") || !strings.Contains(quote, "| Copilot | ja, für Entwürfe |") {
		t.Errorf("table quoted as %q", quote)
	}
	wordForWord(t, table, quote)
}

func TestTablesAsExtractedAreCutAtTheirRows(t *testing.T) {
	t.Parallel()
	table := "Abkürzung | Bedeutung\n" + strings.Repeat("XY | Ein Wort, das hier nur Platz braucht und eine Zeile der Tabelle füllt\n", 8) + "VS-NfD | Verschlusssache – Nur für den Dienstgebrauch"
	quote := trim("VS-NfD was heißt das", table)
	if !strings.HasPrefix(quote, "Abkürzung | Bedeutung") || !strings.HasSuffix(quote, "VS-NfD | Verschlusssache – Nur für den Dienstgebrauch") {
		t.Errorf("table quoted as %q", quote)
	}
	wordForWord(t, table, quote)
	if got, want := SafeBlock("VS-NfD | Verschlusssache\n- Punkt"), "> VS-NfD · Verschlusssache\n> – Punkt"; got != want {
		t.Errorf("shown as %q, want %q", got, want)
	}
}

func FuzzTrim(f *testing.F) {
	f.Add("Darf ich Daten eingeben?", strings.Repeat("Ein Satz. Das gilt nicht: \n- a\n- b\nx | y\n", 30))
	f.Fuzz(func(t *testing.T, question, passage string) {
		quote := trim(question, passage)
		if len([]rune(quote)) > 2*mostRunes {
			t.Errorf("quote of %d characters", len([]rune(quote)))
		}
		SafeBlock(quote)
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
	for _, part := range []string{"Am nächsten kommt", "> Protokolle", "**Quellen**\n1. [KI-Leitlinie](https://intranet", "zuständig: Stabsstelle KI · gültig seit 01.03.2024 (vor 2 Jahren)",
		"Nächster Termin: KI-Sprechstunde am Donnerstag, 26. November 2026, 14:00 Uhr, Raum 2.17.", "mit dem Wort **Sprechstunde**", "Programm"} {
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
	long := Answer{Outcome: Answered, Body: "Dazu steht:\n\n> " + strings.Repeat("Wort ", 9000) + "\n\nBeantwortet das Ihre Frage?",
		Sources: []Source{{Title: strings.Repeat("Titel ", 40), Quote: "x"}}}
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

func TestTheStateThatADocumentNamesGoesFirst(t *testing.T) {
	t.Parallel()
	changed := time.Date(2026, time.June, 1, 8, 0, 0, 0, time.UTC)
	d := retrieval.Document{ModifiedAt: changed}
	if got := lastState(d); !got.Equal(changed) {
		t.Errorf("without one: %s", got)
	}
	d.AsOf = retrieval.Date{Year: 2026, Month: time.March, Day: 12}
	if got := lastState(d).Format(time.DateOnly); got != "2026-03-12" {
		t.Errorf("%s", got)
	}
}
