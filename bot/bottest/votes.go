package bottest

import (
	"context"
	"slices"
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

// TakeBack forgets a vote by reaction.
func (s *Votes) TakeBack(_ context.Context, answer, userID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := [2]string{answer, userID}
	if s.kept[key].Reaction {
		delete(s.kept, key)
	}
	return nil
}

// ByReaction are the votes by reaction.
func (s *Votes) ByReaction(_ context.Context, answers []string) (votes []feedback.Vote, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.kept {
		if v.Reaction && slices.Contains(answers, v.Answer) {
			votes = append(votes, v)
		}
	}
	return votes, nil
}
