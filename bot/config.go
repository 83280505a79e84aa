package bot

import (
	"cmp"
	"errors"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/budget"
	"lvr.example/sprechstunde/bot/care"
	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/knowledge"
	"lvr.example/sprechstunde/bot/leancoffee"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/owndata"
	"lvr.example/sprechstunde/bot/reminders"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/bot/talk"
	"lvr.example/sprechstunde/prompts"
)

// Config sets up a Bot. All fields are required but those with a default.
type Config struct {
	Self      chat.User // the bot's own account: ID and Username
	Posts     chat.Posts
	Directory chat.Directory
	Talk      *talk.Talk
	Rights    *rights.Rights
	Asking    *ask.Asking
	Desk      *desk.Desk
	Care      *care.Care
	Coffee    *leancoffee.Room
	Knowledge *knowledge.Knowledge
	Reminders *reminders.Reminders
	Channels  *channels.Room
	Gaps      *gaps.Gaps
	Feedback  *feedback.Feedback
	OwnData   *owndata.OwnData
	Calendar  *officehours.Calendar // it may hold no formats
	Texts     *prompts.Catalogue
	Budget    budget.Limits    // defaults: see there
	LateAfter time.Duration    // a post found later than this is answered as late; defaults to 5 min
	Now       func() time.Time // defaults to time.Now
	Log       *slog.Logger     // gets ids and states, no text; defaults to none
}

func (c Config) withDefaults() Config {
	c.LateAfter = cmp.Or(c.LateAfter, 5*time.Minute)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func (c Config) validate() error {
	var errs []error
	need := func(ok bool, message string) {
		if !ok {
			errs = append(errs, errors.New(message))
		}
	}
	need(c.Self.ID != "" && c.Self.Username != "", "bot: Self needs ID and Username")
	need(c.Posts != nil && c.Directory != nil, "bot: Posts and Directory must be set")
	need(c.Talk != nil && c.Rights != nil && c.Asking != nil && c.Desk != nil && c.Care != nil && c.Coffee != nil && c.Knowledge != nil && c.Reminders != nil && c.Gaps != nil && c.Channels != nil && c.Feedback != nil && c.OwnData != nil,
		"bot: Talk, Rights, Asking, Desk, Care, Coffee, Knowledge, Reminders, Gaps, Channels, Feedback and OwnData must be set")
	need(c.Calendar != nil && c.Texts != nil, "bot: Calendar and Texts must be set")
	return errors.Join(errs...)
}

// Bot works out the replies to whatever is addressed to it. It keeps no state
// that a replica would miss and is safe for concurrent use.
type Bot struct {
	cfg  Config
	ways map[dialogue.Kind]way
}

var (
	_ inbox.Handler = (*Bot)(nil)
	_ inbox.Noter   = (*Bot)(nil)
)

// New returns a Bot, or what the configuration lacks.
func New(cfg Config) (*Bot, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	b := &Bot{cfg: cfg}
	b.ways = b.table()
	return b, nil
}
