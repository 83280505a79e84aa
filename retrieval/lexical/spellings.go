package lexical

import (
	"math/bits"
	"slices"
)

// spellings holds how documents write the words of a field of stems: for each
// stem the spellings in use, the preferred one first, and for each posting which
// of them stands there. So a spelling leaves with the last passage that has it.
type spellings struct {
	texts   []string // for each key in turn, sorted by shorter; "": none that a question could take
	starts  []uint32 // of each key's texts; one more at the end
	offsets []uint32 // of each key's packed choices
	packed  []byte
}

// add appends the spelling at each posting of the next key.
func (s *spellings) add(chosen []string) {
	first := len(s.texts)
	for _, text := range chosen {
		if !slices.Contains(s.texts[first:], text) {
			s.texts = append(s.texts, text)
		}
	}
	own := s.texts[first:]
	slices.SortFunc(own, preferred)
	s.starts = append(s.starts, uint32(first))
	s.offsets = append(s.offsets, uint32(len(s.packed)))
	out := packer{bytes: s.packed}
	for _, text := range chosen {
		out.add(uint64(slices.Index(own, text)), choiceWidth(len(own)))
	}
	s.packed = out.finish()
}

// best returns the preferred spelling of the key at a place; "": none.
func (s *spellings) best(key int) string { return s.texts[s.starts[key]] }

// all returns the spellings in use of the key at a place, the preferred one first.
func (s *spellings) all(key int) []string { return s.texts[s.starts[key]:s.starts[key+1]] }

// at returns the spelling at a posting of a key.
func (s *spellings) at(key, posting int) string {
	own := s.texts[s.starts[key]:s.starts[key+1]]
	width := choiceWidth(len(own))
	bit := uint64(s.offsets[key])*8 + uint64(posting)*uint64(width)
	return own[packedAt(s.packed, bit)&(1<<width-1)]
}

func choiceWidth(choices int) uint8 { return uint8(bits.Len(uint(choices - 1))) }

func (s *spellings) seal() {
	s.starts = append(s.starts, uint32(len(s.texts)))
	s.packed = append(s.packed, make([]byte, padding)...)
	s.texts, s.starts = slices.Clip(slices.Clone(s.texts)), slices.Clip(slices.Clone(s.starts))
	s.offsets, s.packed = slices.Clip(slices.Clone(s.offsets)), slices.Clip(slices.Clone(s.packed))
	intern(s.texts)
}

// preferred orders the spellings of a stem as shorter does, no spelling last.
func preferred(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return shorter(a, b)
}
