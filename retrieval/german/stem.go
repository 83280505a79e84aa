package german

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/german"
)

// Stem returns the stem of a folded word: Snowball's, after female forms
// became their base form, and with -ier shortened because Snowball splits that
// family (Anonymisierung: anonymisier, anonymisieren: anonymisi).
func Stem(folded string) string {
	if len(folded) < 3 {
		return folded
	}
	env := snowballstem.NewEnv(baseForm(folded))
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
