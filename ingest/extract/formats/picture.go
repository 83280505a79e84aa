package formats

import (
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/tiff"
)

// pictures are read by a second reader, if at all. What comes in TIFF is taken for
// a scan, whose text somebody misses; the others may as well be photographs. They
// are known by their names: a picture under that of a document is a damaged one.
func pictures() []extract.Format {
	return []extract.Format{
		{Name: "tif", Version: 1, Endings: []string{".tif", ".tiff"}, Named: true, Second: []extract.Reason{extract.NoText}, Begins: tiff.Is, Read: readScan},
		{Name: "jpg", Version: 1, Endings: []string{".jpg", ".jpeg"}, Named: true, Second: []extract.Reason{extract.Picture}, Read: readPicture},
		{Name: "png", Version: 1, Endings: []string{".png"}, Named: true, Second: []extract.Reason{extract.Picture}, Read: readPicture},
		{Name: "gif", Version: 1, Endings: []string{".gif"}, Named: true, Second: []extract.Reason{extract.Picture}, Read: readPicture},
	}
}

// readPicture refuses pictures.
func readPicture(*extract.File) error {
	return &extract.Error{Reason: extract.Picture, Detail: "if it shows text, save it as PDF with recognised text"}
}

// readScan refuses scans that are pictures alone, and says how many there are.
func readScan(f *extract.File) error {
	f.Remark(extract.ScannedPages, tiff.Count(f.Data), "")
	return &extract.Error{Reason: extract.NoText, Detail: "a picture, as from a scanner: save it as PDF with recognised text"}
}
