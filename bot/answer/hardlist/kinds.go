package hardlist

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// kinds say which words stand for one another. A word may be of several.
type kinds struct {
	whole, beginnings, ends map[string][]int // numbers of kinds
	names                   []string
}

func noKinds() kinds {
	return kinds{make(map[string][]int), make(map[string][]int), make(map[string][]int), nil}
}

// add reads a line like "family = mann / partner*".
func (k *kinds) add(line string) error {
	name, words, ok := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" || strings.Contains(name, " ") {
		return errors.New("write a kind as: kind name = word / word")
	}
	if slices.Contains(k.names, name) {
		return fmt.Errorf("the kind %q stands twice", name)
	}
	number := len(k.names)
	k.names = append(k.names, name)
	for word := range strings.SplitSeq(words, "/") {
		word = german.Fold(strings.TrimSpace(word))
		if !wordForm.MatchString(word) || strings.HasPrefix(word, "*") && strings.HasSuffix(word, "*") {
			return fmt.Errorf("%q is no word", word)
		}
		in := k.whole
		switch {
		case strings.HasPrefix(word, "*"):
			in = k.ends
		case strings.HasSuffix(word, "*"):
			in = k.beginnings
		}
		stem := strings.Trim(word, "*")
		in[stem] = append(in[stem], number)
	}
	return nil
}

// of returns the kinds of a folded word.
func (k *kinds) of(word string) []int {
	found := slices.Clone(k.whole[word])
	for i := 1; i <= len(word); i++ {
		found = append(found, k.beginnings[word[:i]]...)
		found = append(found, k.ends[word[i-1:]]...)
	}
	return found
}
