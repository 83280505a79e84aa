// Package web reads pages and books made of pages, without running their scripts:
// what a page's own style and markup hide is not seen, what a click opens is.
package web

import (
	"bytes"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// Formats are pages and books made of pages.
func Formats() []extract.Format {
	return []extract.Format{
		{Name: "html", Version: 6, Endings: []string{".html", ".htm", ".xhtml"}, Text: true, Begins: isHTML, Read: readHTML},
		{Name: "epub", Version: 6, Endings: []string{".epub"}, Begins: extract.IsZip, Is: isEPUB, Read: readEPUB},
	}
}

// isHTML recognises pages.
func isHTML(head []byte) bool {
	start := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))))
	for strings.HasPrefix(start, "<!--") || strings.HasPrefix(start, "<?xml") {
		_, rest, ok := strings.Cut(start, ">")
		if !ok {
			return false
		}
		start = strings.TrimSpace(rest)
	}
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

func isEPUB(f *extract.File) (bool, error) {
	mime, err := f.Mimetype()
	return mime == "application/epub+zip", err
}
