package dialogue

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed classes.txt
var classesText string

// classes say which words stand for one another where the model learns what
// messages have in common. A word may be of several.
type classes struct {
	names                   []string
	whole, beginnings, ends map[string][]int // numbers of classes
}

// parseClasses reads lines like "call = anrufen / rückruf* / *telefon". Empty
// lines and those that begin with # are comments.
func parseClasses(file, text string) (classes, error) {
	c := classes{whole: map[string][]int{}, beginnings: map[string][]int{}, ends: map[string][]int{}}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, words, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !ok || name == "" || slices.Contains(c.names, name) {
			return c, &Problem{file, i + 1, "write a class once, as: name = word / word"}
		}
		c.names = append(c.names, name)
		for word := range strings.SplitSeq(words, "/") {
			if err := c.add(strings.TrimSpace(word), len(c.names)-1); err != nil {
				return c, &Problem{file, i + 1, err.Error()}
			}
		}
	}
	return c, nil
}

func (c *classes) add(word string, class int) error {
	stem := fold(strings.Trim(word, "*"))
	in := c.whole
	switch front, back := strings.HasPrefix(word, "*"), strings.HasSuffix(word, "*"); {
	case stem == "" || strings.ContainsAny(stem, " *") || front && back:
		return fmt.Errorf("%q is no word: akte* begins so, *akte ends so", word)
	case front:
		in = c.ends
	case back:
		in = c.beginnings
	}
	in[stem] = append(in[stem], class)
	return nil
}

// of returns the classes of a word's form, each once.
func (c *classes) of(form string) []int {
	found := slices.Clone(c.whole[form])
	for i := 1; i <= len(form); i++ {
		found = append(found, c.beginnings[form[:i]]...)
		found = append(found, c.ends[form[i-1:]]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
