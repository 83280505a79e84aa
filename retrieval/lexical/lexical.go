// Package lexical ranks passages by the words of a question, with rights inside
// the ranking.
//
// It is BM25 over word stems and over character n-grams, both with field
// weights, held in memory and kept current from a [Loader]. Postings are kept
// per collection; the statistics behind the ranking (number of passages, how
// many hold a term, average length) are summed over the collections that the
// reader may see, so that neither order nor score of what a stranger sees
// changes with documents the stranger may not read.
//
// Each replica of the program holds its own index; given the same documents
// two indexes rank alike. PostgreSQL stays the truth.
package lexical

import (
	"context"

	"lvr.example/sprechstunde/retrieval"
)

// Entry is one passage as the index takes it.
type Entry struct {
	PassageID  int64
	DocumentID int64
	Collection string
	Title      string
	Headings   []string
	Body       string
	ValidFrom  retrieval.Date
	ValidUntil retrieval.Date
	Superseded bool
}

// Change is what became different since a version of the index.
type Change struct {
	Version int64   // of the state after the change
	Gone    []int64 // documents whose entries leave (before Add is applied)
	Add     []Entry
}

// Loader reads the documents' current state. Implemented by retrieval/postgres.
type Loader interface {
	// Changes returns what changed after the given version; 0: everything.
	Changes(ctx context.Context, since int64) (Change, error)
}
