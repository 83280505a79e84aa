package ingest_test

import (
	"context"
	"testing"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
)

// twoPages reads each file as a PDF of two pages.
type twoPages struct{}

func (twoPages) Read(_ context.Context, name string, _ []byte) ([]extract.Named, error) {
	blocks := []extract.Block{
		{Kind: extract.Heading, Text: "Freigabe", Level: 1, Anchor: "freigabe", Page: 1},
		{Kind: extract.Heading, Text: "Fristen", Level: 1, Anchor: "fristen", Page: 2},
		{Kind: extract.Paragraph, Text: "Zehn Tage.", Path: []string{"Fristen"}, Page: 2},
	}
	return []extract.Named{{Name: name, Type: "pdf", Document: extract.Document{Title: "Leitlinie", Blocks: blocks}}}, nil
}

func TestPassagesOfPDFLeadToTheirPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("da/leitlinie.pdf", "%PDF-1.7")
	h.sync(func(o *ingest.Options) { o.Reader = twoPages{} })
	rows, err := h.store.FindDocument(t.Context(), "da/leitlinie.pdf")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d documents, %v", len(rows), err)
	}
	passages, err := h.store.DocumentPassages(t.Context(), rows[0].Document.ID)
	if err != nil || len(passages) == 0 {
		t.Fatalf("%d passages, %v", len(passages), err)
	}
	if last := passages[len(passages)-1]; last.Anchor != "page=2" {
		t.Errorf("%q leads to %q", last.Place, last.Anchor)
	}
}
