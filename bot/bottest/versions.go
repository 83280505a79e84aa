package bottest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/approved"
)

// Versions are an approved.Versions in memory. They never expire a text.
type Versions struct {
	mu  sync.Mutex
	all []*version
}

type version struct {
	approved.Version
	writtenBy string
}

var _ approved.Versions = (*Versions)(nil)

// Write stores a draft.
func (s *Versions) Write(_ context.Context, v approved.Version, by string, at time.Time) (approved.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.all {
		if w.writtenBy == by {
			return w.Version, nil
		}
	}
	s.replace(v.Number, approved.StageDraft, at)
	s.replace(v.Number, approved.StageReturned, at)
	v.FromTicket = true
	v.ID, v.Name, v.Since, v.ReviewSince = int64(len(s.all)+1), approved.NameOf(v.Number), at, time.Time{}
	w := &version{v, by}
	w.stand(approved.StageDraft)
	s.all = append(s.all, w)
	return w.Version, nil
}

func (s *Versions) replace(number int64, stage approved.Stage, at time.Time) {
	for _, v := range s.all {
		if v.Number == number && v.Stage == stage {
			v.Since = at
			v.stand(approved.StageReplaced)
		}
	}
}

func (v *version) stand(stage approved.Stage) {
	v.Stage, v.Approved, v.Withdrawn = stage, stage == approved.StageApproved, stage == approved.StageWithdrawn
}

func (s *Versions) version(id int64) (*version, error) {
	if id < 1 || int(id) > len(s.all) {
		return &version{}, approved.ErrUnknown
	}
	return s.all[id-1], nil
}

// Decide lets a decision be.
func (s *Versions) Decide(_ context.Context, id int64, d approved.Decision) (approved.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.version(id)
	if err != nil || v.DecidedBy == d.By {
		return v.Version, err
	}
	if err := v.May(d); err != nil {
		return v.Version, err
	}
	if d.To == approved.StageApproved {
		s.replace(v.Number, approved.StageApproved, d.At)
		v.ApproverID = d.UserID
	}
	v.stand(d.To)
	v.DecidedBy, v.Since, v.ReviewSince = d.By, d.At, time.Time{}
	return v.Version, nil
}

// Version returns one.
func (s *Versions) Version(_ context.Context, id int64) (approved.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.version(id)
	return v.Version, err
}

// Current returns what is in force, waits or was returned.
func (s *Versions) Current(_ context.Context, number int64, by string) (all []approved.Version, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.all {
		current := v.Stage == approved.StageDraft || v.Stage == approved.StageApproved || v.Stage == approved.StageReturned || by != "" && v.DecidedBy == by
		if current && (number == 0 || v.Number == number) {
			all = append(all, v.Version)
		}
	}
	slices.SortStableFunc(all, func(a, b approved.Version) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Stage, b.Stage))
	})
	return all, nil
}

// Reviewed notes whether a basis stands.
func (s *Versions) Reviewed(_ context.Context, id int64, stands bool, at time.Time) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.version(id)
	switch {
	case err != nil || v.Stage != approved.StageApproved:
		return time.Time{}, approved.ErrUnknown
	case stands:
		v.ReviewSince = time.Time{}
	case v.ReviewSince.IsZero():
		v.ReviewSince = at
	}
	return v.ReviewSince, nil
}
