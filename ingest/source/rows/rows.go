// Package rows is a source of texts held in memory: the rows of a corpus that
// has no files. It serves measuring; nothing of it is kept elsewhere.
package rows

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// Row is one text with its id, which becomes the document's path.
type Row struct {
	ID, Title, Text string
}

// Source lists rows as documents of one collection.
type Source struct {
	name       string
	collection retrieval.Collection
	rows       []Row
	byID       map[string]Row
}

var _ ingest.Source = (*Source)(nil)

// New returns a source. Rows must not change afterwards.
func New(name string, collection retrieval.Collection, rows []Row) *Source {
	s := &Source{name: name, collection: collection, rows: rows, byID: map[string]Row{}}
	for _, r := range rows {
		s.byID[r.ID] = r
	}
	return s
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.name }

// List implements ingest.Source.
func (s *Source) List(ctx context.Context, yield func(ingest.Item) error) error {
	for _, r := range s.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		item := ingest.Item{Path: r.ID, Name: "row.txt", Version: strconv.Itoa(len(r.Text)), Collection: s.collection}
		if err := yield(item); err != nil {
			return err
		}
	}
	return nil
}

// Open implements ingest.Source: the text with its title in front matter.
func (s *Source) Open(_ context.Context, id string) (io.ReadCloser, error) {
	r, ok := s.byID[id]
	if !ok {
		return nil, fmt.Errorf("open row: %q is unknown", id)
	}
	head := "---\ntitle: " + strconv.Quote(r.Title) + "\n---\n\n"
	return io.NopCloser(strings.NewReader(head + r.Text + "\n")), nil
}
