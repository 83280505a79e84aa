package officehours

import (
	"slices"
	"strings"
)

// Kind is what a question needs: it decides the format that is proposed.
type Kind string

// The kinds.
const (
	Single     Kind = "single"     // a case from one's own work
	Rule       Kind = "rule"       // what is allowed
	Many       Kind = "many"       // a tool or rule that many want to know
	Discussion Kind = "discussion" // open exchange of ideas
	Values     Kind = "values"     // fairness, responsibility, transparency
)

// Kinds are all kinds of questions.
var Kinds = []Kind{Single, Rule, Many, Discussion, Values}

// signs are beginnings of words that speak for a kind, in the order in which
// kinds are tried: a question of values is one even if it asks for a rule.
var signs = []struct {
	kind  Kind
	words []string
}{
	{Values, []string{"ethi", "ethisch", "fair", "gerecht", "moral", "wert", "verantwort", "diskrimin", "benachteilig", "transparen", "vertretbar", "menschenwürd", "vorurteil"}},
	{Discussion, []string{"diskut", "diskuss", "austausch", "meinung", "erfahrung", "zukunft", "idee"}},
	{Many, []string{"überblick", "einführung", "vorführ", "vorstell", "kennenlern", "schulung", "neuheit"}},
	{Rule, []string{"darf", "dürf", "erlaubt", "verboten", "zulässig", "muss", "müss", "vorgeschrieben", "regel"}},
}

// KindOf guesses the kind of a question from its words. The asker sees the
// proposal and decides.
func KindOf(question string) Kind {
	words := strings.FieldsFunc(strings.ToLower(question), func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzäöüß", r)
	})
	for _, s := range signs {
		for _, word := range words {
			if slices.ContainsFunc(s.words, func(sign string) bool { return strings.HasPrefix(word, sign) }) {
				return s.kind
			}
		}
	}
	return Single
}
