package retrieval_test

import (
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// day is a Monday in November 2026 for the questions below.
var askedOn = retrieval.Date{Year: 2026, Month: time.November, Day: 23}

func TestAsOf(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ question, day, rest string }{
		{"Was galt am 1.3.2024 für Dienstreisen?", "2024-03-01", "Was gilt für Dienstreisen?"},
		{"welche Regel galt 2023 für Homeoffice", "2023-12-31", "welche Regel gilt für Homeoffice"},
		{"Wie war das im März 2024?", "2024-03-31", "Wie ist das ?"},
		{"Was galt im Jahr 2023 für private Handys?", "2023-12-31", "Was gilt für private Handys?"},
		{"2023 galt für Homeoffice was?", "2023-12-31", "gilt für Homeoffice was?"},
		{"Was galt Anfang 2024 für Überstunden?", "2024-01-01", "Was gilt für Überstunden?"},
		{"Was galt Ende 2023 für Überstunden?", "2023-12-31", "Was gilt für Überstunden?"},
		{"Was galt Mitte 2024?", "2024-07-01", "Was gilt ?"},
		{"Was galt vor dem 1.3.2024 für Dienstreisen?", "2024-02-29", "Was gilt für Dienstreisen?"},
		{"Welche Frist galt bis zum 1. März 2024?", "2024-02-29", "Welche Frist gilt ?"},
		{"Welche Frist galt bis Ende 2023?", "2023-12-31", "Welche Frist gilt ?"},
		{"Welche Regeln galten vor 2024 für KI?", "2023-12-31", "Welche Regeln gelten für KI?"},
		{"Welche Regeln galten am 01.03.24 für KI?", "2024-03-01", "Welche Regeln gelten für KI?"},
		{"Was galt am 2024-03-01?", "2024-03-01", "Was gilt ?"},
		{"was hat im maerz 2024 gegolten", "2024-03-31", "was hat gilt"},
		{"Durfte ich 2023 ChatGPT nutzen?", "2023-12-31", "darf ich ChatGPT nutzen?"},
		{"Durfte man im Februar 2024 Protokolle mit KI schreiben?", "2024-02-29", "darf man Protokolle mit KI schreiben?"},
		{"Mussten wir 2025 jede Nutzung melden?", "2025-12-31", "müssen wir jede Nutzung melden?"},
		{"Waren private Geräte im Jahr 2022 erlaubt?", "2022-12-31", "sind private Geräte erlaubt?"},
		{"War ChatGPT im Mai 2023 noch verboten?", "2023-05-31", "ist ChatGPT noch verboten?"},
		{"Wie viele Tage Homeoffice waren 2022 zulässig?", "2022-12-31", "Wie viele Tage Homeoffice sind zulässig?"},
		{"Was stand in der DA KI in der Fassung vom 3.12.2024?", "2024-12-03", "Was stand in der DA KI ?"},
		{"Wie viele Tage Homeoffice, Stand 2023?", "2023-12-31", "Wie viele Tage Homeoffice, ?"},
		{"Wie viele Tage Homeoffice nach dem Stand vom 1.6.2023?", "2023-06-01", "Wie viele Tage Homeoffice ?"},
		{"Was galt letztes Jahr für Fortbildungen?", "2025-12-31", "Was gilt für Fortbildungen?"},
		{"Was galt im letzten Jahr für Fortbildungen?", "2025-12-31", "Was gilt für Fortbildungen?"},
		{"Was galt gestern?", "2026-11-22", "Was gilt ?"},
		{"Was gilt für Reisekosten? Und was galt 2023?", "2023-12-31", "Was gilt für Reisekosten? Und was gilt ?"},
		{"Was galt am 1.3.2024 nach der DA vom 3.12.2020?", "2024-03-01", "Was gilt nach der DA vom 3.12.2020?"},
		{"Wie war die Regelung zum 1.1.2025?", "2025-01-01", "Wie ist die Regelung ?"},
		{"Was galt Anfang 2026?", "2026-01-01", "Was gilt ?"},

		// Today: the date names a thing, or lies ahead, or the present is asked about.
		{"Gilt die DA vom 3.12.2024 noch?", "", ""},
		{"Seit wann gilt die Dienstanweisung?", "", ""},
		{"Seit wann gilt das, seit 2023?", "", ""},
		{"Was gilt seit dem 1.3.2024 für Dienstreisen?", "", ""},
		{"Was gilt ab 1.1.2025?", "", ""},
		{"Was gilt ab dem 1.1.2027?", "", ""},
		{"Was galt am 1.1.2027?", "", ""},
		{"Was galt 2026 für Homeoffice?", "", ""},
		{"Wann war das Sommerfest 2023 erlaubt?", "", ""},
		{"Ist die Fassung vom 1.3.2024 noch gültig?", "", ""},
		{"Ist der Stand vom 1.3.2024 aktuell?", "", ""},
		{"Was steht in der DA vom 3.12.2024 über Fotos?", "", ""},
		{"Was galt nach der DA vom 3.12.2024 für Fotos?", "", ""},
		{"Welche Fristen galten für den Haushalt 2023?", "", ""},
		{"Welche Fristen galten für den Haushalt des Jahres 2023?", "", ""},
		{"Wie hoch war der Haushalt 2023?", "", ""},
		{"Wer war 1953 Bundeskanzler?", "", ""},
		{"Wie viele Menschen lebten 1990 in Köln?", "", ""},
		{"Was passierte am 1.3.2024?", "", ""},
		{"Wann ist der Termin im März 2027?", "", ""},
		{"Wie war das mit dem Formular 2023?", "", ""},
		{"Gibt es die Schulung im März 2025 wieder?", "", ""},
		{"Muss ich die Rechnung vom März 2024 noch einreichen?", "", ""},
		{"Darf ich Urlaub aus 2025 mitnehmen?", "", ""},
		{"Verfällt mein Urlaub von 2025 am 31.3.2026?", "", ""},
		{"Was galt vor der Änderung zum 1.3.2024?", "", ""},
		{"Was hat sich am 1.3.2024 geändert, was galt vorher?", "2024-03-01", "Was hat sich geändert, was gilt vorher?"},
		{"Was galt 2022 und 2023?", "", ""},
		{"Was galt im Jahr 2022 und im Jahr 2023?", "", ""},
		{"Was galt 2023 und was gilt heute?", "", ""},
		{"Was galt am 31.2.2024?", "", ""},
		{"Was galt am 30.13.2024?", "", ""},
		{"Was galt 2023 für den Haushalt 2024?", "", ""},
		{"Was galt im Sommer 2024?", "", ""},
		{"Was galt für 2000 Euro?", "", ""},
		{"Was galt in Raum 2023?", "", ""},
		{"Was galt bisher?", "", ""},
		{"Erinnert mich die Frist vom 1.3.2024 an etwas?", "", ""},
		{"", "", ""},
	} {
		day, rest, ok := retrieval.AsOf(tc.question, askedOn)
		if day.String() != tc.day || ok != (tc.day != "") || ok && rest != tc.rest {
			t.Errorf("%q: got %q, %q, want %q, %q", tc.question, day, rest, tc.day, tc.rest)
		}
	}
}

