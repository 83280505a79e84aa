package lexical

import (
	"cmp"
	"context"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// leastCompound is how many letters two words need to be joined.
const leastCompound = 10

// Spell returns the question as the documents that r may see spell its words:
// umlauts for ae, oe, ue, torn compounds joined. Embedding models lose most by
// these: fused MRR@10 of 67 questions over the example house, retyped, .787
// without and .828 with it. Undoing typing errors, too, by the nearest known
// word gave .807 to .838 and cost .013 on the questions as they were, because
// words that the house does not use became others.
func (ix *Index) Spell(_ context.Context, text string, r retrieval.Readers) string {
	segments := ix.readable(r)
	words := german.Words(text)
	if len(words) > ix.params.MaxWords {
		words = words[:ix.params.MaxWords]
	}
	umlauts := !hasUmlaut(text) // who types some types all
	var b strings.Builder
	end := 0
	for i := 0; i < len(words); i++ {
		w := words[i]
		b.WriteString(text[end:w.Start])
		end = w.End
		typed := text[w.Start:w.End]
		if i+1 < len(words) {
			if joined, ok := compound(segments, w, words[i+1]); ok {
				b.WriteString(joined)
				end = words[i+1].End
				i++
				continue
			}
		}
		b.WriteString(spelled(segments, w, typed, umlauts))
	}
	b.WriteString(text[end:])
	return b.String()
}

// spelled returns the documents' spelling of one word; umlauts: ae may stand
// for ä in words that they do not know.
func spelled(segments []*segment, w german.Word, typed string, umlauts bool) string {
	if w.Kind != german.Plain || len(w.Parts) > 0 {
		return typed
	}
	known := surfaceOf(segments, w.Stem)
	if hasUmlaut(known) || known == "" && umlauts {
		return german.Umlauts(typed)
	}
	return typed
}

// compound returns the documents' word that two words make together, where at
// least one of them is none of theirs.
func compound(segments []*segment, a, b german.Word) (string, bool) {
	if a.Kind != german.Plain || b.Kind != german.Plain || a.Stop || b.Stop || len(a.Form)+len(b.Form) < leastCompound {
		return "", false
	}
	if surfaceOf(segments, a.Stem) != "" && surfaceOf(segments, b.Stem) != "" {
		return "", false
	}
	surface := surfaceOf(segments, german.Stem(a.Form+b.Form))
	return surface, surface != ""
}

// surfaceOf returns the spelling of a stem that readable passages prefer; "":
// none of them has the word.
func surfaceOf(segments []*segment, stem string) string {
	best := ""
	for _, s := range segments {
		if at, ok := s.words.find(stem); ok {
			if own := s.spellings.best(at); preferred(own, best) < 0 {
				best = own
			}
		}
	}
	return best
}

func hasUmlaut(word string) bool { return strings.ContainsAny(word, "äöüÄÖÜß") }

// surface returns a word as a document writes it; "": it is none that a question
// can be spelled after.
func surface(w german.Word, text string) string {
	word := text[w.Start:w.End]
	letters := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	if w.Kind == german.Plain && letters && len(w.Parts) == 0 {
		return word
	}
	return ""
}

// shorter orders spellings of one stem: the shortest first, then by letters, so
// that all replicas spell alike.
func shorter(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
