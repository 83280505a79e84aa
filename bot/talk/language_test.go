package talk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/prompts"
)

func TestOtherLanguagesAreAnsweredInOneOfThem(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", "Guten Tag")
	for said, want := range map[string]struct{ has, lacks string }{
		"Where can I find the AI guidelines?": {"in German", "Almancadır"},
		"merhaba":                             {"Almancadır", "in German"},
		"чи можна писати українською": {"німецькою", "in German"},
		"sprichst du Türkisch?":       {"Ich antworte nur auf Deutsch", "in German"},
		"Czy mogę pisać po polsku?":   {"in German", "Ich antworte nur auf Deutsch"},
	} {
		made := h.Reply(func() { h.Says("anna", dm, "", said) })
		h.Wants(made, want.has)
		h.Lacks(made, want.lacks)
	}
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
}

// A house sets its languages by its texts: one more, and one less.
func TestAHouseSetsItsLanguages(t *testing.T) {
	t.Parallel()
	texts, err := prompts.Load("testdata/languages")
	if err != nil {
		t.Fatal(err)
	}
	there := prompts.Where{People: true}
	if got := texts.Languages("pl", there); got != "Dokumenty są po niemiecku." {
		t.Errorf("in Polish: %q", got)
	}
	if got := texts.Languages("tr", there); got == "" || got == texts.Languages("pl", there) || got != texts.Languages("xx", there) {
		t.Errorf("in a language that the house has taken away: %q", got)
	}
}
