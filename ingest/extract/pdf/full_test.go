package pdf

import (
	"strings"
	"testing"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"

	"lvr.example/sprechstunde/ingest/extract"
)

// TestPagesUpToTheLimitOfTextAreKept begins behind so much text that one more page is
// read, and no other one.
func TestPagesUpToTheLimitOfTextAreKept(t *testing.T) {
	t.Parallel()
	const twoPages = "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>> endobj\n" +
		"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 6 0 R>> endobj\n" +
		"4 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 7 0 R>> endobj\n" +
		"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n" +
		"6 0 obj <</Length 52>> stream\nBT /F 10 Tf 60 700 Td (Das steht auf Blatt A.) Tj ET\nendstream endobj\n" +
		"7 0 obj <</Length 52>> stream\nBT /F 10 Tf 60 700 Td (Das steht auf Blatt B.) Tj ET\nendstream endobj\n" +
		"trailer <</Root 1 0 R>>\n%%EOF\n"
	formats := extract.NewRegistry([]extract.Format{{Name: "pdf", Begins: isPDF, Read: func(f *extract.File) error {
		return withPDF(func(engine pdfium.Pdfium) error {
			document, err := engine.OpenDocument(&requests.OpenDocument{File: &f.Data})
			if err != nil {
				return err
			}
			p := &pdfReader{file: f, start: computed(), engine: engine, document: document.Document, size: extract.MaxText}
			if err := p.pages(); err != nil {
				return err
			}
			return p.write(f.Builder)
		})
	}}})
	docs, err := formats.Documents("a.pdf", strings.NewReader(twoPages))
	if err != nil || docs[0].Problem != nil {
		t.Fatal(err, docs[0].Problem)
	}
	doc := docs[0]
	if len(doc.Blocks) != 1 || doc.Blocks[0].Text != "Das steht auf Blatt A." || !doc.Partial {
		t.Errorf("blocks %+v, partial %v", doc.Blocks, doc.Partial)
	}
	if len(doc.Remarks) != 1 || doc.Remarks[0].Code != extract.TooMuch || doc.Remarks[0].Detail != "1 pages behind page 1" {
		t.Errorf("remarks %v", doc.Remarks)
	}
}
