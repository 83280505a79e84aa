package declared

import "testing"

func TestSentencesThatAreUnsure(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]bool{
		"Diese Dienstanweisung tritt nicht in Kraft.":                     true,
		"Die Richtlinie gilt voraussichtlich ab Mai.":                     true,
		"Der Entwurfsstand gilt ab dem 1. Mai 2026.":                      true,
		"Die Regelung gilt zum  Beispiel ab dem 1. Mai 2026.":             true,
		"Das gilt, es sei denn, der Rat beschließt anderes.":              true,
		"Gilt sie ab dem 1. Mai 2026?":                                    true,
		"Diese Dienstanweisung tritt am 1. März 2026 in Kraft.":           false,
		"Die Obergrenze gilt ab dem 1. Mai 2026.":                         false,
		"Die Wohngeldordnung ersetzt die Fassung vom 3. März 2021.":       false,
		"Mit der Gleichstellungsordnung gilt ab dem 1. Mai ein Wenn-Dann": true,
	} {
		if got := unsure.MatchString(sentence); got != want {
			t.Errorf("%q is unsure: %v", sentence, got)
		}
	}
}

func TestListsOfWords(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sorts", "elsewhere", "unsure", "telling"} {
		if len(words[name]) == 0 {
			t.Errorf("no list is called %q", name)
		}
	}
	if len(words) != 4 {
		t.Errorf("%d lists: one is asked for by nobody", len(words))
	}
	if !isElsewhere([]string{"3. Änderungshistorie"}) || !isElsewhere([]string{"Anhang: Muster"}) || isElsewhere([]string{"Geltung"}) {
		t.Error("headings of other documents are not told from others")
	}
}
