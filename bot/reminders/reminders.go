// Package reminders reminds people of sessions that they want to be reminded of, the
// day before and an hour before, whatever they have asked; and tells them once where
// such a session is moved or called off.
//
// Limits: of a wish it keeps the person, the format and the session, and no text. What
// somebody is reminded of because a question of theirs is on its agenda is the desk's.
package reminders

import (
	"context"
	"errors"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// ErrUnknown says that there is no such wish (any more).
var ErrUnknown = errors.New("no such wish to be reminded")

// Wish is that a person wants to be reminded of a session.
type Wish struct {
	ID      string // a UUID
	UserID  string
	Format  string // its id
	Session time.Time
	Since   time.Time // when it was said
}

// Store keeps wishes until their session is over.
type Store interface {
	// Add keeps a wish, once for a person and session. By is the message that says so;
	// inbox.ErrStale: whoever wrote it was forgotten meanwhile.
	Add(ctx context.Context, w Wish, by string) error
	// Remove forgets a person's wishes for a format (empty: all) and returns them.
	Remove(ctx context.Context, userID, format string) ([]Wish, error)
	// Of are the wishes of a person, by session.
	Of(ctx context.Context, userID string) ([]Wish, error)
	// Sessions are those that anybody wants to be reminded of, without persons and ids.
	Sessions(ctx context.Context) ([]Wish, error)
	// For are the wishes for a session.
	For(ctx context.Context, format string, session time.Time) ([]Wish, error)
	// Wish returns one, or ErrUnknown.
	Wish(ctx context.Context, id string) (Wish, error)
	// Move changes the session of a wish; a wish that is for another one by now stays.
	Move(ctx context.Context, id string, from, to time.Time) error
}

// Inbox stores what is to be said, once each.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

// Talk is what was said before.
type Talk interface {
	// LastQuestion is the question that a message leans on, if there is one.
	LastQuestion(ctx context.Context, m chat.Message) (chat.Post, bool, error)
}

// Config sets up Reminders. All fields are required but Now.
type Config struct {
	Store     Store
	Talk      Talk
	Directory chat.Directory
	Calendar  *officehours.Calendar
	Texts     *prompts.Catalogue
	Tickets   dialogue.Handler // reminders of tickets, for whoever has some
	Now       func() time.Time // defaults to time.Now
}

// Reminders reminds people.
type Reminders struct{ cfg Config }

// New returns Reminders, or what the configuration lacks.
func New(cfg Config) (*Reminders, error) {
	if cfg.Store == nil || cfg.Talk == nil || cfg.Directory == nil || cfg.Calendar == nil || cfg.Texts == nil || cfg.Tickets == nil {
		return nil, errors.New("reminders: Store, Talk, Directory, Calendar, Texts and Tickets must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Reminders{cfg: cfg}, nil
}
