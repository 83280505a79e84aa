package prompts

import (
	"slices"
	"strings"
)

// languagePrefix stands before the names of the texts for people who write in another
// language than German, one for each, by its code ("language/en"). A house adds one by
// a file of its own, and takes one away by an empty file.
const languagePrefix = "language/"

var sampleLanguage = []any{Where{People: true}, Where{}}

func init() {
	for _, code := range []string{"en", "tr", "uk"} {
		declared[languagePrefix+code] = sampleLanguage
	}
}

// Languages says in other languages that the documents are German: in the one with
// this code, or where the house has no text for it, in all that it has, English first.
func (c *Catalogue) Languages(code string, d Where) string {
	if said := c.inLanguage(code, d); said != "" {
		return said
	}
	var codes []string
	for name := range c.texts {
		if other, ok := strings.CutPrefix(name, languagePrefix); ok {
			codes = append(codes, other)
		}
	}
	slices.SortFunc(codes, func(a, b string) int {
		if (a == "en") != (b == "en") {
			if a == "en" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	var all []string
	for _, other := range codes {
		if said := c.inLanguage(other, d); said != "" {
			all = append(all, said)
		}
	}
	return strings.Join(all, "\n\n")
}

// inLanguage is the text in a language; empty: the house has none.
func (c *Catalogue) inLanguage(code string, d Where) string {
	return text[Where]{languagePrefix + code}.render(c, d)
}
