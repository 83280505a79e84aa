package declared

import (
	"regexp"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// sorts are what documents are called, folded; compounds end like them.
var sorts = folded("sorts")

// title is a document's title as sentences are compared with it.
type title struct {
	folded string
	sorts  []string // what the title calls the document
}

func titleOf(text string) title {
	t := title{folded: german.Fold(text)}
	for _, word := range wordsOf(t.folded) {
		if isSort(word) {
			t.sorts = append(t.sorts, word)
		}
	}
	return t
}

func wordsOf(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
}

func isSort(word string) bool { return sortOf(word) != "" }

// sortOf returns the longest sort that a folded word ends with.
func sortOf(word string) (longest string) {
	for _, sort := range sorts {
		if strings.HasSuffix(word, sort) && len(sort) > len(longest) {
			longest = sort
		}
	}
	return longest
}

// isOwnSort reports whether a folded word can name this document: its title
// calls it so, or names no other sort. "Regelung" and the like name the document
// only where the title does; elsewhere they mean a part of it.
func (t title) isOwnSort(word string) bool {
	if !isSort(word) {
		return len(word) > 3 && containsWord(t.folded, word)
	}
	if len(t.sorts) == 0 {
		return true
	}
	for _, own := range t.sorts {
		if strings.HasSuffix(own, sortOf(word)) || strings.HasSuffix(word, own) {
			return true
		}
	}
	return word == "dokument" || word == "fassung"
}

func containsWord(folded, word string) bool {
	for _, w := range wordsOf(folded) {
		if w == word {
			return true
		}
	}
	return false
}

var (
	demonstrative = regexp.MustCompile(`(?i)^(?:dies(?:e|er|es|em|en)|(?:die|der|das|dem|den)\s+(?:vorliegende[nr]?|hier\s+vorliegende[nr]?))\s+([\pL\pN-]+)$`)
	definite      = regexp.MustCompile(`(?i)^(?:die|der|das|dem|den)\s+(.+)$`)
	pronoun       = regexp.MustCompile(`(?i)^(?:sie|er|es)$`)
)

// isSelf reports whether the words of a subject mean the document itself:
// "diese Dienstanweisung", "die vorliegende Richtlinie", "die Dienstanweisung"
// where the title calls it so, its title, or a pronoun behind such a sentence.
func (s *sentence) isSelf(subject string) bool {
	subject = strings.TrimSpace(subject)
	if m := demonstrative.FindStringSubmatch(subject); m != nil {
		return s.title.isOwnSort(german.Fold(m[1]))
	}
	if pronoun.MatchString(subject) {
		return s.followsSelf()
	}
	m := definite.FindStringSubmatch(subject)
	if m == nil {
		return false
	}
	named := german.Fold(m[1])
	if named == s.title.folded {
		return true
	}
	for _, own := range s.title.sorts {
		if named == own {
			return true
		}
	}
	return false
}
