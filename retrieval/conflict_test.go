package retrieval_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

// said is what two documents say to one matter: valid both, of any rank.
type said struct{ heading, text string }

func TestDocumentsThatDifferAreNamed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		question      string
		binding, weak said
		differ        bool
	}{
		"value": {"Wie lange dauert die Freigabe eines neuen Werkzeugs?",
			said{"Freigabe", "Die Freigabe eines neuen Werkzeugs dauert höchstens 14 Tage. Sie wird schriftlich erteilt."},
			said{"Freigabe", "Die Freigabe eines neuen Werkzeugs dauert höchstens 21 Tage. Zuständig ist die IT."}, true},
		"value in other words": {"Wann werden Tonaufnahmen der Sitzung gelöscht?",
			said{"Protokolle", "Die Tonaufnahme einer Sitzung ist spätestens nach 14 Tagen gelöscht."},
			said{"Häufige Fragen", "Die Tonaufnahme der Sitzung steht 30 Tage zur Verfügung und wird dann gelöscht."}, true},
		"same value": {"Wann werden Tonaufnahmen der Sitzung gelöscht?",
			said{"Protokolle", "Die Tonaufnahme einer Sitzung ist spätestens nach vierzehn Tagen, also 14 Tagen, gelöscht."},
			said{"Häufige Fragen", "Die Tonaufnahme der Sitzung steht 14 Tage zur Verfügung und wird dann gelöscht."}, false},
		"value of something else": {"Wann werden Tonaufnahmen der Sitzung gelöscht?",
			said{"Protokolle", "Die Tonaufnahme einer Sitzung ist spätestens nach 14 Tagen gelöscht."},
			said{"Häufige Fragen", "Das Protokoll liegt nach 30 Tagen im Archiv."}, false},
		"value of a case supposed": {"Wann werden Tonaufnahmen der Sitzung gelöscht?",
			said{"Protokolle", "Die Tonaufnahme einer Sitzung ist spätestens nach 14 Tagen gelöscht."},
			said{"Häufige Fragen", "Wenn die Tonaufnahme einer Sitzung nach 30 Tagen nicht gelöscht ist, hilft die IT."}, false},
		"permission": {"Darf ich das Programm auf dem privaten Tablet nutzen?",
			said{"Private Geräte", "Private Computer und das private Tablet dürfen für Programme des Hauses nicht genutzt werden."},
			said{"Fragen", "Kann ich das Programm auf dem privaten Tablet nutzen? Ja, im Browser melden Sie sich auf dem privaten Gerät mit dem Konto an."}, true},
		"permission under a condition": {"Darf ich das Programm auf dem privaten Tablet nutzen?",
			said{"Private Geräte", "Das private Tablet darf für Programme des Hauses nur genutzt werden, wenn die Leitung zustimmt."},
			said{"Fragen", "Kann ich das Programm auf dem privaten Tablet nutzen? Ja, im Browser melden Sie sich auf dem privaten Gerät mit dem Konto an."}, false},
		"date": {"Wann beginnt der neue Tarif für Parkplätze?",
			said{"Parken", "Der neue Tarif für Parkplätze beginnt am 1. März 2026."},
			said{"Neues aus dem Haus", "Der neue Tarif für Parkplätze beginnt am 1. Mai 2026."}, true},
	} {
		for _, ranks := range [][2]int{{1, 5}, {2, 2}} {
			t.Run(fmt.Sprint(name, ranks), func(t *testing.T) {
				t.Parallel()
				f := newFixture()
				for i, text := range elsewhere {
					f.add(t, document(fmt.Sprint(i, ".md"), said{heading: "Haus"}, 3), text)
				}
				f.add(t, document("schwach.md", tc.weak, ranks[1]), tc.weak.text)
				f.add(t, document("bindend.md", tc.binding, ranks[0]), tc.binding.text)
				result := search(t, f.engine(t, nil), tc.question, "c")
				s := result.Sufficiency
				if differ := s.Band == retrieval.Conflicting; differ != tc.differ {
					t.Fatalf("%s, %+v", s.Band, s)
				}
				if !tc.differ {
					return
				}
				first := result.Hits[s.Sides[0].Hit].Document.Path
				if len(s.Sides) != 2 || ranks[0] < ranks[1] && first != "bindend.md" {
					t.Errorf("%d sides, first of %s", len(s.Sides), first)
				}
				for _, side := range s.Sides {
					if !strings.Contains(tc.binding.text+tc.weak.text, side.Text()) {
						t.Errorf("side %q", side.Text())
					}
				}
			})
		}
	}
}

// elsewhere is what other documents say to other matters.
var elsewhere = []string{
	"Die Kantine öffnet um elf Uhr. Das Essen wird bar bezahlt.", "Der Aufzug wird im Mai gewartet. Die Treppe bleibt frei.",
	"Neue Stühle bestellt der Einkauf. Sie kommen im Herbst.", "Der Garten hinter dem Haus ist ein Programm für Bienen.",
	"Die Sitzung der Jury findet im Saal statt.", "Werkzeuge für den Hof leiht die Werkstatt aus.",
}

func document(path string, s said, rank int) retrieval.Document {
	return retrieval.Document{Path: path, Title: s.heading, Collection: "c", Rank: rank}
}

// A rule that says another number is named also where it has fewer of the question's
// words than the weaker document; reports and minutes contradict nothing.
func TestTheMoreBindingValueIsNotLeftUnsaid(t *testing.T) {
	t.Parallel()
	question := "Wie lange werden Tonaufnahmen der Sitzung im Archiv aufbewahrt?"
	binding := said{"Aufnahmen", "Eine Tonaufnahme der Sitzung ist spätestens nach 14 Tagen zu löschen."}
	weak := said{"Wie lange werden Tonaufnahmen der Sitzung im Archiv aufbewahrt?", "Die Tonaufnahme der Sitzung steht 30 Tage im Archiv."}
	for ranks, differ := range map[[2]int]bool{{1, 5}: true, {3, 4}: true, {6, 7}: false} {
		f := newFixture()
		for i, text := range elsewhere {
			f.add(t, document(fmt.Sprint(i, ".md"), said{heading: "Haus"}, 3), text)
		}
		f.add(t, document("schwach.md", weak, ranks[1]), weak.text)
		f.add(t, document("bindend.md", binding, ranks[0]), binding.text)
		found := search(t, f.engine(t, nil), question, "c")
		if got := found.Sufficiency.Band == retrieval.Conflicting; got != differ {
			t.Errorf("ranks %v: %s", ranks, found.Sufficiency.Band)
		}
	}
}
