package attachment

import (
	"bytes"
	"encoding/binary"
)

// segment is one part of a JPEG before its picture.
type segment struct {
	marker byte
	body   []byte // without marker and length
	whole  []byte
}

// segments are the parts of a JPEG before its first scan, and where that begins; nil:
// it is none.
func segments(jpeg []byte) (all []segment, scan int) {
	if !bytes.HasPrefix(jpeg, []byte{0xff, 0xd8}) {
		return nil, 0
	}
	const head, startOfScan = 4, 0xda
	for at := 2; at+head <= len(jpeg) && jpeg[at] == 0xff; {
		length := int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if jpeg[at+1] == startOfScan {
			return all, at
		}
		if length < 2 || at+2+length > len(jpeg) {
			return nil, 0
		}
		all = append(all, segment{jpeg[at+1], jpeg[at+head : at+2+length], jpeg[at : at+2+length]})
		at += 2 + length
	}
	return nil, 0
}

const (
	app0, app1, app14, app15 = 0xe0, 0xe1, 0xee, 0xef
	comment                  = 0xfe
)

// bare is a JPEG without what its segments say besides the picture, and what stands
// behind it; one that cannot be read is returned as it is, and false.
func bare(jpeg []byte) ([]byte, bool) {
	all, scan := segments(jpeg)
	end := endOfPicture(jpeg, scan)
	if scan == 0 || end == 0 {
		return jpeg, false
	}
	out := append([]byte{}, jpeg[:2]...)
	for _, s := range all {
		if s.marker == comment || s.marker >= app0 && s.marker <= app15 && s.marker != app0 && s.marker != app14 {
			continue
		}
		out = append(out, s.whole...)
	}
	return append(out, jpeg[scan:end]...), true
}

// endOfPicture is where a JPEG ends whose first scan begins at a place; 0: nowhere.
func endOfPicture(jpeg []byte, scan int) int {
	const endOfImage, restart0, restart7 = 0xd9, 0xd0, 0xd7
	for at := scan; at+1 < len(jpeg); {
		marker := jpeg[at+1]
		switch {
		case jpeg[at] != 0xff || marker == 0 || marker >= restart0 && marker <= restart7:
			at++ // of the picture
		case marker == 0xff:
			at++
		case marker == endOfImage:
			return at + 2
		case at+4 > len(jpeg):
			return 0
		default:
			at += 2 + int(binary.BigEndian.Uint16(jpeg[at+2:]))
		}
	}
	return 0
}

// orientation reads how a camera was held out of a JPEG's Exif: 1 to 8; 0: it says
// nothing that can be read.
func orientation(jpeg []byte) int {
	all, _ := segments(jpeg)
	for _, s := range all {
		if tiff, ok := bytes.CutPrefix(s.body, []byte("Exif\x00\x00")); ok && s.marker == app1 {
			return orientationOf(tiff)
		}
	}
	return 0
}

// orientationOf reads it out of the first directory of a TIFF: entries of twelve bytes,
// by tag, kind, count and value.
func orientationOf(tiff []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	const header, entry, tag, short = 8, 12, 0x0112, 3
	if len(tiff) < header {
		return 0
	}
	if bytes.HasPrefix(tiff, []byte("MM")) {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	directory := tiff[at:]
	count := int(order.Uint16(directory))
	for i := range count {
		from := 2 + i*entry
		if from+entry > len(directory) {
			return 0
		}
		if e := directory[from:]; order.Uint16(e) == tag && order.Uint16(e[2:]) == short {
			return int(order.Uint16(e[8:]))
		}
	}
	return 0
}
