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
	Validity   retrieval.Validity // on whose days it may be found
}

// Change is what became different since a version of the index, or a part of it.
type Change struct {
	Version int64   // of the state after the whole change
	Gone    []int64 // documents whose entries leave, before any is added; all in the first part
	Add     []Entry
}

// Loader reads the documents' current state. Implemented by retrieval/postgres.
type Loader interface {
	// Changes hands over what changed after the given version, 0: everything, in
	// one part or more, all of one state of the documents. So that memory stays
	// bounded, a part holds a limited number of entries. The parts are take's to
	// keep; its error ends the reading.
	Changes(ctx context.Context, since int64, take func(Change) error) error
}
