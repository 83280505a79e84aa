package officehours

import (
	"slices"
	"strings"
	"unicode"
)

// Named returns the format that a text speaks of: its id or name stands in it,
// however it is joined ("Wissen to go", "WissenToGo"). The first one listed wins.
func (c *Calendar) Named(text string) (Format, bool) {
	if all := c.AllNamed(text); len(all) > 0 {
		return all[0], true
	}
	return Format{}, false
}

// AllNamed returns all formats that a text speaks of, in the house's order. Where it
// names none as it is called, a slip of the keyboard is looked past.
func (c *Calendar) AllNamed(text string) []Format {
	joined := letters(text)
	var all []Format
	for _, f := range c.formats {
		if strings.Contains(joined, letters(f.ID)) || strings.Contains(joined, letters(f.Name)) {
			all = append(all, f)
		}
	}
	if len(all) > 0 {
		return all
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(slices.Clone(c.formats), func(f Format) bool { return !f.mistypedIn(words) })
}

// joinedWords is of how many words a format's name is written at most.
const joinedWords = 3

func (f Format) mistypedIn(words []string) bool {
	for i := range words {
		for n := 1; n <= joinedWords && i+n <= len(words); n++ {
			if f.Mistyped(strings.Join(words[i:i+n], "")) {
				return true
			}
		}
	}
	return false
}

// leastMistyped is how long a name is in which a slip can be told from another word.
const leastMistyped = 8

// Mistyped reports whether a word in lower case is the format's id with one slip of the
// keyboard, in long ones with two.
func (f Format) Mistyped(word string) bool {
	id, slips := letters(f.ID), 1
	if len(id) >= leastMistyped+2 {
		slips = 2
	}
	return len(id) >= leastMistyped && word != "" && id[0] == word[0] && Apart(id, word, slips)
}

// HasName reports whether a title is the format's name, however it is joined.
func (f Format) HasName(title string) bool { return letters(title) == letters(f.Name) }

// letters returns a text's letters and digits in lower case, joined.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// Apart reports whether two words are apart by at most so many slips of the keyboard: a
// letter left out, added or another one, or two swapped (optimal string alignment).
func Apart(a, b string, most int) bool {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return false
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			other := 1
			if a[i-1] == b[j-1] {
				other = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+other)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)] <= most
}
