package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Synonyms are those that questions are asked with: the house's own list, and of
// the list that comes with the program the groups that share no word with it.
// The house's list is the file that the configuration names; without one it is
// the database's. Either is read again when it changed.
type Synonyms struct {
	inForce *german.Synonyms // what searches use; replaced as a whole
	store   *postgres.Store
	file    string // empty: the database's list

	mu      sync.Mutex
	house   *german.Synonyms
	read    bool
	version int64     // of the database's list when it was read
	changed time.Time // of the file when it was read
	size    int64
}

// NewSynonyms returns the list that comes with the program; Refresh adds the
// house's.
func NewSynonyms(store *postgres.Store, file string) *Synonyms {
	return &Synonyms{inForce: german.DefaultSynonyms(), house: &german.Synonyms{}, store: store, file: file}
}

// ErrSynonymFile says that the house's list is not kept in the database.
var ErrSynonymFile = errors.New("the configuration names a file of synonyms, which is the house's list: edit that file, or take `synonyms` out of the configuration and import it")

// Change saves what change makes of the house's list in the database, for all
// replicas. One that cannot be changes nothing.
func (s *Synonyms) Change(ctx context.Context, change func(*german.Synonyms) (lines []string, err error)) error {
	if s.file != "" {
		return fmt.Errorf("%w (%s)", ErrSynonymFile, s.file)
	}
	if err := s.store.ChangeSynonyms(ctx, change); err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// File returns the file that the house's list is kept in; empty: it is kept in
// the database.
func (s *Synonyms) File() string { return s.file }

// InForce returns what searches use.
func (s *Synonyms) InForce() *german.Synonyms { return s.inForce }

// House returns the house's list as it was read last.
func (s *Synonyms) House() *german.Synonyms {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.house
}

// Refresh reads the house's list again if it changed. A list that cannot be
// read leaves the former one in force.
func (s *Synonyms) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var house *german.Synonyms
	var err error
	if s.file != "" {
		house, err = s.readFile()
	} else {
		house, err = s.readStored(ctx)
	}
	if err != nil || house == nil {
		return err
	}
	s.house, s.read = house, true
	s.inForce.Replace(german.DefaultSynonyms().Under(house))
	return nil
}

// readStored returns the database's list, or nil if it is the one read before.
func (s *Synonyms) readStored(ctx context.Context) (*german.Synonyms, error) {
	version, err := s.store.SynonymVersion(ctx)
	if err != nil || s.read && version == s.version {
		return nil, err
	}
	house, version, err := s.store.Synonyms(ctx)
	if err == nil {
		s.version = version
	}
	return house, err
}

// readFile returns the list in the file, or nil if it is the one read before.
func (s *Synonyms) readFile() (*german.Synonyms, error) {
	info, err := os.Stat(s.file)
	if err != nil {
		return nil, fmt.Errorf("synonyms: %w", err)
	}
	if s.read && info.ModTime().Equal(s.changed) && info.Size() == s.size {
		return nil, nil
	}
	s.changed, s.size = info.ModTime(), info.Size() // of a broken file, too: it is told of once
	return ReadSynonyms(s.file)
}

// ReadSynonyms reads a list from a file.
func ReadSynonyms(file string) (*german.Synonyms, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("synonyms: %w", err)
	}
	defer f.Close()
	list, err := german.ParseSynonyms(file, f)
	if err != nil {
		return nil, fmt.Errorf("synonyms: %w", err)
	}
	return list, nil
}
