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
// A collection lies in segments of up to 65,536 passages, which never change:
// what is new becomes a young segment, what leaves has its segment written anew
// without it, and small segments are merged behind the searches' backs. So what
// leaves leaves whole, spellings included, and the statistics stay exact.
//
// A search looks at as little as gives the same result as scoring every passage:
// block-max MaxScore, window by window (see the comments at block, window and
// scratch.look for the literature). Bounds rest on counts and lengths, not on
// scores, so that they hold for whatever statistics the reader's collections
// have.
//
// Each replica of the program holds its own index; given the same documents
// two indexes rank alike to the bit, because scores add up as whole numbers (see
// points). PostgreSQL stays the truth.
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
