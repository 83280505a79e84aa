package extracttest

import (
	"encoding/binary"
	"image"
)

// ByteOrder is that of a TIFF file.
type ByteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// Scan writes pages as a scanner at 200 dpi that does not compress does, in strips of
// 64 rows, each page followed by a small picture of it and naming the person who
// scanned it.
func Scan(order ByteOrder, pages ...*image.Gray) []byte {
	out := []byte("II*\x00\x00\x00\x00\x00")
	if order.Uint16([]byte{0, 1}) == 1 {
		out = []byte("MM\x00*\x00\x00\x00\x00")
	}
	linkAt := 4 // where the place of the next directory is to stand
	add := func(page *image.Gray, kind uint32) {
		directory := order.AppendUint16(nil, 0)
		count := uint16(0)
		field := func(tag, kind uint16, n int, value []byte) {
			count++
			directory = order.AppendUint16(directory, tag)
			directory = order.AppendUint16(directory, kind)
			directory = order.AppendUint32(directory, uint32(n))
			if len(value) > 4 {
				at := len(out)
				out = append(out, value...)
				value = order.AppendUint32(nil, uint32(at))
			}
			directory = append(append(directory, value...), make([]byte, 4-len(value))...)
		}
		long := func(n int) []byte { return order.AppendUint32(nil, uint32(n)) }
		short := func(n int) []byte { return order.AppendUint16(nil, uint16(n)) }
		size := page.Bounds().Size()
		const rows = 64
		var offsets, lengths []byte
		for top := 0; top < size.Y; top += rows {
			strip := page.Pix[top*page.Stride : min(top+rows, size.Y)*page.Stride]
			offsets, lengths = append(offsets, long(len(out))...), append(lengths, long(len(strip))...)
			out = append(out, strip...)
		}
		resolution := append(long(200), long(1)...)
		field(254, 4, 1, order.AppendUint32(nil, kind))
		field(256, 4, 1, long(size.X))
		field(257, 4, 1, long(size.Y))
		field(258, 3, 1, short(8))
		field(259, 3, 1, short(1)) // not compressed
		field(262, 3, 1, short(1)) // black is 0
		field(273, 4, len(offsets)/4, offsets)
		field(277, 3, 1, short(1))
		field(278, 3, 1, short(rows))
		field(279, 4, len(lengths)/4, lengths)
		field(282, 5, 1, resolution)
		field(283, 5, 1, resolution)
		field(296, 3, 1, short(2)) // per inch
		field(315, 2, 13, []byte("Erika Muster\x00"))
		order.PutUint16(directory, count)
		order.PutUint32(out[linkAt:], uint32(len(out)))
		linkAt = len(out) + len(directory)
		out = append(append(out, directory...), 0, 0, 0, 0)
	}
	for _, page := range pages {
		const whole, smaller = 2, 1
		add(page, whole)
		add(image.NewGray(image.Rect(0, 0, 8, 8)), smaller)
	}
	return out
}
