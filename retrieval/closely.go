package retrieval

import (
	"lvr.example/sprechstunde/retrieval/german"
)

// closeness is what the words of a question and one passage have to do with
// each other, seen closely.
type closeness struct {
	whole    float64   // share of the question's words, by rarity, in passage, title and headings
	together float64   // the same within the best two neighbouring sentences
	asked    bool      // those sentences hold a value of the kind asked for
	held     []float64 // how well each word is found in the passage
}

// lookClosely compares a question with a passage.
func lookClosely(asked Asked, words []wanted, h Hit) closeness {
	around := german.NewBag(append([]string{h.Document.Title}, h.Passage.Headings...)...)
	spans := german.Sentences(h.Passage.Text)
	sentences := make([]german.Bag, len(spans))
	for i, span := range spans {
		sentences[i] = german.NewBag(span.Of(h.Passage.Text))
	}
	c := closeness{held: make([]float64, len(words))}
	sum, best := 0.0, -1.0
	for k, w := range words {
		sum += w.rarity
		c.held[k] = w.in(around)
		for _, s := range sentences {
			c.held[k] = max(c.held[k], w.in(s))
		}
		c.whole += w.rarity * c.held[k]
	}
	c.whole /= sum
	for i := range sentences {
		next := min(i+1, len(sentences)-1)
		share := 0.0
		for _, w := range words {
			held := max(w.in(sentences[i]), w.in(sentences[next]), 0.5*w.in(around))
			share += w.rarity * held
		}
		share /= sum
		has := asked.Holds(h.Passage.Text[spans[i].Start:spans[next].End])
		rated := share
		if has {
			rated += 0.05
		}
		if rated > best {
			best, c.together, c.asked = rated, share, has
		}
	}
	return c
}
