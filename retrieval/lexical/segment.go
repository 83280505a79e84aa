package lexical

import (
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// segmentSize is how many entries a segment holds at most: their numbers fit
// sixteen bits, and writing one anew, as a document leaves, takes a fraction of
// a second however large its collection is.
const segmentSize = 1 << 16

// segment holds some passages of one collection; immutable once in a state.
// Within it an entry is known by its number.
type segment struct {
	passages, documents []int64
	periods             []retrieval.Validity
	words               field[string]
	grams               field[german.Gram]
	spellings           spellings // of the words' keys
}

func (s *segment) size() int { return len(s.passages) }

// holds reports whether the segment has a passage of one of the documents,
// those of one document being neighbours mostly.
func (s *segment) holds(documents map[int64]bool) bool {
	if len(documents) == 0 {
		return false
	}
	before := int64(-1)
	for _, id := range s.documents {
		if id != before && documents[id] {
			return true
		}
		before = id
	}
	return false
}

// seal ends a segment to which everything was added.
func (s *segment) seal() {
	s.words.seal()
	s.grams.seal()
	s.spellings.seal()
	intern(s.words.keys)
}

// intern moves strings into one piece of memory: they no longer keep the texts
// that they were cut from, and cost no allocation each.
func intern(list []string) {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s)
	}
	rest := b.String()
	for i, s := range list {
		list[i], rest = rest[:len(s)], rest[len(s):]
	}
}
