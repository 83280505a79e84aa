package neighbours

import (
	"context"
	"errors"

	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// Needs are the neighbours that a command works with.
type Needs struct {
	Database  bool
	Embedders bool
	Reader    bool // of files
	Directory bool // persons and channels of the chat server
	Model     bool // that words answers
}

// Set are the neighbours that a command has opened; nil: it did not ask for it.
// Close it.
type Set struct {
	*Site
	Database  *Database
	Embedders *Embedders
	Reader    ingest.Reader
	Directory *mattermost.Client // nil also where no server is configured
	Model     *llm.Client        // nil also where none is configured

	second  *localpart.Use // nil: the configuration names another, or none
	model   *localpart.Use // as second
	closing closing
}

// Open opens what is needed, or nothing. A database that cannot be reached is said
// before anything else is started; an embedder that is missing is no fault here.
func Open(ctx context.Context, site *Site, needs Needs) (*Set, error) {
	s := &Set{Site: site}
	if err := s.Add(ctx, needs); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Add opens what is needed besides, for work that need not wait for all of it. What
// has been opened stays open when something cannot be.
func (s *Set) Add(ctx context.Context, needs Needs) (err error) {
	if needs.Database {
		if err := s.openDatabase(ctx); err != nil {
			return err
		}
	}
	if needs.Embedders {
		s.Embedders, err = s.OpenEmbedders(ctx)
		s.closing.later(s.Embedders.Close)
		if err != nil {
			return err
		}
	}
	if needs.Reader {
		if err := s.openReader(ctx); err != nil {
			return err
		}
	}
	if needs.Model {
		if err := s.openModel(ctx); err != nil {
			return err
		}
	}
	if m := s.Config.Mattermost; needs.Directory && m.URL != "" && m.Token != "" {
		if s.Directory, err = s.OpenChat(Chat{}); err != nil {
			return err
		}
		s.closing.later(func() error { s.Directory.Close(); return nil })
	}
	return nil
}

func (s *Set) openDatabase(ctx context.Context) (err error) {
	if s.Database, err = s.OpenDatabase(ctx); err != nil {
		return err
	}
	s.closing.later(s.Database.Close)
	return s.Database.reach(ctx)
}

// openReader opens the children that read files and, where one is configured, the
// second reader above them.
func (s *Set) openReader(ctx context.Context) error {
	pool, err := s.OpenReader()
	if err != nil {
		return err
	}
	s.closing.later(pool.Close)
	s.Reader = pool
	if s.Config.Reader.URL == "" {
		return nil
	}
	reader, server, err := s.OpenSecond(ctx, pool)
	if server != nil {
		s.second = server
		s.closing.later(server.Close)
	}
	if err != nil {
		return err
	}
	s.Reader = reader
	return nil
}

// Watch keeps the embedded parts among them running until ctx ends. The error says
// which one cannot be kept running, and why.
func (s *Set) Watch(ctx context.Context) error {
	var parts []Part
	if s.Database != nil && s.Database.server != nil {
		parts = append(parts, s.Database.server)
	}
	if s.Embedders != nil && s.Embedders.server != nil {
		parts = append(parts, s.Embedders.server)
	}
	if s.second != nil {
		parts = append(parts, s.second)
	}
	if s.model != nil {
		parts = append(parts, s.model)
	}
	return s.WatchParts(ctx, parts...)
}

// Close closes them, the newest first.
func (s *Set) Close() error { return s.closing.close() }

// closing is what is to be closed, in the order in which it was opened.
type closing []func() error

func (c *closing) later(f func() error) { *c = append(*c, f) }

// close closes all, the newest first, and each once.
func (c *closing) close() error {
	var errs []error
	for i := len(*c) - 1; i >= 0; i-- {
		errs = append(errs, (*c)[i]())
	}
	*c = nil
	return errors.Join(errs...)
}
