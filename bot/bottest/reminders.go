package bottest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/reminders"
)

// Reminders keeps wishes to be reminded in memory.
type Reminders struct {
	mu   sync.Mutex
	made int
	kept []reminders.Wish
}

var _ reminders.Store = (*Reminders)(nil)

// Add keeps a wish.
func (s *Reminders) Add(_ context.Context, w reminders.Wish, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.kept {
		if k.UserID == w.UserID && k.Format == w.Format && k.Session.Equal(w.Session) {
			return nil
		}
	}
	s.made++
	w.ID = fmt.Sprint("wish", s.made)
	s.kept = append(s.kept, w)
	return nil
}

// Remove forgets wishes of a person.
func (s *Reminders) Remove(_ context.Context, userID, format string) ([]reminders.Wish, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	theirs := func(w reminders.Wish) bool { return w.UserID == userID && (format == "" || w.Format == format) }
	gone := s.which(theirs)
	s.kept = slices.DeleteFunc(s.kept, theirs)
	return gone, nil
}

// Of are the wishes of a person.
func (s *Reminders) Of(_ context.Context, userID string) ([]reminders.Wish, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.which(func(w reminders.Wish) bool { return w.UserID == userID }), nil
}

// Sessions are those that anybody wants to be reminded of.
func (s *Reminders) Sessions(context.Context) (all []reminders.Wish, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.kept {
		if !slices.ContainsFunc(all, func(o reminders.Wish) bool { return o.Format == w.Format && o.Session.Equal(w.Session) }) {
			all = append(all, reminders.Wish{Format: w.Format, Session: w.Session})
		}
	}
	return all, nil
}

// For are the wishes for a session.
func (s *Reminders) For(_ context.Context, format string, session time.Time) ([]reminders.Wish, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.which(func(w reminders.Wish) bool { return w.Format == format && w.Session.Equal(session) }), nil
}

// Wish returns one.
func (s *Reminders) Wish(_ context.Context, id string) (reminders.Wish, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.kept {
		if w.ID == id {
			return w, nil
		}
	}
	return reminders.Wish{}, reminders.ErrUnknown
}

// Move changes the session of a wish.
func (s *Reminders) Move(_ context.Context, id string, from, to time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.kept {
		if w := &s.kept[i]; w.ID == id && w.Session.Equal(from) {
			w.Session = to
		}
	}
	return nil
}

func (s *Reminders) which(wanted func(reminders.Wish) bool) (all []reminders.Wish) {
	for _, w := range s.kept {
		if wanted(w) {
			all = append(all, w)
		}
	}
	return all
}
