// Package rights works out who reads a reply, what all of them may read, and
// who is answered at all.
//
// Limits: it asks the chat platform and remembers nothing; what cannot be found
// out counts as "no".
package rights

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// Collections lists what there is to read, with its readers and ranks.
type Collections interface {
	Collections(ctx context.Context) ([]retrieval.Collection, error)
}

// Config sets up Rights.
type Config struct {
	Directory   chat.Directory // required
	Collections Collections    // required
	Pilot       Pilot          // who is answered; defaults to everybody
	Log         *slog.Logger   // gets names of channels; defaults to none
}

// Rights answers who may read what.
type Rights struct{ cfg Config }

// New returns Rights, or what the configuration lacks.
func New(cfg Config) (*Rights, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	return &Rights{cfg: cfg}, nil
}

func (c Config) validate() error {
	var errs []error
	if c.Directory == nil || c.Collections == nil {
		errs = append(errs, errors.New("rights: Directory and Collections must be set"))
	}
	for _, name := range c.Pilot.Channels {
		if strings.Count(name, "/") != 1 {
			errs = append(errs, errors.New("rights: Pilot.Channels: "+name+": write a channel as team/channel, with the names from its address"))
		}
	}
	return errors.Join(errs...)
}

// Audience is who reads a reply, as the sets of collections that it may rest on.
type Audience struct {
	Here     retrieval.Readers // where the question was asked
	Personal retrieval.Readers // by direct message to the asker
}

// Wider reports whether the asker alone may read more than all who read here.
func (a Audience) Wider() bool {
	return slices.ContainsFunc(a.Personal.Collections(), func(name string) bool { return !a.Here.May(name) })
}

// Of works out who reads a reply to a message.
func (r *Rights) Of(ctx context.Context, m chat.Message) (Audience, error) {
	collections, err := r.cfg.Collections.Collections(ctx)
	if err != nil {
		return Audience{}, err
	}
	return lookup{r.cfg.Directory, m.Anew()}.audience(ctx, m.Channel, m.UserID, collections)
}

// Confirm looks once more, past every cache, whether everybody who will read a
// reply to a post may read the collections that it rests on; aside means by
// direct message. If not, the error is inbox.ErrChanged; while the platform
// cannot be asked, it asks for another try.
func (r *Rights) Confirm(ctx context.Context, post chat.Post, aside bool, used []string) error {
	channel, err := r.cfg.Directory.Channel(ctx, post.ChannelID, true)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", chat.Unreachable(err))
	}
	collections, err := r.named(ctx, used)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", err)
	}
	readers, err := lookup{r.cfg.Directory, true}.audience(ctx, channel, post.UserID, collections)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", err)
	}
	may := readers.Here
	if aside {
		may = readers.Personal
	}
	for _, name := range used {
		if !may.May(name) {
			return fmt.Errorf("confirm rights: a reader may not read what the answer rests on: %w", inbox.ErrChanged)
		}
	}
	return nil
}

// named returns the named collections as they are now.
func (r *Rights) named(ctx context.Context, names []string) ([]retrieval.Collection, error) {
	all, err := r.cfg.Collections.Collections(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(c retrieval.Collection) bool { return !slices.Contains(names, c.Name) }), nil
}
