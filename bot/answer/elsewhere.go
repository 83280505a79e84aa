package answer

import (
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Field is a subject that other people are in charge of. The house sets it.
type Field struct {
	Words   []string // that a question of this field has, in any compound
	Contact Contact
}

// Fields are the subjects of others.
type Fields []Field

// Find returns who is in charge where a question belongs to another field and
// the documents do not answer it: nothing was found, or what comes nearest does
// not have the word at all.
func (f Fields) Find(question string, found retrieval.Result) (Contact, bool) {
	band := found.Sufficiency.Band
	if band == retrieval.Answered || band == retrieval.Conflicting {
		return Contact{}, false
	}
	words := german.Content(german.Words(question))
	for _, field := range f {
		for _, w := range field.Words {
			stem := german.Stem(german.Fold(w))
			if asks(words, stem) && (band == retrieval.NotFound || !discussed(stem, found.Hits)) {
				return field.Contact, true
			}
		}
	}
	return Contact{}, false
}

func asks(words []german.Word, stem string) bool {
	for _, w := range words {
		if w.Stem == stem || len(stem) >= 5 && strings.Contains(w.Form, stem) {
			return true
		}
		for _, part := range w.Parts {
			if part == stem {
				return true
			}
		}
	}
	return false
}

// discussed reports whether one of the best three passages has the word.
func discussed(stem string, hits []retrieval.Hit) bool {
	for _, hit := range hits[:min(3, len(hits))] {
		text := hit.Document.Title + "\n" + strings.Join(hit.Passage.Headings, "\n") + "\n" + hit.Passage.Text
		if asks(german.Content(german.Words(text)), stem) {
			return true
		}
	}
	return false
}
