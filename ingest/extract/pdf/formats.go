// Package pdf reads PDFs with PDFium, compiled to WebAssembly: it puts what stands
// on the pages into reading order and finds headings, tables, running heads and
// feet. It does not recognise letters in pictures.
package pdf

import (
	"bytes"

	"lvr.example/sprechstunde/ingest/extract"
)

// Formats are PDF alone.
func Formats() []extract.Format {
	return []extract.Format{{Name: "pdf", Version: 7, Second: []extract.Reason{extract.NoText}, Endings: []string{".pdf"}, Begins: isPDF, Read: readPDF}}
}

// isPDF recognises PDFs, also with something before their head.
func isPDF(head []byte) bool { return bytes.Contains(head, []byte("%PDF-")) }
