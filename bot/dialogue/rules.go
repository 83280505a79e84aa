package dialogue

import (
	"strings"
	"unicode"
)

// rule is what a message means if it is one of the words, whole, whatever its
// case and signs. In a direct message "ja" and its like always steer, so that a
// yes that comes too late is not searched for.
type rule struct {
	kind  Kind
	where Place
	words []string
}

var rules = []rule{
	{Handover, anywhere, []string{"sprechstunde", "in die sprechstunde"}},
	{Yes, Direct, []string{"ja", "ja bitte", "ja gern", "ja gerne", "ja übergeben"}},
	{No, Direct, []string{"nein", "nein danke"}},
	{Settled, Direct, []string{"geklärt", "geklaert", "ist geklärt", "geklärt danke", "danke geklärt"}},
	{StillOpen, Direct, []string{"noch offen", "ist noch offen", "leider noch offen"}},
	{Thanks, Direct | Channel, []string{
		"danke", "dankeschön", "danke schön", "danke sehr", "vielen dank", "ok danke", "super danke", "alles klar danke",
	}},
}

// kinds are the rules by word, places where each kind counts.
var kinds, places = func() (map[string]Kind, map[Kind]Place) {
	kinds, places := map[string]Kind{}, map[Kind]Place{}
	for _, r := range rules {
		places[r.kind] = r.where
		for _, word := range r.words {
			kinds[word] = r.kind
		}
	}
	return kinds, places
}()

func placeOf(kind Kind) Place { return places[kind] }

// wordIn returns what the word means that the whole message is; empty: it is
// none.
func wordIn(message string) Kind {
	return kinds[strings.Join(Words(message), " ")]
}

// Words are the words of a text in lower case, without signs.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
