package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Place says where a source's documents lie, without secrets: the same place is
// said in the same words. What may be added to a source without making it another
// one, such as a channel or a further start page, does not stand in it.
func (b *Base) Place(s config.Source) string {
	switch {
	case len(b.Config.Sources) == 0 && s.Name == exampleSource:
		return "the example house" // wherever the program was unpacked
	case s.Website != nil && len(s.Website.Start) > 0:
		return "website " + s.Website.Start[0]
	case s.Website != nil:
		return "website " + s.Website.Sitemap
	case s.WebDAV != nil:
		return "WebDAV " + s.WebDAV.URL
	case s.Mattermost != nil:
		return "Mattermost " + b.Config.Mattermost.URL
	}
	folder, err := filepath.Abs(s.Folder)
	if err != nil {
		folder = s.Folder
	}
	return "folder " + folder
}

// Standing says how a source of the index stands to the configuration.
type Standing struct {
	retrieval.Source
	Configured string // where the configuration says its documents lie; empty: it does not name it
}

// Elsewhere reports that the name stands for another place in the configuration.
func (s Standing) Elsewhere() bool {
	return s.Documents > 0 && s.Place != "" && s.Configured != "" && s.Place != s.Configured
}

// Forgotten reports that the source answers although the configuration does not
// name it.
func (s Standing) Forgotten() bool { return s.Configured == "" && s.Documents > 0 }

// Standings returns the sources of the index and of the configuration, by name.
func (b *Base) Standings(ctx context.Context, store *postgres.Store) ([]Standing, error) {
	known, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	configured, err := b.Sources()
	if err != nil && len(known) == 0 {
		return nil, err
	}
	var all []Standing
	for _, source := range known {
		s := Standing{Source: source}
		if i := slices.IndexFunc(configured, func(c config.Source) bool { return c.Name == source.Name }); i >= 0 {
			s.Configured = b.Place(configured[i])
		}
		if s.Configured != "" || s.Documents > 0 {
			all = append(all, s)
		}
	}
	for _, c := range configured {
		if !slices.ContainsFunc(all, func(s Standing) bool { return s.Name == c.Name }) {
			all = append(all, Standing{Source: retrieval.Source{Name: c.Name}, Configured: b.Place(c)})
		}
	}
	return all, nil
}

// examineIndexed says which sources of the index the configuration does not name,
// or means another place by.
func (b *Base) examineIndexed(ctx context.Context) []Finding {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil // said of the database already
	}
	store, err := postgres.Open(ctx, dsn, postgres.Options{ReadOnly: true})
	if err != nil {
		return nil // as above
	}
	defer store.Close()
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	if err := postgres.Check(ctx, store.Pool(), store.Schema()); err != nil {
		return nil // as above
	}
	all, err := b.Standings(ctx, store)
	if err != nil {
		return broken("sources of the index", err, "check the database")
	}
	var found []Finding
	for _, s := range all {
		switch {
		case s.Forgotten():
			found = append(found, Finding{"source " + s.Name, StateWarning, forgotten(s), forgottenAdvice(s)})
		case s.Elsewhere():
			other := &retrieval.PlaceError{Source: s.Name, Known: s.Place, Named: s.Configured, Documents: s.Documents}
			found = append(found, broken("source "+s.Name, other, "see `sprechstunde sources --help`")...)
		}
	}
	return found
}

func forgotten(s Standing) string {
	return fmt.Sprintf("%d documents of it answer on, but the configuration does not name it", s.Documents)
}

func forgottenAdvice(s Standing) string {
	return fmt.Sprintf("sprechstunde sources remove %[1]s --confirm %[1]s, or, if it has another name now, sprechstunde sources rename %[1]s NEW", s.Name)
}

// Reminder says of a source that is forgotten what is and what to do.
func (s Standing) Reminder() string { return forgotten(s) + ": " + forgottenAdvice(s) }

// narrow has the readers that the configuration gives a source take effect where
// they are fewer, although the source itself may not answer.
func (b *Base) narrow(ctx context.Context, store *postgres.Store, s config.Source) error {
	if s.Collection == nil {
		return nil
	}
	own, err := s.Collection.Settle()
	if err != nil {
		return fmt.Errorf("collection of source %s: %w", s.Name, err)
	}
	if err := store.CheckPlace(ctx, s.Name, b.Place(s)); err != nil {
		return err
	}
	return store.NarrowCollections(ctx, s.Name, []retrieval.Collection{own.Collection})
}
