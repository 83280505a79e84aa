package desk

import (
	"context"
	"math"

	"lvr.example/sprechstunde/retrieval/german"
)

// words is likeness by words alone: how much of what two questions say is the same,
// where a word that stands in many questions counts little.
type words struct{}

// sameWords is from which likeness on two questions are the same one. Measured on
// alike.txt.
const sameWords = 0.5

// Most returns the most alike of the others.
func (words) Most(_ context.Context, question string, others []string) (int, error) {
	bags := make([]map[string]bool, len(others))
	often := map[string]int{}
	for i, other := range others {
		bags[i] = stems(other)
		for stem := range bags[i] {
			often[stem]++
		}
	}
	asked := stems(question)
	best, most := -1, sameWords
	for i, bag := range bags {
		if like := overlap(asked, bag, often, len(others)); like >= most {
			best, most = i, like
		}
	}
	return best, nil
}

// everywhere are words that stand in nearly every question of such a house.
var everywhere = map[string]bool{"ki": true, "kim": true, "nutzen": true, "benutzen": true, "verwenden": true, "erlaubt": true}

func stems(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range german.Content(german.Words(text)) {
		if !everywhere[w.Form] {
			set[w.Stem] = true
		}
	}
	return set
}

// overlap is the weight of the words that two questions share, of that of all their
// words.
func overlap(a, b map[string]bool, often map[string]int, n int) float64 {
	var both, all float64
	for stem := range a {
		weight := rare(often[stem], n)
		all += weight
		if b[stem] {
			both += weight
		}
	}
	for stem := range b {
		if !a[stem] {
			all += rare(often[stem], n)
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}

// rare is how much a word counts that stands in so many of n questions: one that stands
// in none of them as much as one that stands in one.
func rare(often, n int) float64 { return math.Log(1 + float64(n+1)/float64(max(often, 1)+1)) }
