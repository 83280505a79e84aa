package lexical

import (
	"cmp"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// analysis is what an entry brings into the index. Keys are unique and sorted,
// so that two indexes of the same documents are the same.
type analysis struct {
	words                  []counted[string]
	grams                  []counted[german.Gram]
	wordLength, gramLength int32
	surfaces               map[string]string // a spelling for each stem
}

type counted[K cmp.Ordered] struct {
	key K
	n   int32
}

func analyse(e Entry, p Params) analysis {
	var words []counted[string]
	var grams []counted[german.Gram]
	a := analysis{surfaces: make(map[string]string)}
	add := func(text string, weight int32) {
		var buffer []german.Gram
		all := german.Words(text)
		spellings(a.surfaces, text, all)
		for _, w := range all {
			if w.Stop {
				continue
			}
			words = append(words, counted[string]{w.Stem, weight})
			a.wordLength += weight
			for _, part := range w.Parts {
				words = append(words, counted[string]{part, weight})
			}
			if w.Kind == german.Date || w.Kind == german.Paragraph {
				continue
			}
			buffer = german.Grams(buffer[:0], w.Form, p.GramSize)
			for _, g := range buffer {
				grams = append(grams, counted[german.Gram]{g, weight})
			}
			a.gramLength += weight * int32(len(buffer))
		}
	}
	if p.TitleWeight > 0 {
		add(e.Title, int32(p.TitleWeight))
	}
	if p.HeadingWeight > 0 {
		add(strings.Join(e.Headings, "\n\n"), int32(p.HeadingWeight))
	}
	add(e.Body, 1)
	a.words, a.grams = count(words), count(grams)
	return a
}

// count sums what stands under one key. It reorders its argument.
func count[K cmp.Ordered](list []counted[K]) []counted[K] {
	slices.SortFunc(list, func(a, b counted[K]) int { return cmp.Compare(a.key, b.key) })
	unique := 0
	for i, c := range list {
		if i > 0 && c.key == list[unique-1].key {
			list[unique-1].n += c.n
			continue
		}
		list[unique] = c
		unique++
	}
	return slices.Clone(list[:unique])
}
