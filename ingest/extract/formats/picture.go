package formats

import (
	"bytes"
	"encoding/binary"

	"lvr.example/sprechstunde/ingest/extract"
)

// pictures are read by a second reader, if at all. What comes in TIFF is taken for
// a scan, whose text somebody misses; the others may as well be photographs. They
// are known by their names: a picture under that of a document is a damaged one.
func pictures() []extract.Format {
	return []extract.Format{
		{Name: "tif", Version: 1, Endings: []string{".tif", ".tiff"}, Named: true, Second: []extract.Reason{extract.NoText}, Begins: isTIFF, Read: readScan},
		{Name: "jpg", Version: 1, Endings: []string{".jpg", ".jpeg"}, Named: true, Second: []extract.Reason{extract.Picture}, Read: readPicture},
		{Name: "png", Version: 1, Endings: []string{".png"}, Named: true, Second: []extract.Reason{extract.Picture}, Read: readPicture},
		{Name: "gif", Version: 1, Endings: []string{".gif"}, Named: true, Second: []extract.Reason{extract.Picture}, Read: readPicture},
	}
}

// readPicture refuses pictures.
func readPicture(*extract.File) error {
	return &extract.Error{Reason: extract.Picture, Detail: "if it shows text, save it as PDF with recognised text"}
}

// isTIFF recognises pictures in this format by their byte order and its number.
func isTIFF(head []byte) bool {
	return bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*"))
}

// readScan refuses scans that are pictures alone, and says how many there are.
func readScan(f *extract.File) error {
	f.Remark(extract.ScannedPages, pagesOfTIFF(f.Data), "")
	return &extract.Error{Reason: extract.NoText, Detail: "a picture, as from a scanner: save it as PDF with recognised text"}
}

// pagesOfTIFF follows the chain of directories, one for each page (TIFF 6.0,
// section 2).
func pagesOfTIFF(data []byte) (pages int) {
	if !isTIFF(data) || len(data) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	const most, entry = 10_000, 12
	for at := int64(order.Uint32(data[4:])); at != 0 && pages < most; pages++ {
		if at+2 > int64(len(data)) {
			break
		}
		next := at + 2 + entry*int64(order.Uint16(data[at:]))
		if next+4 > int64(len(data)) {
			break
		}
		at = int64(order.Uint32(data[next:]))
	}
	return pages
}
