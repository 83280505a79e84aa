package ingest_test

import (
	"bytes"
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// twoPages reads each file as a PDF of two pages.
type twoPages struct{}

func (twoPages) Hold(context.Context) (release func(), err error) { return func() {}, nil }

func (twoPages) IsCurrent([]string) bool { return true }

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

// oneAtATime has room for one large file.
type oneAtATime struct {
	room  chan struct{}
	held  atomic.Int32
	large atomic.Int32 // read
}

func (o *oneAtATime) Hold(ctx context.Context) (release func(), err error) {
	select {
	case o.room <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	o.held.Add(1)
	return func() { <-o.room }, nil
}
func (*oneAtATime) IsCurrent([]string) bool { return true }

func (o *oneAtATime) Read(_ context.Context, name string, data []byte) ([]extract.Named, error) {
	if len(data) > 1<<20 {
		o.large.Add(1)
		if len(o.room) != 1 {
			panic("more in memory than there is room for")
		}
	}
	return formats.Documents(name, bytes.NewReader(data[:20]))
}

func TestLargeFilesWaitUntilThereIsRoom(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		h.write(name, strings.Repeat(name+" ist lang. ", 100_000))
		h.write("kurz-"+name, "Kurz und gut lesbar: "+name)
	}
	reader := &oneAtATime{room: make(chan struct{}, 1)}
	report := h.sync(func(o *ingest.Options) { o.Embedder, o.Reader, o.Workers = nil, reader, 6 })
	if report.New != 6 || reader.large.Load() != 3 || reader.held.Load() != 3 || len(reader.room) != 0 {
		t.Errorf("%d new, %d large, %d held, %d still", report.New, reader.large.Load(), reader.held.Load(), len(reader.room))
	}
}
