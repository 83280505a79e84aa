package lexical

import (
	"cmp"
	"iter"

	"lvr.example/sprechstunde/retrieval/german"
)

// merge writes segments anew as one, without the passages of the documents
// gone. What leaves leaves physically: postings, statistics and spellings.
func merge(parts []*segment, gone map[int64]bool) *segment {
	merged := &segment{}
	numbers := make([][]int32, len(parts)) // of entries in the merged segment; -1: gone
	words, grams := make([]*field[string], len(parts)), make([]*field[german.Gram], len(parts))
	for i, s := range parts {
		numbers[i] = merged.takeEntries(s, gone)
		words[i], grams[i] = &s.words, &s.grams
	}
	var chosen []string
	for key, list := range mergeFields(words, numbers, func(part, key, posting int) {
		chosen = append(chosen, parts[part].spellings.at(key, posting))
	}) {
		merged.words.add(key, list)
		merged.spellings.add(chosen)
		chosen = chosen[:0]
	}
	for key, list := range mergeFields(grams, numbers, func(int, int, int) {}) {
		merged.grams.add(key, list)
	}
	merged.seal()
	return merged
}

// takeEntries appends the entries of a segment but for those of the documents
// gone, without what they hold, and returns their new numbers, -1 for gone.
func (s *segment) takeEntries(from *segment, gone map[int64]bool) []int32 {
	numbers := make([]int32, from.size())
	for i, document := range from.documents {
		if gone[document] {
			numbers[i] = -1
			continue
		}
		numbers[i] = int32(s.size())
		s.passages, s.documents = append(s.passages, from.passages[i]), append(s.documents, document)
		s.periods = append(s.periods, from.periods[i])
		s.words.lengths = append(s.words.lengths, from.words.lengths[i])
		s.grams.lengths = append(s.grams.lengths, from.grams.lengths[i])
	}
	return numbers
}

// mergeFields yields the keys of all parts in order, each with the postings
// that are left of it, if any, renumbered; the caller may not keep these. For
// each posting it calls kept before.
func mergeFields[K cmp.Ordered](parts []*field[K], numbers [][]int32, kept func(part, key, posting int)) iter.Seq2[K, []posting] {
	return func(yield func(K, []posting) bool) {
		at := make([]int, len(parts)) // the next key of each part
		var old, list []posting
		for {
			key, ok := smallest(parts, at)
			if !ok {
				return
			}
			list = list[:0]
			for i, f := range parts {
				if at[i] == len(f.keys) || f.keys[at[i]] != key {
					continue
				}
				old = f.list(at[i], old[:0])
				for j, p := range old {
					if n := numbers[i][p.entry]; n >= 0 {
						list = append(list, posting{uint16(n), p.count})
						kept(i, at[i], j)
					}
				}
				at[i]++
			}
			if len(list) > 0 && !yield(key, list) {
				return
			}
		}
	}
}

// smallest returns the smallest of the parts' next keys.
func smallest[K cmp.Ordered](parts []*field[K], at []int) (key K, ok bool) {
	for i, f := range parts {
		if at[i] < len(f.keys) && (!ok || f.keys[at[i]] < key) {
			key, ok = f.keys[at[i]], true
		}
	}
	return key, ok
}
