package lexical

import (
	"cmp"
	"math"
	"slices"

	"lvr.example/sprechstunde/retrieval/german"
)

// builder inverts entries in memory into a segment.
type builder struct {
	params  Params
	segment *segment
	words   collector[string]
	grams   collector[german.Gram]
	forms   map[string][]int32 // for a word's form the places of its n-grams
}

func newBuilder(p Params) *builder {
	return &builder{
		params: p, segment: &segment{},
		words: collector[string]{at: make(map[string]int32)},
		grams: collector[german.Gram]{at: make(map[german.Gram]int32)},
		forms: make(map[string][]int32),
	}
}

// gramsOf returns the places of the n-grams of a word's form.
func (b *builder) gramsOf(form string) []int32 {
	places, ok := b.forms[form]
	if !ok {
		for _, g := range german.Grams(nil, form, b.params.GramSize) {
			places = append(places, b.grams.place(g))
		}
		b.forms[form] = places
	}
	return places
}

// finish returns the segment of what was added.
func (b *builder) finish() *segment {
	s := b.segment
	for _, at := range b.words.sorted() {
		s.words.add(b.words.keys[at], b.words.lists[at].postings)
		s.spellings.add(b.words.lists[at].spellings)
	}
	for _, at := range b.grams.sorted() {
		s.grams.add(b.grams.keys[at], b.grams.lists[at].postings)
	}
	s.seal()
	return s
}

// collector gathers the postings of each key, keys in order of arrival.
type collector[K cmp.Ordered] struct {
	at    map[K]int32
	keys  []K
	lists []collected
}

type collected struct {
	postings  []posting
	spellings []string // beside postings; of words only
}

// place returns where a key's postings are gathered.
func (c *collector[K]) place(key K) int32 {
	at, ok := c.at[key]
	if !ok {
		at = int32(len(c.keys))
		c.at[key] = at
		c.keys = append(c.keys, key)
		c.lists = append(c.lists, collected{})
	}
	return at
}

// count adds to the count of a key in the newest entry.
func (l *collected) count(entry uint16, n int) {
	last := len(l.postings) - 1
	if last < 0 || l.postings[last].entry != entry {
		l.postings = append(l.postings, posting{entry, 0})
		last++
	}
	p := &l.postings[last]
	p.count = uint16(min(int(p.count)+n, math.MaxUint16))
}

// spell notes how the newest entry spells a word; "": in no way of its own.
func (l *collected) spell(word string) {
	last := len(l.postings) - 1
	if last == len(l.spellings) {
		l.spellings = append(l.spellings, word)
	} else if preferred(word, l.spellings[last]) < 0 {
		l.spellings[last] = word
	}
}

// sorted returns the places of all keys that have postings in the order of keys.
func (c *collector[K]) sorted() []int32 {
	places := make([]int32, 0, len(c.keys))
	for i, l := range c.lists {
		if len(l.postings) > 0 {
			places = append(places, int32(i))
		}
	}
	slices.SortFunc(places, func(a, b int32) int { return cmp.Compare(c.keys[a], c.keys[b]) })
	return places
}
