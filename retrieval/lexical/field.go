package lexical

import (
	"cmp"
	"slices"
)

// field is one of the two indexes of a segment, that of words or that of
// n-grams: for each key the blocks of its postings.
type field[K cmp.Ordered] struct {
	keys    []K      // sorted
	starts  []uint32 // of each key's blocks; one more at the end
	blocks  []block
	packed  []byte
	lengths []int32 // of the segment's entries in this field, field weights counted in
	total   int64   // of lengths
}

// find returns the place of a key.
func (f *field[K]) find(key K) (at int, ok bool) { return slices.BinarySearch(f.keys, key) }

// blocksOf returns the blocks of the key at a place.
func (f *field[K]) blocksOf(at int) []block { return f.blocks[f.starts[at]:f.starts[at+1]] }

// holders returns how many entries hold the key at a place.
func (f *field[K]) holders(at int) int {
	blocks := f.blocksOf(at)
	return (len(blocks)-1)*blockSize + int(blocks[len(blocks)-1].n) // only the last one is not full
}

// list returns all postings of the key at a place, appended to dst.
func (f *field[K]) list(at int, dst []posting) []posting {
	var room [blockSize]posting
	for _, b := range f.blocksOf(at) {
		dst = append(dst, b.unpack(f.packed, &room)...)
	}
	return dst
}

// add appends a key with its postings, which are not empty; keys come in
// ascending order, after all lengths are known.
func (f *field[K]) add(key K, list []posting) {
	f.keys = append(f.keys, key)
	f.starts = append(f.starts, uint32(len(f.blocks)))
	for part := range slices.Chunk(list, blockSize) {
		var b block
		f.packed, b = appendBlock(f.packed, part, f.lengths)
		f.blocks = append(f.blocks, b)
	}
}

// seal ends a field to which keys were added.
func (f *field[K]) seal() {
	f.starts = append(f.starts, uint32(len(f.blocks)))
	f.packed = append(f.packed, make([]byte, padding)...)
	for _, n := range f.lengths {
		f.total += int64(n)
	}
	f.keys, f.starts = slices.Clip(slices.Clone(f.keys)), slices.Clip(slices.Clone(f.starts))
	f.blocks, f.packed = slices.Clip(slices.Clone(f.blocks)), slices.Clip(slices.Clone(f.packed))
}
