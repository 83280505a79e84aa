package lexical

import (
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// query is a question as the index looks for it: each key once, in the order
// of the question, with its weight.
type query struct {
	words []weighted[string]
	grams []weighted[german.Gram]
}

type weighted[K comparable] struct {
	key    K
	weight float64
}

// ask analyses a question, as it was typed and as the documents spell it; both
// may be the same.
func ask(question retrieval.Wording, p Params) query {
	words, grams := newBag[string](), newBag[german.Gram]()
	askFor(words, grams, question.Typed, p)
	if question.Spelled != question.Typed {
		askFor(words, grams, question.Spelled, p)
	}
	return query{words.list, grams.list}
}

// askFor adds the keys of one wording of a question.
func askFor(words *bag[string], grams *bag[german.Gram], text string, p Params) {
	all := german.Words(text)
	expansions := p.Synonyms.Expand(all)
	content := german.Content(all)
	if len(content) > p.MaxWords {
		content = content[:p.MaxWords]
	}
	for i, w := range content {
		words.add(w.Stem, 1)
		for _, part := range w.Parts {
			words.add(part, p.PartWeight)
		}
		if i > 0 && joinable(content[i-1], w) {
			words.add(german.Stem(content[i-1].Form+w.Form), p.JoinWeight)
		}
		addGrams(grams, w, p.GramWeight, p)
	}
	for _, e := range expansions {
		for _, w := range e.Words {
			words.add(w.Stem, p.SynonymWeight)
			addGrams(grams, w, p.SynonymWeight*p.GramWeight, p)
		}
	}
}

func addGrams(grams *bag[german.Gram], w german.Word, weight float64, p Params) {
	if w.Kind == german.Date || w.Kind == german.Paragraph {
		return
	}
	for _, g := range german.Grams(nil, w.Form, p.GramSize) {
		grams.add(g, weight)
	}
}

func joinable(a, b german.Word) bool {
	return a.Kind == german.Plain && b.Kind == german.Plain
}

// bag collects keys once each, with the largest weight, in order of arrival.
type bag[K comparable] struct {
	list []weighted[K]
	at   map[K]int
}

func newBag[K comparable]() *bag[K] { return &bag[K]{at: make(map[K]int)} }

func (b *bag[K]) add(key K, weight float64) {
	if i, ok := b.at[key]; ok {
		b.list[i].weight = max(b.list[i].weight, weight)
		return
	}
	b.at[key] = len(b.list)
	b.list = append(b.list, weighted[K]{key, weight})
}
