package ingest

import (
	"slices"
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
	Pending     int       // documents that serve without vectors, found by their words only
	Hidden      int       // pieces of text dropped because no reader could see them
	LeftOut     []LeftOut // what serving documents have and the index does not, by code
	Changes     []Change  // one by one, of a rehearsal; nil after a sync
	Took        time.Duration
}

// Problem is one document that could not be taken in.
type Problem struct {
	Path   string
	Code   retrieval.ReasonCode
	Reason string // in words
}

// LeftOut counts what documents have that was left out of the index, or read in a way
// that people should know of.
type LeftOut struct {
	Code      string // such as "hidden sheet", see [retrieval.Remark]
	Count     int    // of what the code names
	Documents int    // that have any
}

// leaveOut counts the remarks on one document.
func (r *Report) leaveOut(remarks []retrieval.Remark) {
	seen := map[string]bool{}
	for _, remark := range remarks {
		i := slices.IndexFunc(r.LeftOut, func(l LeftOut) bool { return l.Code == remark.Code })
		if i < 0 {
			i = len(r.LeftOut)
			r.LeftOut = append(r.LeftOut, LeftOut{Code: remark.Code})
		}
		r.LeftOut[i].Count += remark.Count
		if !seen[remark.Code] {
			r.LeftOut[i].Documents++
		}
		seen[remark.Code] = true
	}
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

	File        string // a long one that is being read just now; empty: none
	Part, Parts int    // how far that is, in its pages or the like
}
