package ground

import (
	_ "embed"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

//go:embed lists.txt
var listsText string

// lists are the words of lists.txt, folded, by the name of their list.
var lists = readLists(listsText)

func readLists(text string) map[string][]string {
	all := german.Lists(text)
	for _, words := range all {
		for i, word := range words {
			words[i] = german.Fold(word)
		}
	}
	return all
}

// list is what stands in lists of lists.txt, as a set.
func list(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, name := range names {
		for _, word := range lists[name] {
			set[word] = true
		}
	}
	return set
}

// pairs are the words of a list with what stands behind their stroke.
func pairs(name string) map[string]string {
	all := map[string]string{}
	for _, pair := range lists[name] {
		word, means, _ := strings.Cut(pair, "/")
		all[word] = means
	}
	return all
}

// phrases matches what stands in lists of lists.txt, anywhere in a folded line.
func phrases(names ...string) *regexp.Regexp {
	return regexp.MustCompile(`\b` + either(names...) + `\b`)
}

// opens matches a line that begins with what stands in lists of lists.txt.
func opens(names ...string) *regexp.Regexp { return regexp.MustCompile(`^` + either(names...) + `\b`) }

// either is an expression for what stands in lists; "_" in them is a blank.
func either(names ...string) string {
	var all []string
	for _, name := range names {
		for _, phrase := range lists[name] {
			all = append(all, regexp.QuoteMeta(strings.ReplaceAll(phrase, "_", " ")))
		}
	}
	return `(?:` + strings.Join(all, "|") + `)`
}
