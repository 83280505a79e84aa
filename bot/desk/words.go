package desk

import (
	"slices"
	"strings"
	"sync"

	"lvr.example/sprechstunde/retrieval/german"
)

// Two ask the same where all that one of them is about the other is about, too: in the
// same words, parts of them or words that mean the same. An embedding model beside it was
// measured on the pairs in testdata and found to take away more right ones than wrong ones:
// questions that differ in the one word that matters are the most alike to it.

// sameAs returns which of the others asks the same as a question, the one that shares most
// words with it; -1: none does.
func sameAs(question string, others []string) int {
	asked := subject(question)
	best, most := -1, 0
	for i, other := range others {
		if shared := asked.covers(subject(other)); shared > most {
			best, most = i, shared
		}
	}
	return best
}

// everywhere are words that stand in nearly every question of such a house.
var everywhere = map[string]bool{
	"ki": true, "kim": true, "nutzen": true, "benutzen": true, "verwenden": true, "erlaubt": true, "geht": true, "gibt": true, "darf": true, "kann": true,
}

// about are the words that a question is about.
type about []german.Word

// synonyms are those that come with the program.
var synonyms = sync.OnceValue(german.DefaultSynonyms)

// subject returns the words of weight of a question. Their parts have what else means
// the same.
func subject(text string) about {
	all := slices.Clone(german.Content(german.Words(text)))
	for _, e := range synonyms().Expand(all) {
		if e.First == e.Last && len(e.Words) == 1 {
			all[e.First].Parts = append(slices.Clone(all[e.First].Parts), e.Words[0].Stem)
		}
	}
	return slices.DeleteFunc(all, func(w german.Word) bool { return everywhere[w.Form] })
}

// mostBeside is how many words one of two questions may have that the other lacks: with
// more it is about a case of its own.
const mostBeside = 2

// mostAbout is how many words of weight a question has that others may ask as well: more
// tell a case.
const mostAbout = 40

// covers returns how many words two questions share, where one of them is about nothing
// that the other is not about; 0: they are about different things.
func (a about) covers(b about) int {
	if len(a) > mostAbout || len(b) > mostAbout {
		return 0
	}
	lacking, beside := a.lacks(b), b.lacks(a)
	if lacking > 0 && beside > 0 || lacking+beside > mostBeside {
		return 0
	}
	return len(a) - beside
}

// lacks counts the words of another question that this one does not have.
func (a about) lacks(b about) (n int) {
	for _, w := range b {
		if !slices.ContainsFunc(a, func(own german.Word) bool { return sameWord(own, w) }) {
			n++
		}
	}
	return n
}

// How much of two words is the same at least, in bytes of their folded forms.
const (
	sameBeginning = 6 // "speichern", "Speicherung"
	sameInside    = 5 // "Musik", "Warteschleifenmusik"
	leastKey      = 3
)

func sameWord(a, b german.Word) bool {
	if a.Stem == b.Stem || begins(a.Form, b.Form, sameBeginning) || inside(a.Form, b.Form) || inside(b.Form, a.Form) {
		return true
	}
	has := func(w german.Word, key string) bool {
		return len(key) >= leastKey && (w.Stem == key || slices.Contains(w.Parts, key))
	}
	return slices.ContainsFunc(a.Parts, func(key string) bool { return has(b, key) }) || slices.ContainsFunc(b.Parts, func(key string) bool { return has(a, key) })
}

func begins(a, b string, n int) bool { return len(a) >= n && len(b) >= n && a[:n] == b[:n] }

func inside(part, whole string) bool { return len(part) >= sameInside && strings.Contains(whole, part) }
