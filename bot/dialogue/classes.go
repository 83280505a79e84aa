package dialogue

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/pattern"
)

//go:embed classes.txt
var classesText string

// classes say which words stand for one another where the model learns what
// messages have in common. A word may be of several.
type classes struct {
	lexicon // of numbers in names
	names   []string
}

// parseClasses reads lines like "call = anrufen / rückruf* / *telefon". Empty
// lines and those that begin with # are comments.
func parseClasses(file, text string) (classes, error) {
	c := classes{lexicon: newLexicon()}
	for number, line := range pattern.Lines(text) {
		name, words, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !ok || name == "" || slices.Contains(c.names, name) {
			return c, pattern.FaultAt(file, number, "write a class once, as: name = word / word")
		}
		c.names = append(c.names, name)
		for word := range strings.SplitSeq(words, "/") {
			if err := c.file(strings.TrimSpace(word), len(c.names)-1); err != nil {
				return c, pattern.FaultAt(file, number, err.Error())
			}
		}
	}
	return c, nil
}

func (c *classes) file(word string, class int) error {
	stem := strings.Trim(word, "*")
	if fold(stem) == "" || strings.ContainsAny(stem, " *") || len(word) > len(stem)+1 {
		return fmt.Errorf("%q is no word: akte* begins so, *akte ends so", word)
	}
	c.add(word, class)
	return nil
}
