package german

import (
	"slices"
	"strings"
)

// Bag is a text prepared for looking words up in it.
type Bag struct {
	stems map[string]bool
	grams map[Gram]bool
	forms string // folded content words, a blank behind each
}

// bagGram is the length in letters of the n-grams by which parts of words match.
const bagGram = 4

// leastPart is the length in letters from which a word may match as a part of
// another one: shorter ones stand in too many.
const leastPart = 5

// heldByKind is how well a compound is found where a text has its last part only: a
// Drohnen-Bild is a Bild.
const heldByKind = 0.6

// NewBag prepares the content words of the texts together.
func NewBag(texts ...string) Bag {
	b := Bag{stems: make(map[string]bool), grams: make(map[Gram]bool)}
	var forms strings.Builder
	for _, text := range texts {
		for _, w := range Words(text) {
			if w.Stop {
				continue
			}
			b.stems[w.Stem] = true
			for _, p := range w.Parts {
				b.stems[p] = true
			}
			for _, g := range Grams(nil, w.Form, bagGram) {
				b.grams[g] = true
			}
			forms.WriteString(w.Form)
			forms.WriteByte(' ')
		}
	}
	b.forms = forms.String()
	return b
}

// Holds returns how well a word is found, 0 to 1: by its stem or one of the stems
// that mean the same, as a part of a compound, by its own parts, of which the last says what
// it is, or by the share of its n-grams beyond one half (typing errors, parts of a
// compound on the word's side).
func (b Bag) Holds(w Word, same ...string) float64 {
	if b.stems[w.Stem] {
		return 1
	}
	for _, stem := range same {
		if b.stems[stem] {
			return 1
		}
	}
	if w.Kind != Plain || len(w.Form) < leastPart {
		return 0
	}
	if strings.Contains(b.forms, w.Stem) && len(w.Stem) >= leastPart {
		return 0.9
	}
	kind := b.parts(w.Parts)
	grams := Grams(nil, w.Form, bagGram)
	found := 0
	for _, g := range grams {
		if b.grams[g] {
			found++
		}
	}
	share := float64(found) / float64(len(grams))
	return max(kind, (2*share-1)*0.9)
}

// Has reports whether the text has a word of a stem, or one with it for a part.
func (b Bag) Has(stem string) bool { return b.stems[stem] }

// parts returns how well a compound is found by its parts: all of them say what it says
// (the Akte der Jugendhilfe is the Jugendhilfe-Akte), the last one only of what kind it is.
func (b Bag) parts(parts []string) float64 {
	n := len(parts)
	switch {
	case n == 0 || !b.stems[parts[n-1]]:
		return 0
	case slices.ContainsFunc(parts, func(p string) bool { return !b.stems[p] }):
		return heldByKind
	}
	return 1
}
