package bottest

import (
	"context"
	"sync"
	"testing"

	"lvr.example/sprechstunde/bot/talk"
)

// Told is a talk.Told in memory.
type Told struct {
	mu   sync.Mutex
	told map[[3]string]string // user, what and day to the question
}

var _ talk.Told = (*Told)(nil)

// First notes the question if there is none.
func (s *Told) First(_ context.Context, userID, what, day, questionID string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := [3]string{userID, what, day}
	if s.told == nil {
		s.told = map[[3]string]string{}
	}
	if s.told[key] == "" {
		s.told[key] = questionID
	}
	return s.told[key] == questionID, nil
}

// TestTold is the conformance suite of what remembers what people were told.
func TestTold(t *testing.T, s talk.Told) {
	t.Helper()
	for _, c := range []struct {
		user, what, day, question string
		want                      bool
	}{
		{"anna", "pilot", "2026-03-01", "q1", true},
		{"anna", "pilot", "2026-03-01", "q1", true},
		{"anna", "pilot", "2026-03-01", "q2", false},
		{"anna", "other", "2026-03-01", "q2", true},
		{"berta", "pilot", "2026-03-01", "q3", true},
		{"anna", "pilot", "2026-03-02", "q2", true},
		{"anna", "pilot", "2026-03-01", "q1", true},
	} {
		got, err := s.First(t.Context(), c.user, c.what, c.day, c.question)
		if err != nil || got != c.want {
			t.Errorf("First(%s, %s, %s, %s) = %t, %v, want %t", c.user, c.what, c.day, c.question, got, err, c.want)
		}
	}
}
