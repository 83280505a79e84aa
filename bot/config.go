package bot

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Config sets up a Bot.
type Config struct {
	Self        User // the bot's own account: ID and Username; required
	Posts       Posts
	Directory   Directory
	Collections Collections
	Answerer    *Answerer
	Texts       *prompts.Catalogue
	Calendar    *officehours.Calendar // required; it may hold no formats
	Desk        officehours.Store     // required with Hosts.Channel
	Care        Care                  // nil: owners of documents are told nothing
	Hosts       Hosts
	Pilot       Pilot
	Budget      Budget
	Buttons     bool          // callbacks are reachable: put buttons under posts
	LateAfter   time.Duration // a post found later than this is answered as late; 0: 5 min
	Now         func() time.Time
	Log         *slog.Logger // gets ids and states, no text
}

// Collections lists what there is to read, with its readers and ranks.
type Collections interface {
	Collections(ctx context.Context) ([]retrieval.Collection, error)
}

// Hosts are the people who take what the documents do not settle.
type Hosts struct {
	Channel string   // private, "team/channel"; empty: nothing can be handed over
	Duty    []string // user names, one a week in turn; empty: nobody is mentioned
}

// Pilot limits who is answered: the people and the places named here. The zero
// value admits everybody.
type Pilot struct {
	Teams    []string // names; their members
	Channels []string // "team/channel"; their members, and whoever asks there
	Users    []string // user names
}

// Budget keeps a loop between two programs, or one busy finger, from filling a
// channel. Above it one notice is posted, then nothing until it is quieter.
type Budget struct {
	PerUser   int // messages of one person a minute; 0: 20, negative: no limit
	PerThread int // messages in one thread in ten minutes; 0: 30, negative: no limit
}

// WithDefaults fills in what is documented as default.
func (c Config) WithDefaults() Config {
	if c.Budget.PerUser == 0 {
		c.Budget.PerUser = 20
	}
	if c.Budget.PerThread == 0 {
		c.Budget.PerThread = 30
	}
	if c.LateAfter == 0 {
		c.LateAfter = 5 * time.Minute
	}
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
	need(c.Posts != nil, "bot: Posts is not set")
	need(c.Directory != nil, "bot: Directory is not set")
	need(c.Collections != nil, "bot: Collections is not set")
	need(c.Answerer != nil, "bot: Answerer is not set")
	need(c.Texts != nil, "bot: Texts is not set")
	need(c.Calendar != nil, "bot: Calendar is not set")
	need(c.Hosts.Channel == "" || c.Desk != nil, "bot: Hosts.Channel needs Desk")
	for _, name := range append([]string{c.Hosts.Channel}, c.Pilot.Channels...) {
		need(name == "" || strings.Count(name, "/") == 1, "bot: "+name+": write a channel as team/channel, with the names from its address")
	}
	for _, name := range c.Hosts.Duty {
		need(singleName(name), "bot: Hosts.Duty: "+name+": write the user name of one person, without @")
	}
	return errors.Join(errs...)
}

// singleName reports whether a name, mentioned, calls one person and not a
// whole channel.
func singleName(name string) bool {
	switch strings.ToLower(name) {
	case "", "all", "channel", "here":
		return false
	}
	m := findMentions("@" + name)
	return len(m) == 1 && m[0].to == len(name)+1
}

// Bot works out the replies to whatever is addressed to it. It keeps no state
// that a replica would miss and is safe for concurrent use.
type Bot struct {
	cfg   Config
	duty  officehours.Duty
	pilot pilotNotices
}

var (
	_ inbox.Handler = (*Bot)(nil)
	_ inbox.Noter   = (*Bot)(nil)
)

// New returns a Bot, or what the configuration lacks.
func New(cfg Config) (*Bot, error) {
	cfg = cfg.WithDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	return &Bot{cfg: cfg, duty: officehours.Duty{Hosts: cfg.Hosts.Duty, Zone: cfg.Calendar.Zone()}}, nil
}

// Lapse forgets previews that nobody has agreed to in time. It is to be called
// every few minutes.
func (b *Bot) Lapse(ctx context.Context) error {
	if b.cfg.Desk == nil {
		return nil
	}
	lapsed, err := b.cfg.Desk.Lapse(ctx, b.cfg.Now().Add(-officehours.PreviewTime))
	if err == nil && len(lapsed) > 0 {
		b.cfg.Log.InfoContext(ctx, "previews lapsed", "count", len(lapsed))
	}
	return err
}
