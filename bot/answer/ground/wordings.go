package ground

import (
	_ "embed"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

//go:embed wordings.txt
var wordingsText string

// wordings are what is said in several words as often as in one.
var wordings = readWordings(wordingsText)

// wording is how something is written, and how it is read.
type wording struct {
	written  []written
	as       string
	examples []string // "what is written => how it is read"
}

// written is one way to write it. Its ending is its last group. A text without its
// folded words does not hold it: looking for them first is many times faster than the
// expression.
type written struct {
	words  *regexp.Regexp
	folded string
	ending string // "": it has none, "*": it goes, "~": it stays behind what is read
}

func readWordings(text string) (all []wording) {
	for line := range dataLines(text) {
		rule, examples, _ := strings.Cut(line, "|")
		as, choices, _ := strings.Cut(rule, "=")
		w := wording{as: strings.TrimSpace(as), examples: strings.Split(examples, ";")}
		for choice := range strings.SplitSeq(choices, "/") {
			words := strings.TrimSpace(choice)
			bare := strings.TrimRight(words, "*~")
			w.written = append(w.written, written{
				words:  regexp.MustCompile(`(?i)(^|[^\p{L}\p{N}])` + regexp.QuoteMeta(bare) + `(\p{L}*)`),
				folded: german.Fold(bare),
				ending: words[len(bare):],
			})
		}
		all = append(all, w)
	}
	return all
}

// worded writes in one way what is said in several.
func worded(text string) string {
	folded := german.Fold(text)
	for _, w := range wordings {
		for _, one := range w.written {
			if !strings.Contains(folded, one.folded) {
				continue
			}
			text = one.words.ReplaceAllStringFunc(text, func(found string) string {
				m := one.words.FindStringSubmatch(found)
				switch before, ending := m[1], m[2]; {
				case one.ending == "~":
					return before + w.as + ending
				case one.ending == "*" || ending == "":
					return before + w.as
				}
				return found
			})
			folded = german.Fold(text)
		}
	}
	return text
}
