// Package desk brings a question to people and their answer back: what would go
// over is shown to its asker and handed over at a yes, hosts answer below the
// card, the asker says whether that helped.
//
// What office hours, tickets and their steps are is the domain's, officehours.
// Limits: it asks no documents and no model; the questions that go to nobody but
// their contact come from a Refuser.
package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Refuser knows the questions that no machine decides and no host is shown.
type Refuser interface {
	// Refuse leads such a text to its contact; false: it is none.
	Refuse(text string) (answer.Answer, bool)
}

// Config sets up a Desk. All fields are required but those with a default.
type Config struct {
	Self      chat.User // the bot's own account
	Posts     chat.Posts
	Ear       *dialogue.Ear
	Directory chat.Directory
	Store     officehours.Store // nil only without Hosts.Channel
	Calendar  *officehours.Calendar
	Refuser   Refuser
	Texts     *prompts.Catalogue
	// Whole says a question with those before it that it leans on, oldest first.
	Whole func(before []string, question string) string
	// Leans reports whether a question is not understood without those before it.
	Leans   func(question string) bool
	Hosts   Hosts            // defaults to nobody: nothing can be handed over
	Advisor Advisor          // defaults to none: agendas come without what the documents say
	Said    Said             // defaults to none: what the bot answered never goes along
	Files   chat.Files       // defaults to none: files are refused in words
	Limits  Limits           // defaults: see there
	Certain time.Duration    // for how long a session must be missing from the calendar before its tickets move on: longer than all replicas take to read it
	Masker  masking.Finder   // defaults to one that knows nobody of the house
	Buttons bool             // put buttons under previews and answers; defaults to none
	Now     func() time.Time // defaults to time.Now
	Log     *slog.Logger     // gets ids and states, no text; defaults to none
}

// Hosts are the people who take what the documents do not settle.
type Hosts struct {
	Channel string   // private, "team/channel"; empty: nothing can be handed over
	Duty    []string // user names, one a week in turn; empty: nobody is mentioned
	Absent  []string // who is away: "heide.host 2026-03-02 2026-03-13", both days included; the next in turn stands in
	Sign    string   // how answers are signed: SignNobody, SignFunction or SignName
}

// Advisor says what the documents say to a question, to a host, as far as all readers
// of the hosts' channel may read them; one safe line, empty: nothing.
type Advisor interface {
	Advise(ctx context.Context, hosts chat.Channel, host, question string) (string, error)
}

func (c Config) withDefaults() Config {
	c.Limits = c.Limits.withDefaults()
	if c.Masker == nil {
		c.Masker = masking.New()
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
	need(c.Self.ID != "" && c.Posts != nil && c.Ear != nil && c.Directory != nil && c.Calendar != nil && c.Refuser != nil && c.Texts != nil && c.Whole != nil && c.Leans != nil,
		"desk: Self, Posts, Ear, Directory, Calendar, Refuser, Texts, Whole and Leans must be set")
	need(c.Hosts.Channel == "" || c.Store != nil, "desk: Hosts.Channel needs Store")
	need(c.Hosts.Channel == "" || strings.Count(c.Hosts.Channel, "/") == 1,
		"desk: Hosts.Channel: "+c.Hosts.Channel+": write a channel as team/channel, with the names from its address")
	if _, err := officehours.ParseAbsences(c.Hosts.Absent); err != nil {
		errs = append(errs, fmt.Errorf("desk: Hosts.Absent: %w", err))
	}
	need(slices.Contains([]string{SignNobody, SignFunction, SignName}, c.Hosts.Sign), "desk: Hosts.Sign: "+c.Hosts.Sign+": write function or name, or leave it out")
	for _, name := range c.Hosts.Duty {
		need(chat.SingleName(name), "desk: Hosts.Duty: "+name+": write the user name of one person, without @")
	}
	return errors.Join(errs...)
}

// Desk hands questions over and answers back.
type Desk struct {
	cfg     Config
	duty    officehours.Duty
	missing missing
}

// New returns a Desk, or what the configuration lacks.
func New(cfg Config) (*Desk, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	absent, err := officehours.ParseAbsences(cfg.Hosts.Absent)
	if err != nil {
		return nil, err
	}
	return &Desk{cfg: cfg, duty: officehours.Duty{Hosts: cfg.Hosts.Duty, Absent: absent, Zone: cfg.Calendar.Zone()}}, nil
}

// Open reports whether questions can be handed over at all.
func (d *Desk) Open() bool { return d.cfg.Hosts.Channel != "" }
