package sources

import (
	"context"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

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
func Standings(ctx context.Context, conf config.Config, store *postgres.Store) ([]Standing, error) {
	known, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	configured, err := Configured(conf)
	if err != nil && len(known) == 0 {
		return nil, err
	}
	var all []Standing
	for _, source := range known {
		s := Standing{Source: source}
		if i := slices.IndexFunc(configured, func(c config.Source) bool { return c.Name == source.Name }); i >= 0 {
			s.Configured = Place(conf, configured[i])
		}
		if s.Configured != "" || s.Documents > 0 {
			all = append(all, s)
		}
	}
	for _, c := range configured {
		if !slices.ContainsFunc(all, func(s Standing) bool { return s.Name == c.Name }) {
			all = append(all, Standing{Source: retrieval.Source{Name: c.Name}, Configured: Place(conf, c)})
		}
	}
	return all, nil
}

// Says tells of a source that is forgotten what is.
func (s Standing) Says() string {
	return fmt.Sprintf("%d documents of it answer on, but the configuration does not name it", s.Documents)
}

// Advice tells what to do about a source that is forgotten.
func (s Standing) Advice() string {
	return fmt.Sprintf("sprechstunde sources remove %[1]s --confirm %[1]s, or, if it has another name now, sprechstunde sources rename %[1]s NEW", s.Name)
}

// Reminder says of a source that is forgotten what is and what to do.
func (s Standing) Reminder() string { return s.Says() + ": " + s.Advice() }
