package dialogue

import (
	"slices"
	"strings"
)

// lexicon files numbers under words, of which one may be given by how it begins
// ("akte*"), ends ("*akte") or what stands in it ("*akte*").
type lexicon struct{ whole, beginnings, ends, pieces map[string][]int }

func newLexicon() lexicon {
	return lexicon{map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string][]int{}}
}

// add files a number under a word.
func (l *lexicon) add(word string, number int) {
	stem, in := fold(strings.Trim(word, "*")), l.whole
	switch front, back := strings.HasPrefix(word, "*"), strings.HasSuffix(word, "*"); {
	case front && back:
		in = l.pieces
	case front:
		in = l.ends
	case back:
		in = l.beginnings
	}
	in[stem] = append(in[stem], number)
}

// longestFiled is how many bytes of a word are looked at from either end: no word
// in a lexicon is longer, and what people paste may be.
const longestFiled = 40

// of returns the numbers of a word's form, each once and in order.
func (l *lexicon) of(form string) []int {
	found := slices.Clone(l.whole[form])
	for n := 1; n <= min(len(form), longestFiled); n++ {
		found = append(found, l.beginnings[form[:n]]...)
		found = append(found, l.ends[form[len(form)-n:]]...)
		for from := 0; len(l.pieces) > 0 && from+n <= len(form); from++ {
			found = append(found, l.pieces[form[from:from+n]]...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
