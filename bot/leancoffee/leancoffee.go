package leancoffee

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Receiver stores an arrival, once: the inbox.
type Receiver interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

// Config sets up a Room. All fields are required but those with a default.
type Config struct {
	Store     officehours.Coffees
	Directory chat.Directory
	Texts     *prompts.Catalogue
	Zone      *time.Location   // in which times are told
	Buttons   bool             // put buttons under posts; defaults to none
	Now       func() time.Time // defaults to time.Now
	Log       *slog.Logger     // gets ids and phases, no text; defaults to none
}

// Room holds LeanCoffees.
type Room struct{ cfg Config }

// New returns a Room, or what the configuration lacks.
func New(cfg Config) (*Room, error) {
	if cfg.Store == nil || cfg.Directory == nil || cfg.Texts == nil || cfg.Zone == nil {
		return nil, errors.New("leancoffee: Store, Directory, Texts and Zone must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Room{cfg: cfg}, nil
}

// Below reports whether one is held in the thread.
func (r *Room) Below(ctx context.Context, rootID string) (bool, error) {
	if rootID == "" {
		return false, nil
	}
	_, err := r.cfg.Store.CoffeeByRoot(ctx, rootID)
	if errors.Is(err, officehours.ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// Tick brings those whose time is up to the inbox. It is to be called every few
// seconds; replicas bring the same one once.
func (r *Room) Tick(ctx context.Context, to Receiver) error {
	running, err := r.cfg.Store.RunningCoffees(ctx)
	if err != nil {
		return err
	}
	now := r.cfg.Now()
	for _, c := range running {
		if now.Before(c.Until) {
			continue
		}
		a := inbox.Arrival{
			Origin: inbox.FromHouse, Key: fmt.Sprintf("coffee:%d:%d", c.ID, c.Until.Unix()), ChannelID: c.ChannelID, RootID: c.RootID,
			Action: inbox.CoffeeTime, Subject: inbox.Subject{Coffee: c.ID}, At: now,
		}
		if err := to.Receive(ctx, a); err != nil {
			return fmt.Errorf("time of leancoffee (%d): %w", c.ID, err)
		}
	}
	return nil
}

// Posted remembers the opening post, below which the talk is.
func (r *Room) Posted(ctx context.Context, d inbox.Draft) error {
	if d.About.Kind != inbox.AboutCoffee {
		return nil
	}
	return r.cfg.Store.SaveCoffeeRoot(ctx, d.About.Coffee, d.PostID)
}

// Failed is a word in the thread that the clock stands still; false: the question
// is none of the room's.
func (r *Room) Failed(q inbox.Question) (inbox.Draft, bool) {
	if q.Action != inbox.CoffeeTime {
		return inbox.Draft{}, false
	}
	return inbox.Draft{ChannelID: q.ChannelID, RootID: q.RootID, Text: r.cfg.Texts.CoffeeFailed(), Machine: true}, true
}

// meant is the one that a message is about: that of its button or thread, or for a
// word to the bot alone the newest one of a channel of the author's. ErrUnknown:
// none. Only members of the channel take part.
func (r *Room) meant(ctx context.Context, m chat.Message, act dialogue.Act) (c officehours.Coffee, err error) {
	switch {
	case act.Subject.Coffee != 0:
		c, err = r.cfg.Store.Coffee(ctx, act.Subject.Coffee)
	case m.Direct():
		return r.ofAuthor(ctx, m)
	default:
		c, err = r.cfg.Store.CoffeeByRoot(ctx, m.Root())
	}
	if err != nil || m.Origin == inbox.FromHouse {
		return c, err
	}
	member, err := r.member(ctx, c, m.UserID)
	if err == nil && !member {
		err = officehours.ErrUnknown
	}
	return c, err
}

func (r *Room) ofAuthor(ctx context.Context, m chat.Message) (officehours.Coffee, error) {
	running, err := r.cfg.Store.RunningCoffees(ctx)
	if err != nil {
		return officehours.Coffee{}, err
	}
	for i := len(running) - 1; i >= 0; i-- {
		member, err := r.member(ctx, running[i], m.UserID)
		if err != nil || member {
			return running[i], err
		}
	}
	return officehours.Coffee{}, officehours.ErrUnknown
}

func (r *Room) member(ctx context.Context, c officehours.Coffee, userID string) (bool, error) {
	member, err := r.cfg.Directory.Member(ctx, c.ChannelID, userID, false)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	return member, nil
}
