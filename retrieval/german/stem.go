package german

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/german"
)

// Stem returns the stem of a folded word: Snowball's, after female forms
// became their base form, borrowed words their plural (Museum: Museen) and forms of
// separable verbs their infinitive (aufzufrischen, aufgefrischt: auffrischen), and
// with -ier shortened because Snowball splits that family (Anonymisierung:
// anonymisier, anonymisieren: anonymisi).
func Stem(folded string) string {
	if len(folded) < 3 {
		return folded
	}
	env := snowballstem.NewEnv(infinitive(plural(baseForm(folded))))
	snowball.Stem(env)
	s := env.Current()
	if len(s) >= 6 && strings.HasSuffix(s, "ier") {
		s = s[:len(s)-2]
	}
	return s
}

// femaleAfter are endings behind which -in and -innen mark a female form
// (Mitarbeiterin, Präsidentin, Kollegin, Ärztin), not a word of its own
// (Termin, Berlin, beginnen).
var femaleAfter = []string{"er", "ent", "ant", "ist", "or", "eur", "eg", "og", "zt", "mt", "ar"}

// baseForm maps Mitarbeiterin and Mitarbeiterinnen to mitarbeiter.
func baseForm(folded string) string {
	for _, suffix := range []string{"innen", "in"} {
		base, ok := strings.CutSuffix(folded, suffix)
		if !ok || len(base) < 4 {
			continue
		}
		for _, end := range femaleAfter {
			if strings.HasSuffix(base, end) && (len(base) >= 5 || end == "zt") {
				return base
			}
		}
	}
	return folded
}

// borrowed are endings of the singular that Snowball takes for a part of the stem,
// with what stands in their place in the plural. Data are no plural of Datum here:
// nobody who asks for the one means the other.
var borrowed = []struct{ singular, plural string }{
	{"eum", "een"}, {"ium", "ien"}, {"trum", "tren"}, {"mus", "men"}, {"virus", "viren"},
	{"thema", "themen"}, {"firma", "firmen"}, {"konto", "konten"}, {"risiko", "risiken"}, {"praktikum", "praktiken"}, {"praktika", "praktiken"},
}

// plural maps a borrowed word to its plural: Museum to Museen, in compounds as well.
func plural(folded string) string {
	for _, b := range borrowed {
		base, ok := strings.CutSuffix(folded, b.singular)
		if !ok {
			base, ok = strings.CutSuffix(folded, b.singular+"s") // des Museums
		}
		if ok && len(folded) >= 5 {
			return base + b.plural
		}
	}
	return folded
}

// separable are particles of verbs, folded, behind which "zu" and "ge" are put.
var separable = []string{"ab", "an", "auf", "aus", "bei", "ein", "fest", "frei", "fort", "her", "hin", "hoch", "los", "mit", "nach", "vor", "weg", "weiter", "zuruck", "zusammen"}

// leastInfix is how many letters the rest of such a verb has at least.
const leastInfix = 4

// infinitive maps a separable verb with zu or ge in it to its infinitive: documents say
// "ist aufzufrischen" where people ask for "auffrischen". Nouns that only look like one
// stay: Auszubildende, Einzugsermächtigungen.
func infinitive(folded string) string {
	for _, particle := range separable {
		rest, ok := strings.CutPrefix(folded, particle)
		if !ok || len(rest) < leastInfix+2 {
			continue
		}
		root := rest[2:]
		switch {
		case strings.HasPrefix(rest, "zu") && strings.HasSuffix(root, "en") && !strings.HasSuffix(root, "enden") && !strings.HasPrefix(root, "gs"):
			return particle + root
		case strings.HasPrefix(rest, "ge") && strings.HasSuffix(root, "t") && len(root) > leastInfix:
			return particle + strings.TrimSuffix(strings.TrimSuffix(root, "t"), "e") + "en"
		}
	}
	return folded
}
