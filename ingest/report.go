package ingest

import "time"

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
	Pending     int // documents that serve without vectors, found by their words only
	Hidden      int // pieces of text dropped because no reader could see them
	Took        time.Duration
}

// Problem is one document that could not be taken in.
type Problem struct {
	Path   string
	Reason string
}

// Progress is how far a sync is. Total grows while the source is being listed.
type Progress struct {
	Done  int
	Total int
	Rate  float64 // documents a second since the start
}
