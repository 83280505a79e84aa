package declared

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const directive = "Dienstanweisung KI"

// said writes statements shortly: "valid_from 2026-03-01".
func said(all []Statement) []string {
	var lines []string
	for _, s := range all {
		line := string(s.Kind)
		if s.Name != "" {
			line += " " + s.Name
		}
		if !s.Date.IsZero() {
			line += " " + s.Date.String()
		}
		lines = append(lines, line)
	}
	return lines
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		// Beginning.
		{"Diese Dienstanweisung tritt am 1. März 2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"(2) Diese Dienstanweisung tritt zum 01.03.2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"§ 9 Diese Dienstanweisung tritt mit Wirkung vom 1.3.2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"Die vorliegende Dienstanweisung tritt rückwirkend zum 1. Januar 2026 in Kraft.", []string{"valid_from 2026-01-01"}},
		{"Am 1. März 2026 tritt diese Dienstanweisung in Kraft.", []string{"valid_from 2026-03-01"}},
		{"Die Dienstanweisung tritt am 1. März 2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"Die Dienstanweisung KI tritt am 1. März 2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"Diese Dienstanweisung ist am 1. März 2024 in Kraft getreten.", []string{"valid_from 2024-03-01"}},
		{"Diese Dienstanweisung gilt ab dem 1. April 2026.", []string{"valid_from 2026-04-01"}},
		{"Diese Dienstanweisung gilt ab 1. April 2026 für alle Beschäftigten.", []string{"valid_from 2026-04-01"}},
		{"Diese Dienstanweisung ist gültig ab April 2026.", []string{"valid_from 2026-04-01"}},
		{"Diese Dienstanweisung regelt den Einsatz von KI. Sie tritt am 1. März 2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"Diese Dienstanweisung regelt den Einsatz von KI. Sie gilt für alle. Sie tritt am 1. März 2026 in Kraft.", []string{"valid_from 2026-03-01"}},
		{"Diese Dienstanweisung regelt KI. Die Frist läuft. Sie gilt bis zum 1. März 2026.", nil},
		// End.
		{"Diese Dienstanweisung tritt am 31. Dezember 2026 außer Kraft.", []string{"valid_until 2026-12-31"}},
		{"Diese Dienstanweisung tritt mit Ablauf des 31.12.2026 außer Kraft.", []string{"valid_until 2026-12-31"}},
		{"Mit Ablauf des 31. Dezember 2026 tritt diese Dienstanweisung außer Kraft.", []string{"valid_until 2026-12-31"}},
		{"Diese Dienstanweisung gilt bis zum 31. Dezember 2026.", []string{"valid_until 2026-12-31"}},
		{"Diese Dienstanweisung gilt bis Ende 2026.", []string{"valid_until 2026-12-31"}},
		{"Diese Dienstanweisung gilt bis Februar 2028.", []string{"valid_until 2028-02-29"}},
		{"Diese Dienstanweisung ist befristet bis zum 30.06.2027.", []string{"valid_until 2027-06-30"}},
		{"Diese Dienstanweisung tritt mit sofortiger Wirkung außer Kraft.", []string{"valid_until"}},
		{"Diese Dienstanweisung ist außer Kraft getreten.", []string{"valid_until"}},
		// Both.
		{"Diese Dienstanweisung gilt vom 1. Januar 2026 bis zum 31. Dezember 2026.", []string{"valid_from 2026-01-01", "valid_until 2026-12-31"}},
		{"Diese Dienstanweisung gilt vom 01.01. bis 31.12.2026.", []string{"valid_from 2026-01-01", "valid_until 2026-12-31"}},
		{"Diese Dienstanweisung tritt am 1. März 2026 in Kraft und am 28. Februar 2027 außer Kraft.", []string{"valid_from 2026-03-01", "valid_until 2027-02-28"}},
		{"Diese Dienstanweisung tritt am 1. März 2026 in Kraft und gilt bis zum 28. Februar 2027.", []string{"valid_from 2026-03-01", "valid_until 2027-02-28"}},
		// Replaced.
		{"Diese Dienstanweisung ersetzt die Dienstanweisung Textsysteme vom 1. März 2024.", []string{"supersedes Dienstanweisung Textsysteme 2024-03-01"}},
		{"Sie ersetzt die Dienstanweisung vom 1. März 2024.", nil}, // who?
		{"Diese Dienstanweisung ersetzt die „Regeln für Textsysteme“.", []string{"supersedes Regeln für Textsysteme"}},
		{"Diese Dienstanweisung löst das bisherige Rundschreiben 4/2023 ab.", []string{"supersedes Rundschreiben 4/2023"}},
		{"Gleichzeitig tritt die Dienstanweisung Textsysteme vom 01.03.2024 außer Kraft.", []string{"supersedes Dienstanweisung Textsysteme 2024-03-01"}},
		{"Die Dienstanweisung Textsysteme vom 01.03.2024 tritt zugleich außer Kraft.", []string{"supersedes Dienstanweisung Textsysteme 2024-03-01"}},
		{"Diese Dienstanweisung tritt am 1. März 2026 in Kraft und ersetzt die Dienstanweisung Textsysteme vom 1. März 2024.",
			[]string{"valid_from 2026-03-01", "supersedes Dienstanweisung Textsysteme 2024-03-01"}},
		{"Diese Dienstanweisung ersetzt die Dienstanweisung A und die Dienstanweisung B.", nil},
		{"Diese Dienstanweisung ersetzt alle bisherigen Regelungen.", nil},
		// Denied.
		{"Diese Dienstanweisung tritt nicht am 31. Dezember 2026 außer Kraft.", nil},
		{"Diese Dienstanweisung tritt am 31. Dezember 2026 nicht außer Kraft.", nil},
		{"Keinesfalls tritt diese Dienstanweisung am 1. März 2026 außer Kraft.", nil},
		{"Diese Dienstanweisung ersetzt nicht die Dienstanweisung Textsysteme.", nil},
		{"Diese Dienstanweisung ersetzt keine Dienstanweisung vom 1. März 2024.", nil},
		// Planned, supposed, on conditions, asked, told.
		{"Diese Dienstanweisung soll am 31. Dezember 2026 außer Kraft treten.", nil},
		{"Diese Dienstanweisung tritt voraussichtlich am 1. März 2026 in Kraft.", nil},
		{"Diese Dienstanweisung tritt am 31. Dezember 2026 außer Kraft, wenn sie nicht verlängert wird.", nil},
		{"Sofern der Personalrat zustimmt, tritt diese Dienstanweisung am 1. März 2026 in Kraft.", nil},
		{"Diese Dienstanweisung würde am 31.12.2026 außer Kraft treten.", nil},
		{"Tritt diese Dienstanweisung am 31.12.2026 außer Kraft?", nil},
		{"Laut Protokoll gilt diese Dienstanweisung bis zum 31.12.2026.", nil},
		{"Es wurde berichtet, dass diese Dienstanweisung am 31.12.2026 außer Kraft tritt.", nil},
		{"Im Entwurf stand: Diese Dienstanweisung tritt am 31.12.2026 außer Kraft.", nil},
		// Quoted.
		{"Üblich ist der Satz „Diese Dienstanweisung tritt am 31.12.2026 außer Kraft.“", nil},
		{"„Alles Neue. Diese Dienstanweisung tritt am 31.12.2026 außer Kraft. Schluss.“", nil},
		{"\"Diese Dienstanweisung gilt bis zum 31.12.2026.\"", nil},
		// Other documents, parts, law.
		{"Die Dienstvereinbarung KI tritt am 31. Dezember 2026 außer Kraft.", nil},
		{"Die Dienstanweisung Telearbeit tritt am 31. Dezember 2026 außer Kraft.", nil},
		{"Diese Richtlinie tritt am 31. Dezember 2026 außer Kraft.", nil}, // the title calls it a Dienstanweisung
		{"Diese Ausnahme gilt bis zum 31. Dezember 2026.", nil},
		{"Diese Regelung gilt bis zum 31. Dezember 2026.", nil},
		{"Anlage 2 dieser Dienstanweisung gilt bis zum 31. Dezember 2026.", nil},
		{"Der Abschnitt 3 dieser Dienstanweisung tritt am 31.12.2026 außer Kraft.", nil},
		{"Die KI-Verordnung gilt ab dem 2. August 2026.", nil},
		{"Das Gesetz trat am 1. Januar 2020 in Kraft.", nil},
		{"Sie gilt bis zum 31. Dezember 2026.", nil}, // who?
		{"Die Frist beginnt am 1. März. Sie gilt bis zum 31. Dezember 2026.", nil},
		{"Diese Dienstanweisung gilt bis zum 31. Dezember 2026 für Altfälle.", nil},
		{"Diese Dienstanweisung gilt bis auf Weiteres.", nil},
		{"Diese Dienstanweisung gilt ab dem 1. April 2026 für Auszubildende.", nil},
		{"Diese Dienstanweisung gilt ab dem 1. April 2026 im gesamten Haus.", []string{"valid_from 2026-04-01"}},
		{"Die bisherige Dienstanweisung trat am 31.12.2025 außer Kraft.", nil},
		// No days.
		{"Diese Dienstanweisung tritt am 31. Februar 2026 außer Kraft.", nil},
		{"Diese Dienstanweisung tritt am Tag nach ihrer Bekanntgabe in Kraft.", nil},
		{"Diese Dienstanweisung gilt vom 31.12.2026 bis zum 01.01.2026.", nil},
		// Contradictions.
		{"Diese Dienstanweisung gilt bis zum 31. Dezember 2026. Diese Dienstanweisung gilt bis zum 30. Juni 2026.", nil},
		{"Diese Dienstanweisung gilt bis zum 31. Dezember 2026. Diese Dienstanweisung tritt am 31.12.2026 außer Kraft.", []string{"valid_until 2026-12-31"}},
	} {
		got := said(Find(directive, []Block{{Kind: "paragraph", Text: c.text}}))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Stand: 12.03.2026":                            {"as_of 2026-03-12"},
		"(Stand: März 2026)":                           {"as_of 2026-03-01"},
		"Stand 03/2026":                                {"as_of 2026-03-01"},
		"Stand: 2026-03-12":                            {"as_of 2026-03-12"},
		"Gültig ab: 1. April 2026":                     {"valid_from 2026-04-01"},
		"Gültig bis 31.12.2026":                        {"valid_until 2026-12-31"},
		"Gültig: 01.01.2026 – 31.12.2026":              {"valid_from 2026-01-01", "valid_until 2026-12-31"},
		"Stand: 12.03.2026 | Gültig ab: 1. April 2026": {"as_of 2026-03-12", "valid_from 2026-04-01"},
		"Zentrum KI, Stand: März 2026":                 {"as_of 2026-03-01"},
		"Stand: März 2026\nGültig bis: Ende 2027":      {"as_of 2026-03-01", "valid_until 2027-12-31"},
		"Stand der Technik: 2026":                      nil,
		"Stand: 31.02.2026":                            nil,
		"Stand: heute":                                 nil,
		"Der Stand: März 2026 war gut.":                nil,
		"Gültig bis 31.12.2026 für Altfälle":           nil,
		"Gültig bis: auf Weiteres":                     nil,
		"Nicht gültig bis 31.12.2026":                  nil,
	} {
		if diff := cmp.Diff(want, said(Find("Merkblatt", []Block{{Kind: "paragraph", Text: text}}))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestOnlyRunningTextAboutTheDocumentCounts(t *testing.T) {
	t.Parallel()
	const ends = "Diese Dienstanweisung tritt am 31. Dezember 2026 außer Kraft."
	found := []string{"valid_until 2026-12-31"}
	for name, c := range map[string]struct {
		title string
		block Block
		want  []string
	}{
		"paragraph":         {directive, Block{Kind: "paragraph", Text: ends, Path: []string{"§ 9 Inkrafttreten"}}, found},
		"numbered clause":   {directive, Block{Kind: "list item", Text: ends}, found},
		"table row":         {directive, Block{Kind: "table row", Text: ends}, nil},
		"heading":           {directive, Block{Kind: "heading", Text: ends}, nil},
		"note, page's foot": {directive, Block{Kind: "note", Text: ends}, nil},
		"changes":           {directive, Block{Kind: "paragraph", Text: ends, Path: []string{"Anhang", "3. Änderungshistorie"}}, nil},
		"earlier versions":  {directive, Block{Kind: "paragraph", Text: ends, Path: []string{"Frühere Fassungen"}}, nil},
		"sample":            {directive, Block{Kind: "paragraph", Text: ends, Path: []string{"Muster einer Dienstanweisung"}}, nil},
		"no sort in title":  {"Künstliche Intelligenz im Amt", Block{Kind: "paragraph", Text: ends}, found},
		"FAQ about it":      {"FAQ zur KI", Block{Kind: "paragraph", Text: ends}, nil},
		"leaflet about it":  {"Merkblatt Protokolle", Block{Kind: "paragraph", Text: ends}, nil},
		"compound":          {"Rahmendienstvereinbarung KI", Block{Kind: "paragraph", Text: "Diese Dienstvereinbarung tritt am 31. Dezember 2026 außer Kraft."}, found},
		"this document":     {"FAQ zur KI", Block{Kind: "paragraph", Text: "Dieses Dokument gilt bis zum 31. Dezember 2026."}, found},
		"label in a list":   {directive, Block{Kind: "list item", Text: "Gültig bis: 31.12.2026"}, nil},
	} {
		if diff := cmp.Diff(c.want, said(Find(c.title, []Block{c.block}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLabelsInTheMiddleTellOfOthers(t *testing.T) {
	t.Parallel()
	blocks := make([]Block, 40)
	for i := range blocks {
		blocks[i] = Block{Kind: "paragraph", Text: "Ein Satz."}
	}
	blocks[20].Text = "Gültig bis: 31.12.2026"
	if got := Find(directive, blocks); got != nil {
		t.Errorf("%v", got)
	}
	blocks[39].Text = "Stand: März 2026"
	if got := said(Find(directive, blocks)); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestTheSentenceIsKept(t *testing.T) {
	t.Parallel()
	text := "Vorab ein Satz.  Diese Dienstanweisung\ntritt am 1. März 2026 in Kraft. Danach noch einer."
	got := Find(directive, []Block{{Kind: "paragraph", Text: text}})
	if len(got) != 1 || got[0].Sentence != "Diese Dienstanweisung tritt am 1. März 2026 in Kraft." {
		t.Errorf("%+v", got)
	}
}

// FuzzFind looks that nothing panics, that sentences are from the text, and that
// a negation in every sentence leaves nothing.
func FuzzFind(f *testing.F) {
	f.Add(directive, "Diese Dienstanweisung tritt am 1. März 2026 in Kraft und gilt bis zum 28. Februar 2027.")
	f.Add("", "„Stand: 12.03.2026“ | Gültig ab: 1. April 2026")
	f.Add("FAQ", "Gleichzeitig tritt die Dienstanweisung „X“ vom 01.03.2024 außer Kraft.")
	f.Add("Ä", "Sie gilt vom 01.01. bis 31.12.2026.\xff\n\u2028(2) § 3")
	f.Fuzz(func(t *testing.T, title, text string) {
		for _, s := range Find(title, []Block{{Kind: "paragraph", Text: text}}) {
			flat := strings.Join(strings.Fields(text), " ")
			if !strings.Contains(flat, strings.TrimSuffix(s.Sentence, "…")) && utf8.ValidString(text) {
				t.Errorf("%q is not in %q", s.Sentence, flat)
			}
			if !s.Date.IsZero() && (s.Date.Day < 1 || s.Date.Day > 31 || s.Date.Month < 1 || s.Date.Month > 12) {
				t.Errorf("%v is no day", s.Date)
			}
		}
		denied := "Nicht " + strings.NewReplacer(".", " ", "!", " ", "?", " ", "\n", " ", ";", " ", "|", " ", "•", " ", "·", " ", ",", " ").Replace(text)
		for _, s := range Find(title, []Block{{Kind: "list item", Text: denied}}) {
			if strings.HasPrefix(s.Sentence, "Nicht ") {
				t.Errorf("denied, but found: %+v", s)
			}
		}
	})
}
