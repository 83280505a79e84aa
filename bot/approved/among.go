package approved

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/retrieval"
)

// ErrReplaced: another answer is in its place, which is the one to mend.
var ErrReplaced = errors.New("another answer has taken its place")

// Among says which answer in force an answer would take the place of, because it
// answers one of its questions (empty: none), and what would be wrong with it beside
// the others: ErrReplaced, errTwice or ErrLoop, each wrapped as [Fault].
func (s *Shelf) Among(a Answer) (instead string, faults []Fault) {
	var others []Answer
	for _, o := range *s.all.Load() {
		if o.Name == a.Name || stateOf(o, true, s.today()) != Approved {
			continue
		}
		if o.Supersedes == a.Name {
			return "", []Fault{{Name: a.Name, Key: "supersedes", Err: fmt.Errorf("%w: %s", ErrReplaced, o.Name)}}
		}
		others = append(others, o)
	}
	synonyms := s.cfg.Synonyms()
	for _, o := range inForce(others) {
		if instead == "" && slices.ContainsFunc(o.Questions, func(theirs string) bool {
			return slices.ContainsFunc(a.Questions, func(q string) bool { return meaning(q, synonyms).same(meaning(theirs, synonyms)) })
		}) {
			instead = o.Name
		}
	}
	a.Supersedes = instead
	for _, f := range checkAll(append(inForce(others), a)) {
		if f.Name == a.Name {
			faults = append(faults, f)
		}
	}
	return instead, faults
}

// Basis returns the passage that an answer rests on, if it stands as it was approved
// and r may see it.
func (s *Shelf) Basis(ctx context.Context, a Answer, r retrieval.Readers) (retrieval.Hit, bool, error) {
	basis, stands, err := s.basis(ctx, a, r)
	if err != nil {
		return basis, false, fmt.Errorf("find basis (%s): %w", a.Name, err)
	}
	return basis, stands, nil
}

// Today is the day in the house.
func (s *Shelf) Today() retrieval.Date { return s.today() }

// Quotable reports whether words are enough to prove something.
func Quotable(quote string) bool { return quotable(quote) }
