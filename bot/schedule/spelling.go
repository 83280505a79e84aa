package schedule

import (
	"slices"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/retrieval/german"
)

// leastSpelt is how long a word is that is taken for another one, misspelt.
const leastSpelt = 5

// vocabulary are the longer words that questions for the calendar ask with.
var vocabulary = slices.DeleteFunc(slices.Clone(words["asking"]), func(word string) bool { return len(word) < leastSpelt })

// spelt is a folded text in which words that say nothing here are written as those of
// questions for the calendar that they are one slip of the keyboard apart from.
func spelt(folded string) string {
	return singleWord.ReplaceAllStringFunc(folded, func(word string) string {
		if len(word) < leastSpelt || german.Stop(word) || filling[word] || slices.Contains(vocabulary, word) {
			return word
		}
		for _, other := range vocabulary {
			if word[0] == other[0] && officehours.Apart(word, other, 1) {
				return other
			}
		}
		return word
	})
}
