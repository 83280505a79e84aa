package german_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval/german"
)

func knows(words string) func(string) bool {
	stems := map[string]bool{}
	for _, w := range german.Words(words) {
		stems[w.Stem] = true
	}
	return func(stem string) bool { return stems[stem] }
}

func TestRejoin(t *testing.T) {
	t.Parallel()
	known := knows("anmelden mitschneiden anrufen rausfliegen zurückgeben")
	for text, want := range map[string]string{
		"wie meld ich mich zu einer fortbildung an":          "wie anmelden ich mich zu einer fortbildung",
		"Wie melde ich mich zum Kurs an, und was kostet er?": "Wie anmelden ich mich zum Kurs, und was kostet er?",
		"wie viele stunden schneidet das ding mit?":          "wie viele stunden mitschneiden das ding?",
		"wen ruf ich an wenn nichts geht":                    "wen anrufen ich wenn nichts geht",
		"fliegt man raus":                                    "rausfliegen man",
		"wo gebe ich den Ausweis zurück":                     "wo zurückgeben ich den Ausweis",
		"Womit fängt das an?":                                "Womit fängt das an?",         // no such word is known
		"Wir melden das mit Formular":                        "Wir melden das mit Formular", // it leads to a noun
		"darf ich mit":                                       "darf ich mit",
		"an":                                                 "an",
		"":                                                   "",
	} {
		if got := german.Rejoin(text, known); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func FuzzRejoin(f *testing.F) {
	f.Add("wie melde ich mich an, wenn ich zurück bin und raus will")
	f.Add(strings.Repeat("melde an, ", 50))
	f.Fuzz(func(t *testing.T, text string) {
		got := german.Rejoin(text, func(string) bool { return true })
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q became no text", text)
		}
		if same := german.Rejoin(text, func(string) bool { return false }); same != text {
			t.Errorf("%q became %q, although no word is known", text, same)
		}
	})
}
