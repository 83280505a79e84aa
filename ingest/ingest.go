// Package ingest keeps the index true to the house's sources: it lists them,
// reads what changed, cuts it into passages, has them embedded and swaps the
// new version in when it is complete.
package ingest

import (
	"context"
	"io"

	"lvr.example/sprechstunde/retrieval"
)

// Item is one thing that a source lists.
type Item struct {
	Path       string               // below the source, slashes
	Version    string               // changes when the content may have changed: size and time, ETag
	Collection retrieval.Collection // that it belongs to
	Problem    error                // it cannot be read or belongs nowhere: reported, not ingested
}

// Source is one origin of documents.
type Source interface {
	// Name is unique in the house and part of a document's identity.
	Name() string
	// List calls yield for each item; an error of yield ends it.
	List(ctx context.Context, yield func(Item) error) error
	// Open reads one item.
	Open(ctx context.Context, path string) (io.ReadCloser, error)
}
