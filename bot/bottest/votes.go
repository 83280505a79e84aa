package bottest

import (
	"context"
	"sync"

	"lvr.example/sprechstunde/bot/feedback"
)

// Votes keeps votes in memory.
type Votes struct {
	mu   sync.Mutex
	kept map[[2]string]feedback.Vote // by answer and person
}

// Cast counts or changes a vote.
func (s *Votes) Cast(_ context.Context, v feedback.Vote) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[[2]string]feedback.Vote{}
	}
	key := [2]string{v.Answer, v.UserID}
	if old, known := s.kept[key]; !known || !old.At.After(v.At) {
		s.kept[key] = v
	}
	return nil
}

// Of is what a person said of an answer.
func (s *Votes) Of(answer, userID string) (feedback.Vote, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, known := s.kept[[2]string{answer, userID}]
	return v, known
}
