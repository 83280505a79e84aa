package ingest

import (
	"context"

	"lvr.example/sprechstunde/ingest/extract"
)

// begin begins a phase.
func (s *syncer) begin(phase Phase, total int) {
	s.telling.Lock()
	defer s.telling.Unlock()
	s.progress = Progress{Phase: phase, Total: total}
}

// grow adds documents that were found on the way.
func (s *syncer) grow(documents int) {
	s.telling.Lock()
	defer s.telling.Unlock()
	s.progress.Total += documents
}

// step counts one document as done.
func (s *syncer) step() {
	s.telling.Lock()
	defer s.telling.Unlock()
	s.progress.Done++
	if s.Progress != nil {
		s.Progress(s.progress)
	}
}

// longFile is the number of parts from which people are told how far a file is.
const longFile = 100

// inParts has the reader say how far it is with a long file.
func (s *syncer) inParts(ctx context.Context, item Item) context.Context {
	if s.Progress == nil {
		return ctx
	}
	return extract.WithProgress(ctx, func(done, total int) {
		if total < longFile || done == 0 {
			return
		}
		s.telling.Lock()
		defer s.telling.Unlock()
		now := s.progress
		now.File, now.Part, now.Parts = item.Path, done, total
		s.Progress(now)
	})
}
