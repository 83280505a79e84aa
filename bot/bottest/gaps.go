package bottest

import (
	"context"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/gaps"
)

// Gaps are a gaps.Store in memory.
type Gaps struct {
	Questions []gaps.Question // of every month

	mu      sync.Mutex
	reports map[time.Time]gaps.Report
	looked  int
}

// InVain returns the questions that the test names.
func (s *Gaps) InVain(_ context.Context, _, _ time.Time, limit int) ([]gaps.Question, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looked++
	return s.Questions[:min(limit, len(s.Questions))], nil
}

// Looked is how often questions were looked at.
func (s *Gaps) Looked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.looked
}

// Report returns that of a month.
func (s *Gaps) Report(_ context.Context, month time.Time) (gaps.Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, known := s.reports[month]
	if !known {
		return r, gaps.ErrUnknown
	}
	return r, nil
}

// SaveReport keeps one.
func (s *Gaps) SaveReport(_ context.Context, r gaps.Report, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reports == nil {
		s.reports = map[time.Time]gaps.Report{}
	}
	if _, known := s.reports[r.Month]; !known {
		s.reports[r.Month] = r
	}
	return nil
}
