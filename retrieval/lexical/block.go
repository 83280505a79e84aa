package lexical

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// posting says that an entry holds a key so many times, field weights counted
// in. Both fit sixteen bits: a segment holds no more entries, and a larger
// count would not move a score.
type posting struct{ entry, count uint16 }

// blockSize is how many postings are packed together, as in Lucene and in Ding
// and Suel (Faster Top-k Document Retrieval Using Block-Max Indexes, SIGIR 2011).
const blockSize = 128

// block heads up to blockSize postings of one key, packed in as few bits as its
// largest distance and its largest count need, and bounds what they can score.
type block struct {
	offset      uint32 // of the packed postings in the field's bytes
	first, last uint16 // entries
	most        uint16 // largest count
	leanest     uint16 // smallest length per count, rounded down
	n           uint8
	width       uint8 // bits of a posting
	countWidth  uint8 // of these, the low ones, for the count less one
}

// appendBlock packs postings, in ascending order of entries, behind what is
// packed already. lengths are those of the segment's entries.
func appendBlock(packed []byte, list []posting, lengths []int32) ([]byte, block) {
	b := block{
		offset: uint32(len(packed)), first: list[0].entry, last: list[len(list)-1].entry,
		leanest: math.MaxUint16, n: uint8(len(list)),
	}
	var distance uint16
	before := b.first
	for _, p := range list[1:] {
		distance = max(distance, p.entry-before-1)
		before = p.entry
	}
	for _, p := range list {
		b.most = max(b.most, p.count)
		b.leanest = uint16(min(int32(b.leanest), lengths[p.entry]/int32(p.count)))
	}
	b.countWidth = uint8(bits.Len16(b.most - 1))
	b.width = b.countWidth + uint8(bits.Len16(distance))
	out := packer{bytes: packed}
	before = b.first - 1 // wraps around for entry 0, and back in unpack
	for _, p := range list {
		out.add(uint64(p.entry-before-1)<<b.countWidth|uint64(p.count-1), b.width)
		before = p.entry
	}
	return out.finish(), b
}

// unpack writes the postings of a block and returns them.
func (b *block) unpack(packed []byte, into *[blockSize]posting) []posting {
	list := into[:b.n]
	bit, width := uint64(b.offset)*8, uint64(b.width)
	countWidth := b.countWidth & 31
	mask, countMask := uint64(1)<<width-1, uint64(1)<<countWidth-1
	entry := b.first - 1
	for i := range list {
		v := packedAt(packed, bit) & mask
		bit += width
		entry += uint16(v>>countWidth) + 1
		list[i] = posting{entry, uint16(v&countMask) + 1}
	}
	return list
}

// packer appends numbers of a few bits each to bytes, low bits first.
type packer struct {
	bytes []byte
	held  uint64
	bits  uint8
}

// add appends the low bits of v, at most 32, the others being 0.
func (p *packer) add(v uint64, width uint8) {
	p.held |= v << p.bits
	for p.bits += width; p.bits >= 8; p.bits -= 8 {
		p.bytes = append(p.bytes, byte(p.held))
		p.held >>= 8
	}
}

// finish returns the bytes, the last one filled up with zeroes.
func (p *packer) finish() []byte {
	if p.bits > 0 {
		p.bytes = append(p.bytes, byte(p.held))
	}
	return p.bytes
}

// padding must stand behind packed numbers, so that packedAt may read on.
const padding = 8

// packedAt returns the bits from the given one on, at least 57 of them.
func packedAt(packed []byte, bit uint64) uint64 {
	return binary.LittleEndian.Uint64(packed[bit>>3:]) >> (bit & 7)
}
