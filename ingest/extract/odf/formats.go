// Package odf reads OpenDocument: texts, spreadsheets and slides.
package odf

import (
	"bytes"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// Formats are those of OpenDocument.
func Formats() []extract.Format {
	return []extract.Format{
		{Name: "odt", Version: 5, Endings: []string{".odt", ".ott"}, Begins: extract.IsZip, Is: isODF("text", "text-master"), Read: readODT},
		{Name: "ods", Version: 5, Endings: []string{".ods", ".ots"}, Begins: extract.IsZip, Is: isODF("spreadsheet"), Read: readODS},
		{Name: "odp", Version: 5, Endings: []string{".odp", ".otp"}, Begins: extract.IsZip, Is: isODF("presentation"), Read: readODP},
		{Name: "odg", Version: 5, Endings: []string{".odg", ".otg"}, Begins: extract.IsZip, Is: isODF("graphics"), Read: readODP},
		{Name: "flat", Version: 5, Endings: []string{".fodt", ".fods", ".fodp", ".fodg"}, Begins: isFlat, Read: readFlat},
		{Name: "odf", Version: 1, Begins: extract.IsZip, Is: isODF(), Read: extract.Refuse("no reader for OpenDocument files of this kind")},
	}
}

// isFlat recognises documents that are one XML file.
func isFlat(head []byte) bool {
	return bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte("xmlns:office")) && !bytes.Contains(head, []byte("<html"))
}

// isODF recognises OpenDocument files of some kinds, templates among them; none
// named: of any.
func isODF(kinds ...string) func(*extract.File) (bool, error) {
	return func(f *extract.File) (bool, error) {
		mime, err := f.Mimetype()
		if err != nil {
			return false, err
		}
		own, is := strings.CutPrefix(mime, "application/vnd.oasis.opendocument.")
		return is && (len(kinds) == 0 || slices.Contains(kinds, strings.TrimSuffix(own, "-template"))), nil
	}
}
