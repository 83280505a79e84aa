// Package tiff takes TIFF files of scanners apart into their pages, as readers of
// pictures look at the first one only. It knows directories and where the pieces of a
// picture lie (TIFF 6.0, section 2), and neither decodes pictures nor changes them.
package tiff

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// most is the number of directories that are followed, whatever a file claims.
const most = 10_000

// Is recognises the format by its byte order and number.
func Is(head []byte) bool {
	return bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*"))
}

// Count returns the number of pages, as far as their directories can be followed.
func Count(data []byte) (pages int) {
	for range directories(data) {
		pages++
	}
	return pages
}

// Pages gives each page as a file of its own, with what is needed to see it and
// nothing else that the file says; nil for one whose pieces do not lie in the file.
func Pages(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for d := range directories(data) {
			if !yield(d.alone()) {
				return
			}
		}
	}
}

// directory is what the file says of one page.
type directory struct {
	data   []byte // the whole file
	order  byteOrder
	fields []field
}

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// field is one value, or a list of them.
type field struct {
	tag, kind uint16
	count     uint32
	value     []byte // count values of the kind
}

// Fields that are looked at or left out.
const (
	newSubfileType  = 254
	stripOffsets    = 273
	stripByteCounts = 279
	tileOffsets     = 324
	tileByteCounts  = 325
)

// shown are the fields that say how a page looks.
var shown = map[uint16]bool{
	256: true, 257: true, 258: true, 259: true, 262: true, 266: true, // width, length, bits, compression, colours, order of bits
	stripOffsets: true, 274: true, 277: true, 278: true, stripByteCounts: true, // which way is up, samples, rows
	280: true, 281: true, 282: true, 283: true, 284: true, 292: true, 293: true, 296: true, // range, resolution, planes, fax
	317: true, 320: true, 322: true, 323: true, tileOffsets: true, tileByteCounts: true, // predictor, palette, tiles
	338: true, 339: true, 347: true, 529: true, 530: true, 531: true, 532: true, // further samples, JPEG, YCbCr
}

// sizes are those of one value of a kind in bytes.
var sizes = [...]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

// directories follows the chain from page to page. Small pictures of a page and masks
// are none.
func directories(data []byte) iter.Seq[directory] {
	return func(yield func(directory) bool) {
		if !Is(data) || len(data) < 8 {
			return
		}
		d := directory{data: data, order: binary.LittleEndian}
		if data[0] == 'M' {
			d.order = binary.BigEndian
		}
		seen := map[int64]bool{}
		read := 0 // bytes of directories, which do not overlap
		for at := int64(d.order.Uint32(data[4:])); at != 0 && !seen[at] && len(seen) < most && read < len(data); {
			seen[at] = true
			length, next, found := d.readAt(at)
			if !found {
				return
			}
			read += length
			if d.isPage() && !yield(d) {
				return
			}
			at = next
		}
	}
}

// readAt reads the fields of a directory and says how long it is and where the next
// one is.
func (d *directory) readAt(at int64) (length int, next int64, found bool) {
	const entry = 12
	if at+2 > int64(len(d.data)) {
		return 0, 0, false
	}
	end := at + 2 + entry*int64(d.order.Uint16(d.data[at:]))
	if end+4 > int64(len(d.data)) {
		return 0, 0, false
	}
	d.fields = nil
	values := 0 // bytes, of which there are no more than in the file
	for i := at + 2; i < end; i += entry {
		if f, sound := d.fieldAt(d.data[i : i+entry]); sound && values+len(f.value) <= len(d.data) {
			d.fields = append(d.fields, f)
			values += len(f.value)
		}
	}
	return int(end - at), int64(d.order.Uint32(d.data[end:])), true
}

// fieldAt reads one; its value stands in the entry if it fits there.
func (d *directory) fieldAt(entry []byte) (f field, sound bool) {
	f = field{tag: d.order.Uint16(entry), kind: d.order.Uint16(entry[2:]), count: d.order.Uint32(entry[4:])}
	if !shown[f.tag] && f.tag != newSubfileType || int(f.kind) >= len(sizes) || f.count == 0 {
		return f, false
	}
	size := sizes[f.kind] * int64(f.count)
	if f.value = entry[8:12]; size <= 4 {
		f.value = f.value[:size]
		return f, size > 0
	}
	at := int64(d.order.Uint32(f.value))
	if size == 0 || at+size > int64(len(d.data)) {
		return f, false
	}
	f.value = d.data[at : at+size]
	return f, true
}

// isPage reports whether it is neither a smaller version of a picture nor its mask.
func (d *directory) isPage() bool {
	kind := d.numbers(newSubfileType)
	const smaller, mask = 1, 4
	return len(kind) == 0 || kind[0]&(smaller|mask) == 0
}

// Kinds of whole numbers, of two and four bytes.
const (
	short = 3
	long  = 4
)

// numbers returns the values of a field of whole numbers; nil: there is none.
func (d *directory) numbers(tag uint16) (all []uint32) {
	for _, f := range d.fields {
		if f.tag != tag {
			continue
		}
		for v := f.value; f.kind == long && len(v) > 0; v = v[4:] {
			all = append(all, d.order.Uint32(v))
		}
		for v := f.value; f.kind == short && len(v) > 0; v = v[2:] {
			all = append(all, uint32(d.order.Uint16(v)))
		}
	}
	return all
}

// alone writes the page as a file; nil: its pieces do not lie in this one.
func (d *directory) alone() []byte {
	offsets, lengths := uint16(stripOffsets), uint16(stripByteCounts)
	if d.numbers(tileOffsets) != nil {
		offsets, lengths = tileOffsets, tileByteCounts
	}
	pieces, found := d.pieces(d.numbers(offsets), d.numbers(lengths))
	if !found {
		return nil
	}
	return d.write(offsets, pieces)
}

// pieces cuts the picture's bytes out of the file.
func (d *directory) pieces(offsets, lengths []uint32) (all [][]byte, found bool) {
	left := int64(len(d.data)) // pieces that overlap make no page longer than its file
	for i, at := range offsets {
		if i >= len(lengths) {
			return nil, false
		}
		end := int64(at) + int64(lengths[i])
		if left -= int64(lengths[i]); end > int64(len(d.data)) || left < 0 {
			return nil, false
		}
		all = append(all, d.data[at:end])
	}
	return all, len(all) > 0
}

// write puts a file together: head, pieces, values that do not fit in the directory,
// and the directory.
func (d *directory) write(offsets uint16, pieces [][]byte) []byte {
	out := append(make([]byte, 0, len(d.data)/2), d.data[:8]...)
	place := func(what []byte) (at []byte) {
		if len(out)%2 == 1 {
			out = append(out, 0)
		}
		at = d.order.AppendUint32(nil, uint32(len(out))) // pieces are as long as the file at most
		out = append(out, what...)
		return at
	}
	var starts []byte
	for _, piece := range pieces {
		starts = append(starts, place(piece)...)
	}
	list := d.order.AppendUint16(nil, uint16(len(d.fields)))
	for _, f := range d.fields {
		if f.tag == offsets {
			f = field{tag: f.tag, kind: long, count: uint32(len(pieces)), value: starts}
		}
		list = d.order.AppendUint16(list, f.tag)
		list = d.order.AppendUint16(list, f.kind)
		list = d.order.AppendUint32(list, f.count)
		if len(f.value) > 4 {
			f.value = place(f.value)
		}
		list = append(list, f.value...)
		list = append(list, make([]byte, 4-len(f.value))...)
	}
	list = append(list, 0, 0, 0, 0) // no next page
	copy(out[4:8], place(list))
	return out
}
