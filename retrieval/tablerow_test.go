package retrieval

import (
	"strings"
	"testing"
)

// Of the rows of a table the one about what was asked comes first, also where only
// another one shows the unit asked for.
func TestTheRowAskedForComesFirst(t *testing.T) {
	t.Parallel()
	table := "Unterlage | Aufbewahrung\nAkte der Eingliederungshilfe | 10 Jahre nach Ende der Hilfe\nAkte der Jugendhilfe | bis zum 30. Geburtstag der betreuten Person\nGutachten | wie die Akte, zu der es gehört"
	for question, row := range map[string]string{
		"wie lange muss ne jugendhilfe akte aufgehoben werden":      "Akte der Jugendhilfe",
		"Wie lange wird eine Akte der Eingliederungshilfe verwahrt": "Akte der Eingliederungshilfe",
		"wie lange muss man gutachten aufheben":                     "Gutachten",
	} {
		if best := bestOf(question, "Sozialdaten", table, "Aufbewahrung"); !strings.HasPrefix(best, row) {
			t.Errorf("%s: %q", question, best)
		}
	}
}

// Who asks for a form, a number or a wording gets the statement that has one.
func TestTheKindOfThingAskedForDecides(t *testing.T) {
	t.Parallel()
	text := "Der Antrag auf Freigabe geht an die Leitung der Abteilung.\n\nAnträge auf Freigabe: Formular F-210.\n\n" +
		"Bei Störungen hilft die Leitung der Freigabe.\n\nBei Störungen: Telefon 1234.\n\nDer Hinweis steht am Ende.\n\nUnter den Texten steht als Hinweis: „Dieser Text wurde mit KI erstellt.“"
	for question, want := range map[string]string{
		"Welches Formular ist für den Antrag auf Freigabe?": "Formular F-210",
		"wen ruf ich bei störungen an":                      "Telefon 1234",
		"Wie lautet der Hinweis?":                           "„Dieser Text",
	} {
		if best := bestOf(question, "Freigabe", text); !strings.Contains(best, want) {
			t.Errorf("%s: %q", question, best)
		}
	}
}

// What stands above a row or an item belongs to it: "Bis wann ist der Assistent
// freigegeben?" is answered below "freigegeben bis".
func TestRowsAndItemsAreReadBelowWhatLeadsThem(t *testing.T) {
	t.Parallel()
	for question, c := range map[string]struct{ text, want string }{
		"Bis wann ist der Assistent freigegeben?": {
			"Was hier nicht steht, ist nicht freigegeben.\n\nWerkzeug | freigegeben bis\nAssistent | 31.12.2028\nVorlesehilfe | 31.3.2027", "Assistent | 31.12.2028"},
		"Welche Verträge sind nicht geeignet?": {
			"Geeignet sind Briefe.\n\nNicht geeignet sind:\n- Verträge aller Art\n- Bescheide\n\nAlles andere ist geeignet.", "- Verträge aller Art"},
	} {
		if best := bestOf(question, "Liste", c.text); best != c.want {
			t.Errorf("%s: %q", question, best)
		}
	}
}

// bestOf is the statement of the one passage found that answers a question best.
func bestOf(question, title, text string, headings ...string) string {
	found := Result{Hits: []Hit{{Document: Document{ID: 1, Title: title}, Passage: Passage{ID: 1, Headings: headings, Text: text}, Score: 1}}}
	return found.Statements(question)[0].Text()
}
