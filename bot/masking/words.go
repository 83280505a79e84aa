package masking

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words.txt
var wordsFile string

// lists are the words of words.txt by the name of their list, each of which the file
// explains.
var lists, _ = parseWords(wordsFile)

var (
	titles      = setOf(lists["titles"])
	ranks       = setOf(lists["ranks"])
	roles       = setOf(lists["roles"])
	greetings   = setOf(lists["greetings"])
	particles   = setOf(lists["particles"])
	noNames     = setOf(lists["nonames"])
	determiners = setOf(lists["determiners"])
	noPlates    = setOf(lists["noplates"])
	nouns       = lists["nouns"]
	noStreets   = lists["nostreets"]
)

// parseWords reads lists of words, and the texts that they are held to.
func parseWords(file string) (all map[string][]string, examples []string) {
	all = map[string][]string{}
	name := ""
	for line := range strings.Lines(file) {
		example, is := strings.CutPrefix(line, "> ")
		switch {
		case strings.HasPrefix(line, "#"):
			continue
		case is:
			examples = append(examples, strings.TrimSpace(example))
			continue
		}
		if list, words, begins := strings.Cut(line, ":"); begins {
			name, line = list, words
		}
		all[name] = append(all[name], strings.Fields(line)...)
	}
	return all, examples
}

func setOf(words []string) map[string]bool {
	set := map[string]bool{}
	for _, word := range words {
		set[word] = true
	}
	return set
}

// fitsOne reports whether a word is one of a list's, in which a * stands for any
// letters.
func fitsOne(word string, list []string) bool {
	return slices.ContainsFunc(list, func(pattern string) bool {
		before, behind, _ := strings.Cut(pattern, "*")
		return len(word) >= len(before)+len(behind) && strings.HasPrefix(word, before) && strings.HasSuffix(word, behind)
	})
}
