package retrieval

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Wording is a question as it was typed and as documents spell its words.
type Wording struct{ Typed, Spelled string }

// asTyped is a word of the question as its asker wrote it: without the hyphen that the
// search puts between the parts of a compound, with ae where it reads ä. False: it was
// corrected into another one, which nobody has asked for.
func (w Wording) asTyped(spelled string) (typed string, known bool) {
	form := plainSpelling(spelled)
	for _, word := range german.Words(w.Typed) {
		if typed := w.Typed[word.Start:word.End]; plainSpelling(typed) == form {
			return typed, true
		}
	}
	return "", false
}

// plainSpelling is a word folded, its umlauts and those written with two letters alike,
// without hyphens.
func plainSpelling(word string) string {
	return strings.NewReplacer("-", "", "ae", "a", "oe", "o", "ue", "u").Replace(german.Fold(word))
}
