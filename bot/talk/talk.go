// Package talk is the talk itself: what a message can be a reply to, which says what
// it means, and the short words that need neither documents nor people.
//
// Limits: what somebody says stands in the chat and is read again each time; of
// what the bot has said only the outcome is asked for. What words mean is the room
// dialogue's.
package talk

import (
	"cmp"
	"context"
	"errors"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Outcomes are the records of what the bot has said.
type Outcomes interface {
	// OutcomeOf returns the outcome of the question that an own post with this
	// marker replies to. inbox.ErrDone: it is not kept.
	OutcomeOf(ctx context.Context, marker string) (string, error)
}

// People are those whom a question can go to.
type People interface {
	Open() bool // they take questions at all
	// Waits says what waits for a word of the author.
	Waits(ctx context.Context, m chat.Message) (dialogue.Pending, error)
	// LastQuestion is the question that a message leans on, if there is one.
	LastQuestion(ctx context.Context, m chat.Message) (chat.Post, bool, error)
	// Refuses reports whether a text is of the hard list. It is offered to nobody: Preview
	// leads to its contact again.
	Refuses(text string) bool
	Preview(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error)
	Agree(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error)
	Decline(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error)
	// Recall shows the preview that waits once more.
	Recall(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error)
}

// Told remembers what people were told on a day, for all replicas.
type Told interface {
	// First reports whether the question is the first for which the user is told
	// this on the day (2006-01-02). Asked again for the same question it says the
	// same.
	First(ctx context.Context, userID, what, day, questionID string) (bool, error)
}

// Config sets up a Talk. All fields are required but those with a default.
type Config struct {
	Self     chat.User // the bot's own account
	Posts    chat.Posts
	Ear      *dialogue.Ear
	Outcomes Outcomes
	People   People
	Told     Told
	Texts    *prompts.Catalogue
	Zone     *time.Location   // whose days count
	KeepDays int              // for which the stores keep texts; defaults to 30
	Now      func() time.Time // defaults to time.Now
}

func (c Config) validate() error {
	if c.Self.ID == "" || c.Posts == nil || c.Ear == nil || c.Outcomes == nil || c.People == nil || c.Told == nil || c.Texts == nil || c.Zone == nil {
		return errors.New("talk: Self, Posts, Ear, Outcomes, People, Told, Texts and Zone must be set")
	}
	return nil
}

// Talk hears messages and says short words.
type Talk struct{ cfg Config }

// New returns a Talk, or what the configuration lacks.
func New(cfg Config) (*Talk, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	cfg.KeepDays = cmp.Or(cfg.KeepDays, 30)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Talk{cfg: cfg}, nil
}

// says is a short word to whoever wrote.
func (t *Talk) says(m chat.Message, outcome, text string) inbox.Reply {
	d := m.Here(answer.Notice(t.cfg.Texts, text))
	d.Machine = true
	return inbox.Reply{Outcome: outcome, Drafts: []inbox.Draft{d}}
}
