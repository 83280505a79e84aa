package lexical

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Words that are too short have too many neighbours to tell what was meant.
const (
	leastMistyped = 5 // letters of a word that is corrected
	leastPart     = 4 // letters of a part of a compound
	leastTail     = 5 // letters of the second part of one that is taken apart
)

// meant returns the word of the documents, or the function word, that a folded
// word they do not know was meant to be: the most frequent one that is one
// typing error away. Failing that, a compound of which one part is known and
// the other mistyped.
func (v vocabulary) meant(form string) (word string, ok bool) {
	if len(form) < leastMistyped {
		return "", false
	}
	if stem := v.nearest(form); stem != "" {
		return v.spelling(stem), true
	}
	for intended := range german.Mistyped(form) {
		if german.Stop(intended) {
			return intended, true
		}
	}
	return v.mistypedCompound(form)
}

// nearest returns the stem of the most frequent word that is one typing error
// away from a folded word and that has a spelling; "": there is none.
func (v vocabulary) nearest(form string) string {
	best, most := "", 0
	for intended := range german.Mistyped(form) {
		stem := german.Stem(intended)
		n := v.passages(stem)
		if (n > most || n == most && n > 0 && stem < best) && v.spelling(stem) != "" {
			best, most = stem, n
		}
	}
	return best
}

// nearestForm returns a word as passages write it that is one typing error away from a
// folded part of a compound; "": there is none. Another form of the same stem does not
// do: Löschern, which stands nowhere, is not what was meant by Löchern.
func (v vocabulary) nearestForm(form string) string {
	best, most := "", 0
	for intended := range german.Mistyped(form) {
		stem := german.Stem(intended)
		n := v.passages(stem)
		if n < most || n == 0 || n == most && best != "" {
			continue
		}
		if written, ok := v.writes(stem, intended); ok {
			best, most = written, n
		}
	}
	return best
}

// mistypedCompound mends a compound of which the documents know one part.
func (v vocabulary) mistypedCompound(form string) (word string, ok bool) {
	for at := len(form) - leastPart; at >= leastPart; at-- {
		head, tail := form[:at], form[at:]
		knowsHead, knowsTail := v.knows(german.Stem(head)), v.knows(german.Stem(tail))
		switch {
		case knowsHead && knowsTail:
			return "", false // a compound of their words, spelled right
		case knowsTail && len(head) >= leastMistyped:
			if meant := v.nearestForm(head); meant != "" {
				return meant + strings.ToLower(v.written(tail)), true
			}
		case knowsHead && len(tail) >= leastMistyped:
			if meant := v.nearestForm(tail); meant != "" {
				return v.written(head) + strings.ToLower(meant), true
			}
		}
	}
	return "", false
}

// written returns a folded word as passages write it, where they have that form.
func (v vocabulary) written(form string) string {
	if spelling := v.spelling(german.Stem(form)); german.Fold(spelling) == form {
		return spelling
	}
	return form
}

// compound returns behind how many letters a folded word that the documents do not know
// falls into two parts of which they or the synonyms know the second, which says what it
// is, and know the first or not: Drohnen-bilder. Of several the one with the longest
// known second part.
func (v vocabulary) compound(form string, listed func(stem string) bool) (head int, ok bool) {
	for at := leastMistyped; at <= len(form)-leastTail; at++ {
		if stem := german.Stem(form[at:]); german.Stop(form[at:]) || !v.knows(stem) && !listed(stem) {
			continue
		}
		return at, true
	}
	return 0, false
}
