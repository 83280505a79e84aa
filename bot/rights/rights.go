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

// Shelf knows what of the documents still holds.
type Shelf interface {
	// Stands reports whether the passages may still be quoted to the readers: each
	// is as it was read, and its document serves on the day; zero: today.
	Stands(ctx context.Context, passages []int64, asOf retrieval.Date, r retrieval.Readers) (bool, error)
}

// Config sets up Rights.
type Config struct {
	Directory   chat.Directory // required
	Collections Collections    // required
	Shelf       Shelf          // required
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
	if c.Directory == nil || c.Collections == nil || c.Shelf == nil {
		errs = append(errs, errors.New("rights: Directory, Collections and Shelf must be set"))
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
// reply to a post may read what it rests on, and whether that still stands; aside
// means by direct message, and a post without a channel stands nowhere else. If not, the error is inbox.ErrChanged; while the
// platform cannot be asked, it asks for another try.
func (r *Rights) Confirm(ctx context.Context, post chat.Post, aside bool, b inbox.Basis) error {
	may, err := r.now(ctx, post, aside, b.Collections)
	if err != nil {
		return fmt.Errorf("confirm rights: %w", err)
	}
	for _, name := range b.Collections {
		if !may.May(name) {
			return fmt.Errorf("confirm rights: a reader may not read what the answer rests on: %w", inbox.ErrChanged)
		}
	}
	if len(b.Passages) == 0 {
		return nil
	}
	var asOf retrieval.Date
	if !b.AsOf.IsZero() {
		asOf = retrieval.DateOf(b.AsOf)
	}
	stands, err := r.cfg.Shelf.Stands(ctx, b.Passages, asOf, may)
	if err == nil && !stands {
		err = fmt.Errorf("what the answer quotes does not stand any more: %w", inbox.ErrChanged)
	}
	if err != nil {
		return fmt.Errorf("confirm basis: %w", err)
	}
	return nil
}

// now works out anew which of the named collections a reply to a post may rest on.
func (r *Rights) now(ctx context.Context, post chat.Post, aside bool, names []string) (retrieval.Readers, error) {
	channel := chat.Channel{Kind: chat.DirectChannel}
	if post.ChannelID != "" {
		var err error
		if channel, err = r.cfg.Directory.Channel(ctx, post.ChannelID, true); err != nil {
			return retrieval.Readers{}, chat.Unreachable(err)
		}
	}
	collections, err := r.named(ctx, names)
	if err != nil {
		return retrieval.Readers{}, err
	}
	readers, err := lookup{r.cfg.Directory, true}.audience(ctx, channel, post.UserID, collections)
	if aside {
		return readers.Personal, err
	}
	return readers.Here, err
}

// named returns the named collections as they are now.
func (r *Rights) named(ctx context.Context, names []string) ([]retrieval.Collection, error) {
	all, err := r.cfg.Collections.Collections(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(c retrieval.Collection) bool { return !slices.Contains(names, c.Name) }), nil
}
