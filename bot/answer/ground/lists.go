package ground

import (
	_ "embed"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

//go:embed lists.txt
var listsText string

// lists are the words of lists.txt, folded, by the name of their list.
var lists = readLists(listsText)

func readLists(text string) map[string][]string {
	all := map[string][]string{}
	name := ""
	for line := range dataLines(text) {
		for word := range strings.FieldsSeq(line) {
			if bare, opens := strings.CutSuffix(word, ":"); opens {
				name = bare
				continue
			}
			all[name] = append(all[name], german.Fold(word))
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
