package knowledge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/rights"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Desk is where tickets and their cards are.
type Desk interface {
	Hosts(ctx context.Context) (chat.Channel, error)
	AtCard(ctx context.Context, m chat.Message, act dialogue.Act) (t officehours.Ticket, reply inbox.Reply, ok bool, err error)
	UnderCard(ctx context.Context, t officehours.Ticket, text string) (inbox.Draft, error)
	TellAskers(ctx context.Context, t officehours.Ticket, text string, change func(*prompts.Step)) ([]inbox.Draft, error)
	Masked(text string, kinds ...masking.Kind) string
	OnDuty() string
}

// Tickets are what was asked and answered.
type Tickets interface {
	TicketByNumber(ctx context.Context, number int64) (officehours.Ticket, error)
	Answers(ctx context.Context, number int64) ([]officehours.HostAnswer, error)
}

// Shelf is where approved answers are found.
type Shelf interface {
	// Basis returns the passage that an answer rests on, if it stands and r may see it.
	Basis(ctx context.Context, a approved.Answer, r retrieval.Readers) (retrieval.Hit, bool, error)
	// Among says in whose place an answer would be, and what is wrong with it there.
	Among(a approved.Answer) (instead string, faults []approved.Fault)
	Today() retrieval.Date
	// Refresh reads all answers anew.
	Refresh(ctx context.Context) error
}

// Documents are what answers rest on.
type Documents interface {
	Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error)
}

// Readers know what may be read where.
type Readers interface {
	Of(ctx context.Context, m chat.Message) (rights.Audience, error)
}

// Collections are all there are.
type Collections interface {
	Collections(ctx context.Context) ([]retrieval.Collection, error)
}

// Config sets up Knowledge. All fields are required but those with a default.
type Config struct {
	Versions    approved.Versions
	Shelf       Shelf
	Desk        Desk
	Tickets     Tickets
	Documents   Documents
	Readers     Readers
	Collections Collections
	Directory   chat.Directory
	Texts       *prompts.Catalogue
	Buttons     bool             // put buttons below drafts; defaults to none
	Now         func() time.Time // defaults to time.Now
	Log         *slog.Logger     // gets ids, no text; defaults to none
}

// Knowledge makes answers of the house out of answers to tickets.
type Knowledge struct{ cfg Config }

// New returns Knowledge, or what the configuration lacks.
func New(cfg Config) (*Knowledge, error) {
	if cfg.Versions == nil || cfg.Shelf == nil || cfg.Desk == nil || cfg.Tickets == nil || cfg.Documents == nil || cfg.Readers == nil ||
		cfg.Collections == nil || cfg.Directory == nil || cfg.Texts == nil {
		return nil, errors.New("knowledge: Versions, Shelf, Desk, Tickets, Documents, Readers, Collections, Directory and Texts must be set")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Knowledge{cfg: cfg}, nil
}

// hostsMay is what all who read the hosts' channel may read: nothing else is shown
// there, or taken as a basis by them.
func (k *Knowledge) hostsMay(ctx context.Context, userID string) (retrieval.Readers, error) {
	hosts, err := k.cfg.Desk.Hosts(ctx)
	if err != nil {
		return retrieval.Readers{}, err
	}
	audience, err := k.cfg.Readers.Of(ctx, chat.Message{Question: inbox.Question{Arrival: inbox.Arrival{UserID: userID}}, Channel: hosts})
	if err != nil {
		return retrieval.Readers{}, fmt.Errorf("find out what hosts may read: %w", err)
	}
	return audience.Here, nil
}

// says is a word below a card.
func (k *Knowledge) says(m chat.Message, outcome string, name string, d prompts.Knowledge) inbox.Reply {
	draft := m.Here(k.cfg.Texts.Knowledge(name, d))
	draft.About = inbox.About{Kind: inbox.AboutHosts}
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{draft}}
}

// username is the account of a person; empty: there is none that can be reached.
func (k *Knowledge) username(ctx context.Context, userID string) (string, error) {
	if userID == "" {
		return "", nil
	}
	user, err := k.cfg.Directory.User(ctx, userID, false)
	if errors.Is(err, inbox.ErrGone) || err == nil && user.Deactivated {
		return "", nil
	}
	if err != nil {
		return "", chat.Unreachable(err)
	}
	return user.Username, nil
}
