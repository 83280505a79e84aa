package officehours

import (
	_ "embed"
	"regexp"
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
	Automation Kind = "automation" // an idea of what a machine could do
)

// Kinds are all kinds of questions.
var Kinds = []Kind{Single, Rule, Many, Discussion, Values, Automation}

//go:embed kinds.txt
var kindRules string

// kindRule is one line of kinds.txt.
type kindRule struct {
	kind     Kind
	pattern  *regexp.Regexp
	examples []string
	others   []string // of another kind
}

var kinds = readKinds(kindRules)

// readKinds reads kinds.txt, which is part of the program: what is wrong with it a
// test says.
func readKinds(text string) (rules []kindRule) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " | ")
		for len(parts) < 4 {
			parts = append(parts, "")
		}
		rules = append(rules, kindRule{
			kind:     Kind(parts[0]),
			pattern:  regexp.MustCompile(spelled.Replace(parts[1])),
			examples: split(parts[2]),
			others:   split(parts[3]),
		})
	}
	return rules
}

// spelled writes umlauts out: a border of words (\b) knows none.
var spelled = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

func split(list string) (all []string) {
	for _, one := range strings.Split(list, ";") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// KindOf guesses the kind of a question from its words. The asker sees the
// proposal and decides.
func KindOf(question string) Kind {
	question = spelled.Replace(strings.ToLower(question))
	for _, r := range kinds {
		if r.pattern.MatchString(question) {
			return r.kind
		}
	}
	return Single
}
