package german_test

import (
	"testing"
	"testing/quick"

	"lvr.example/sprechstunde/retrieval/german"
)

// What staff say becomes the word of rules, whole: no abbreviation, no part of a
// product's name, nothing in words that rules use themselves.
func TestReword(t *testing.T) {
	t.Parallel()
	list := parse(t, "FK = Führungskraft > Boss\nÜbersetzungsdienst > Google Translate, DeepL\nkaufen = Beschaffung > besorgen\n")
	for question, want := range map[string]string{
		"muss mein Boss das sehen?":           "muss mein Führungskraft das sehen?",
		"Darf ich Google Translate besorgen?": "Darf ich Übersetzungsdienst kaufen?",
		"Darf ich Google fragen?":             "Darf ich Google fragen?",
		"kann die FK das kaufen":              "kann die FK das kaufen",
		"":                                    "",
	} {
		if got := list.Reword(question); got != want {
			t.Errorf("%q became %q, want %q", question, got, want)
		}
	}
	var none *german.Synonyms
	if got := none.Reword("mein Boss"); got != "mein Boss" {
		t.Errorf("without a list: %q", got)
	}
}

func TestRewordTakesAnyText(t *testing.T) {
	t.Parallel()
	list := german.DefaultSynonyms()
	if err := quick.Check(func(text string) bool { _ = list.Reword(text + " Lehrlinge " + text); return true }, nil); err != nil {
		t.Error(err)
	}
}
