package ingest

import (
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// Report is what a sync did.
type Report struct {
	Source      string
	New         int
	Changed     int
	Gone        int
	Unchanged   int
	Quarantined []Problem      // documents that could not be taken in, also from earlier syncs
	Skipped     map[string]int // by reason
	Warnings    []string
	Pending     int      // documents that serve without vectors, found by their words only
	Hidden      int      // pieces of text dropped because no reader could see them
	Changes     []Change // one by one, of a rehearsal; nil after a sync
	Took        time.Duration
}

// Problem is one document that could not be taken in.
type Problem struct {
	Path   string
	Code   retrieval.ReasonCode
	Reason string // in words
}

// Phase is the part of a sync that takes long.
type Phase string

// The phases, in their order. What did not change has neither.
const (
	Reading   Phase = "reading"   // documents are read, embedded and committed
	Embedding Phase = "embedding" // documents read earlier get the vectors that they lack
)

// Progress is how far a phase is, in documents. Total grows with the documents
// that turn out to be attached to others.
type Progress struct {
	Phase Phase
	Done  int
	Total int
}
