package retrieval

import (
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// disagree reports whether two of the first hits, from different documents of
// equal rank, say nearly the same sentence with different figures or dates,
// and the sentence bears on the question.
func disagree(words []wanted, hits []Hit) bool {
	claims := make([][]claim, min(judged, len(hits)))
	for i := range claims {
		claims[i] = claimsOf(words, hits[i].Passage.Text)
		for k := range i {
			if hits[i].Document.ID == hits[k].Document.ID || hits[i].Document.Rank != hits[k].Document.Rank {
				continue
			}
			if anyContradiction(claims[i], claims[k]) {
				return true
			}
		}
	}
	return false
}

// claim is a sentence with its figures taken out.
type claim struct {
	stems   map[string]bool
	figures []string // sorted
}

// claimsOf returns the sentences that hold figures and half of the question.
func claimsOf(words []wanted, text string) []claim {
	var claims []claim
	for _, span := range german.Sentences(text) {
		sentence := span.Of(text)
		c := claim{stems: make(map[string]bool)}
		for _, w := range german.Words(sentence) {
			switch {
			case w.Kind == german.Number || w.Kind == german.Date:
				c.figures = append(c.figures, w.Stem)
			case !w.Stop:
				c.stems[w.Stem] = true
			}
		}
		if len(c.figures) == 0 || len(c.stems) < 2 || coverage(words, german.NewBag(sentence)) < 0.5 {
			continue
		}
		slices.Sort(c.figures)
		claims = append(claims, c)
	}
	return claims
}

func anyContradiction(a, b []claim) bool {
	for _, x := range a {
		for _, y := range b {
			if sameWords(x.stems, y.stems) >= 0.7 && len(x.figures) == len(y.figures) && !slices.Equal(x.figures, y.figures) {
				return true
			}
		}
	}
	return false
}

// sameWords is the share of words that two sentences have in common.
func sameWords(a, b map[string]bool) float64 {
	common := 0
	for stem := range a {
		if b[stem] {
			common++
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
