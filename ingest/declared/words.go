package declared

import (
	_ "embed"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

//go:embed words.txt
var wordsText string

// words are the lists of words.txt, as they are written.
var words = german.Lists(wordsText)

// phrase is an entry of a list with blanks.
func phrase(entry string) string { return strings.ReplaceAll(entry, "_", " ") }

// folded are the entries of a list as folded text has them.
func folded(name string) (all []string) {
	for _, entry := range words[name] {
		all = append(all, german.Fold(phrase(entry)))
	}
	return all
}

// either is an expression for one of the entries of a list.
func either(name string) string {
	var all []string
	for _, entry := range words[name] {
		bare, open := strings.CutSuffix(entry, "*")
		expr := strings.ReplaceAll(regexp.QuoteMeta(phrase(bare)), " ", `\s+`)
		if open {
			expr += `\p{L}*`
		}
		all = append(all, expr)
	}
	return `(?:` + strings.Join(all, "|") + `)`
}
