package lexical

import (
	"encoding/binary"
	"iter"
)

// postings lists the entries that hold a term, in order, with a count each:
// the distance to the entry before, shifted left by one, as a varint; its low
// bit says that a count other than 1 follows. Mostly one or two bytes an entry.
type postings struct {
	bytes []byte
	last  int32 // entry added last
	n     int32 // entries
}

// add appends an entry; entries come in ascending order.
func (p *postings) add(entry, count int32) {
	delta := entry
	if p.n > 0 {
		delta -= p.last
	}
	if count == 1 {
		p.bytes = binary.AppendUvarint(p.bytes, uint64(delta)<<1)
	} else {
		p.bytes = binary.AppendUvarint(p.bytes, uint64(delta)<<1|1)
		p.bytes = binary.AppendUvarint(p.bytes, uint64(count))
	}
	p.last = entry
	p.n++
}

// all yields entries and counts in order.
func (p postings) all() iter.Seq2[int32, int32] {
	return func(yield func(int32, int32) bool) {
		entry := int32(0)
		for rest := p.bytes; len(rest) > 0; {
			head, size := uvarint(rest)
			rest = rest[size:]
			count := int32(1)
			if head&1 == 1 {
				n, size := uvarint(rest)
				rest = rest[size:]
				count = int32(n)
			}
			entry += int32(head >> 1)
			if !yield(entry, count) {
				return
			}
		}
	}
}

// uvarint is binary.Uvarint with the one-byte case inlined.
func uvarint(b []byte) (value uint64, size int) {
	if b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}
