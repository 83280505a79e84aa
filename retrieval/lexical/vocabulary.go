package lexical

import (
	"cmp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// vocabulary is the words of readable segments.
type vocabulary []*segment

// passages returns how many passages hold a word with the stem.
func (v vocabulary) passages(stem string) int {
	n := 0
	for _, s := range v {
		if at, ok := s.words.find(stem); ok {
			n += s.words.holders(at)
		}
	}
	return n
}

// knows reports whether a passage holds a word with the stem.
func (v vocabulary) knows(stem string) bool {
	for _, s := range v {
		if _, ok := s.words.find(stem); ok {
			return true
		}
	}
	return false
}

// spelling returns how passages prefer to spell a stem; "": none has the word.
func (v vocabulary) spelling(stem string) string {
	best := ""
	for _, s := range v {
		if at, ok := s.words.find(stem); ok {
			if own := s.spellings.best(at); preferred(own, best) < 0 {
				best = own
			}
		}
	}
	return best
}

// writes returns how passages write a folded word of a stem, as it is or with an ending
// behind it; false: none has that form.
func (v vocabulary) writes(stem, form string) (spelling string, ok bool) {
	for _, s := range v {
		if at, found := s.words.find(stem); found {
			for _, own := range s.spellings.all(at) {
				if strings.HasPrefix(german.Fold(own), form) {
					return own, true
				}
			}
		}
	}
	return "", false
}

// surface returns a word as a document writes it; "": it is none that a question
// can be spelled after.
func surface(w german.Word, text string) string {
	word := text[w.Start:w.End]
	if simple(w) && lettersOnly(word) {
		return word
	}
	return ""
}

// simple reports that a word is neither a number, date, reference or abbreviation
// nor one of several parts.
func simple(w german.Word) bool { return w.Kind == german.Plain && len(w.Parts) == 0 }

// shorter orders spellings of one stem: the shortest first, then by letters, so
// that all replicas spell alike.
func shorter(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func hasUmlaut(word string) bool { return strings.ContainsAny(word, "äöüÄÖÜß") }
