package inbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Config is what a Pipeline is made of. Store, Chat, Handler, Now and Log are
// required.
type Config struct {
	Store   Store
	Chat    Chat
	Handler Handler // may also be a Noter
	Now     func() time.Time
	Log     *slog.Logger

	// Lease is how long a silent worker keeps a question. Defaults to 30 s.
	Lease time.Duration
	// Heartbeat is how often the lease is prolonged. Defaults to 10 s.
	Heartbeat time.Duration
	// HandleTimeout bounds one call of the Handler. Defaults to 60 s.
	HandleTimeout time.Duration
	// Timeout bounds one Work. Defaults to HandleTimeout and 30 s; the queue must
	// allow more.
	Timeout time.Duration
	// MaxAttempts is how often the Handler may fail (or take the process down)
	// before the failure is told. Defaults to 5.
	MaxAttempts int
	// Patience is how long a Handler may ask for another try (RetryError)
	// before the failure is told. Defaults to 15 min.
	Patience time.Duration
	// PostPatience is how long an unreachable chat platform is waited for before
	// a saved reply is given up, or made anew if it is FromHouse. Defaults to 24 h.
	PostPatience time.Duration
}

func (c Config) withDefaults() Config {
	c.Lease = cmp.Or(c.Lease, 30*time.Second)
	c.Heartbeat = cmp.Or(c.Heartbeat, 10*time.Second)
	c.HandleTimeout = cmp.Or(c.HandleTimeout, time.Minute)
	c.Timeout = cmp.Or(c.Timeout, c.HandleTimeout+30*time.Second)
	c.MaxAttempts = cmp.Or(c.MaxAttempts, 5)
	c.Patience = cmp.Or(c.Patience, 15*time.Minute)
	c.PostPatience = cmp.Or(c.PostPatience, 24*time.Hour)
	return c
}

func (c Config) validate() error {
	switch {
	case c.Store == nil, c.Chat == nil, c.Handler == nil, c.Now == nil, c.Log == nil:
		return errors.New("one of Store, Chat, Handler, Now and Log is missing")
	case c.Heartbeat >= c.Lease:
		return fmt.Errorf("heartbeat (%s) must be shorter than the lease (%s)", c.Heartbeat, c.Lease)
	case c.HandleTimeout >= c.Timeout:
		return fmt.Errorf("handle timeout (%s) must be shorter than the timeout (%s)", c.HandleTimeout, c.Timeout)
	}
	return nil
}

// Pipeline takes in what is addressed to the bot and works on it once. Several
// pipelines on one store share the work.
type Pipeline struct {
	cfg     Config
	store   Store
	chat    Chat
	handler Handler
	now     func() time.Time
	log     *slog.Logger
}

// New makes a pipeline.
func New(cfg Config) (*Pipeline, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, fmt.Errorf("inbox config: %w", err)
	}
	return &Pipeline{cfg: cfg, store: cfg.Store, chat: cfg.Chat, handler: cfg.Handler, now: cfg.Now, log: cfg.Log}, nil
}

// Timeout is the longest that one Work takes.
func (p *Pipeline) Timeout() time.Duration { return p.cfg.Timeout }

// Receive stores an arrival with its job. Repeating it changes nothing. A press
// that counts as one with an earlier press is ErrPressed, and so is a dialog that
// was sent off before.
func (p *Pipeline) Receive(ctx context.Context, a Arrival) error {
	id, added, err := p.store.Add(ctx, a)
	if err != nil {
		return fmt.Errorf("receive (%s %s): %w", a.Origin, a.Key, err)
	}
	if !added && a.Origin.Pressed() {
		return fmt.Errorf("receive (%s %s): %w", a.Origin, a.Key, ErrPressed)
	}
	if added {
		p.log.InfoContext(ctx, "question received", KeyQuestion, id, KeyOrigin, a.Origin, KeyLate, a.Late)
	}
	return nil
}

// Edited makes the reply to an edited post anew, which arrives as it would if it
// were new. An edit that the reply knows already, or of a post that is none of the
// bot's, changes nothing.
func (p *Pipeline) Edited(ctx context.Context, a Arrival, at time.Time) error {
	if at.IsZero() {
		return nil
	}
	if err := p.store.Edited(ctx, a, at.UnixMilli()); err != nil {
		return fmt.Errorf("note edit (%s): %w", a.Key, err)
	}
	return nil
}

// Deleted removes the replies to a deleted post.
func (p *Pipeline) Deleted(ctx context.Context, postID string) error {
	if err := p.store.Deleted(ctx, FromPost, postID); err != nil {
		return fmt.Errorf("note deletion (%s): %w", postID, err)
	}
	return nil
}
