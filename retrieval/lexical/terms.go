package lexical

import (
	"cmp"
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// term is a key of a question that readable passages hold, rated.
type term struct {
	scaled     float64 // weight times idf, as saturation takes it
	saturation *saturation
	holders    int
	lists      []list // one for each readable segment
}

// list is the postings of a key in one segment; without blocks: none.
type list struct {
	blocks  []block
	packed  []byte
	lengths []int32
}

// rate returns the terms of a question, those first that say least for what
// they cost: little weight, many postings.
func rate(q query, segments []*segment, p Params) []term {
	st := statsOf(segments)
	words, grams := newSaturation(p.K1, p.B, st.averageWords), newSaturation(p.GramK1, p.GramB, st.averageGrams)
	var terms []term
	terms = appendTerms(terms, q.words, segments, st.passages, &words, func(s *segment) *field[string] { return &s.words })
	terms = appendTerms(terms, q.grams, segments, st.passages, &grams, func(s *segment) *field[german.Gram] { return &s.grams })
	slices.SortStableFunc(terms, func(a, b term) int {
		return cmp.Compare(a.scaled/float64(a.holders), b.scaled/float64(b.holders))
	})
	return terms
}

func appendTerms[K cmp.Ordered](terms []term, keys []weighted[K], segments []*segment, passages int, s *saturation,
	fieldOf func(*segment) *field[K],
) []term {
	for _, k := range keys {
		t := term{saturation: s, lists: make([]list, len(segments))}
		for i, segment := range segments {
			f := fieldOf(segment)
			if at, ok := f.find(k.key); ok {
				t.lists[i] = list{f.blocksOf(at), f.packed, f.lengths}
				t.holders += f.holders(at)
			}
		}
		if t.holders > 0 {
			t.scaled = s.scale(k.weight * idf(passages, t.holders))
			terms = append(terms, t)
		}
	}
	return terms
}