func FuzzAsOf(f *testing.F) {
	f.Add("Was galt am 1.3.2024 für Dienstreisen? Stand: März 2023")
	f.Add("galt 9999-99-99 am 99.99.9999 im maerz 0000")
	f.Fuzz(func(t *testing.T, question string) {
		day, _, ok := retrieval.AsOf(question, askedOn)
		if ok && (day.Compare(askedOn) >= 0 || day.IsZero()) {
			t.Errorf("%q asks about %s", question, day)
		}
	})
}

func TestAskedByDate(t *testing.T) {
	t.Parallel()
	f := newFixture()
	date := func(y int, m time.Month, d int) retrieval.Date { return retrieval.Date{Year: y, Month: m, Day: d} }
	text := "Für Dienstreisen gilt eine Pauschale von "
	f.add(t, retrieval.Document{Path: "neu.md", Title: "Reisekosten 2025", Collection: "c", ValidFrom: date(2025, 1, 1)}, text+"30 Euro je Tag.")
	f.add(t, retrieval.Document{Path: "alt.md", Title: "Reisekosten", Collection: "c", ValidFrom: date(2020, 1, 1), SupersededBy: "neu.md", SupersededFrom: date(2025, 1, 1)}, text+"20 Euro je Tag.")
	f.add(t, retrieval.Document{Path: "vorbei.md", Title: "Sonderregel Dienstreisen", Collection: "c", ValidUntil: date(2024, 6, 30)}, text+"25 Euro in Bonn.")
	f.add(t, retrieval.Document{Path: "irgendwann.md", Title: "Reisekosten alt", Collection: "c", SupersededBy: "neu.md"}, text+"10 Euro je Tag.")
	e := f.engine(t, nil)
	for question, want := range map[string][]string{
		"Welche Pauschale gilt für Dienstreisen?":                {"neu.md"},
		"Welche Pauschale galt am 1.3.2024 für Dienstreisen?":    {"alt.md", "vorbei.md"},
		"Welche Pauschale galt Ende 2024 für Dienstreisen?":      {"alt.md"},
		"Welche Pauschale galt am 1.1.2025 für Dienstreisen?":    {"neu.md"},
		"Welche Pauschale gilt nach der Regel vom 1.1.2020 noch": {"neu.md"},
	} {
		got := paths(search(t, e, question, "c"))
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", question, got, want)
		}
	}
	result := search(t, e, "Welche Pauschale galt am 1.3.2024 für Dienstreisen?", "c")
	if result.AsOf != date(2024, 3, 1) || result.Sufficiency.Band != retrieval.Answered {
		t.Errorf("as of %s, %+v", result.AsOf, result.Sufficiency)
	}
	for _, h := range result.Hits {
		ended, next := date(2024, 12, 31), "neu.md"
		if h.Document.Path == "vorbei.md" {
			ended, next = date(2024, 6, 30), ""
		}
		if h.Ended != ended || h.Replacement.Path != next {
			t.Errorf("%s ended %s, now %q", h.Document.Path, h.Ended, h.Replacement.Path)
		}
	}
	for _, h := range search(t, e, "Welche Pauschale gilt für Dienstreisen?", "c").Hits {
		if !h.Ended.IsZero() {
			t.Errorf("%s is marked without being asked by date", h.Document.Path)
		}
	}
}
