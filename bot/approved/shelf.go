package approved

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Documents are where the bases stand.
type Documents interface {
	// PassagesOf returns the passages of the documents with a path that serve on the
	// day and that r may see, in their order.
	PassagesOf(ctx context.Context, path string, day retrieval.Date, r retrieval.Readers) ([]retrieval.Hit, error)
}

// Config sets up a Shelf. Documents, Load and Now are required.
type Config struct {
	Documents Documents
	// Load returns all answers there are. With an error, those that could be read.
	Load     func(ctx context.Context) ([]Answer, error)
	Texts    *prompts.Catalogue      // words what is said to people; needed for Approved alone
	Synonyms func() *german.Synonyms // in force; nil: none
	Zone     *time.Location          // of the house; defaults to UTC
	Now      func() time.Time
}

// Shelf finds answers. It is safe for concurrent use.
type Shelf struct {
	cfg Config
	all atomic.Pointer[[]Answer]
}

// NewShelf returns an empty Shelf, or what the configuration lacks; Refresh fills it.
func NewShelf(cfg Config) (*Shelf, error) {
	if cfg.Documents == nil || cfg.Load == nil || cfg.Now == nil {
		return nil, errors.New("approved: Documents, Load and Now must be set")
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Synonyms == nil {
		cfg.Synonyms = func() *german.Synonyms { return nil }
	}
	s := &Shelf{cfg: cfg}
	s.all.Store(&[]Answer{})
	return s, nil
}

// Refresh reads the answers anew. With an error those that could be read serve.
func (s *Shelf) Refresh(ctx context.Context) error {
	all, err := s.cfg.Load(ctx)
	if err != nil && len(all) == 0 {
		return err
	}
	s.all.Store(&all)
	return err
}

// Found is an answer to a question with the passage that it rests on now.
type Found struct {
	Answer Answer
	Basis  retrieval.Hit
}

// Find returns the answer that people have approved for a question, if its basis
// stands and the readers may read it; false: there is none. What a stranger is told
// does not depend on answers that rest on what the stranger may not read.
func (s *Shelf) Find(ctx context.Context, question string, r retrieval.Readers) (Found, bool, error) {
	synonyms := s.cfg.Synonyms()
	asked := meaning(question, synonyms)
	for _, a := range inForce(*s.all.Load()) {
		if stateOf(a, true, s.today()) != Approved || !slices.ContainsFunc(a.Questions, func(q string) bool { return asked.same(meaning(q, synonyms)) }) {
			continue
		}
		basis, stands, err := s.basis(ctx, a, r)
		if err != nil {
			return Found{}, false, fmt.Errorf("find approved answer: %w", err)
		}
		if stands {
			return Found{a, basis}, true, nil
		}
	}
	return Found{}, false, nil
}

// Approved is Find for what is said to people, set as an answer.
func (s *Shelf) Approved(ctx context.Context, question string, r retrieval.Readers) (answer.Answer, bool, error) {
	found, ok, err := s.Find(ctx, question, r)
	if err != nil || !ok {
		return answer.Answer{}, false, err
	}
	a := found.Answer
	return answer.FromPeople(s.cfg.Texts, answer.People{Text: a.Text, Owner: a.Owner, Until: a.Until, Quote: a.Basis.Quote}, found.Basis, s.cfg.Now().In(s.cfg.Zone)), true, nil
}

// basis returns the passage that an answer rests on; false: it does not stand as it
// was approved, or r may not see it.
func (s *Shelf) basis(ctx context.Context, a Answer, r retrieval.Readers) (retrieval.Hit, bool, error) {
	hits, err := s.cfg.Documents.PassagesOf(ctx, a.Basis.Document, s.today(), r)
	if err != nil {
		return retrieval.Hit{}, false, err
	}
	for _, h := range hits {
		if r.May(h.Document.Collection) && answer.Stands(a.Basis.Quote, h.Passage.Text) && (a.Basis.Version == "" || a.Basis.Version == VersionOf(h.Passage)) {
			return h, true, nil
		}
	}
	return retrieval.Hit{}, false, nil
}

// Standing is an answer with where it stands.
type Standing struct {
	Answer
	State   State
	Version string // of its basis as it stands now; empty: it does not
}

// Standings returns all answers with their states, for readers who may see what they
// rest on: an operator's are all collections.
func (s *Shelf) Standings(ctx context.Context, r retrieval.Readers) ([]Standing, error) {
	var list []Standing
	for _, a := range *s.all.Load() {
		basis, stands, err := s.basis(ctx, a, r)
		if err != nil {
			return nil, fmt.Errorf("look at approved answers: %w", err)
		}
		one := Standing{Answer: a, State: stateOf(a, stands, s.today())}
		if stands {
			one.Version = VersionOf(basis.Passage)
		}
		list = append(list, one)
	}
	return list, nil
}

func (s *Shelf) today() retrieval.Date { return retrieval.DateOf(s.cfg.Now().In(s.cfg.Zone)) }

// VersionOf tells one form of a passage from another.
func VersionOf(p retrieval.Passage) string {
	sum := sha256.Sum256([]byte(p.Text))
	return hex.EncodeToString(sum[:8])
}

// quotable reports whether a quote is long enough to prove something.
func quotable(quote string) bool { return answer.Stands(quote, quote) }
