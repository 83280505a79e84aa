package officehours

import (
	"context"
	"time"
)

// AskerState is where a ticket stands for one of those who ask it, as far as that
// differs from where it stands for all.
type AskerState string

// The states of an asker.
const (
	Asking AskerState = "asking"    // where the ticket stands
	Helped AskerState = "settled"   // it has helped this one
	Left   AskerState = "withdrawn" // took the words back
)

// Asker is one of the people who ask a ticket.
type Asker struct {
	UserID string // chat user id; never shown to hosts
	Text   string // this one's words; empty: taken back, or their time is over
	State  AskerState
	Remind bool   // wants to be reminded of the session
	PostID string // in a channel, that it was asked with; empty: asked elsewhere
	Added  string // what this one has written to the ticket last; empty: nothing that is kept
	From   int64  // the ticket that was merged into this one and that this one asked; 0: none
}

// Askers keeps who asks a ticket: who opened it and who joined. Ticket.AskerID and
// Ticket.Text are the first one's who still asks.
type Askers interface {
	// Askers returns everybody who is to hear what becomes of a ticket (answered,
	// corrected, moved, closed): who opened it, then who joined, in order, and those
	// of the tickets that were merged into it; each person once. Who took the words
	// back or was forgotten is not among them; who said that it helped is, as Helped.
	// An unknown number has none.
	Askers(ctx context.Context, number int64) ([]Asker, error)
	// Join closes a preview and adds its asker and words to a ticket that waits for an
	// answer, instead of opening one; the ticket rises above those of its agenda that
	// fewer ask. Who asks it already adds nothing. ErrClosed: the preview is closed, or
	// the ticket waits no more.
	Join(ctx context.Context, handoverID string, number int64, by string, at time.Time) (Ticket, error)
	// Remind notes whether one who asks a ticket wants to be reminded of its session.
	// ErrUnknown: not this one's ticket.
	Remind(ctx context.Context, number int64, askerID string, on bool) error
	// MoveFor moves a ticket at the word of one who asks it: Settled, Withdrawn, or Open
	// again. While others ask it, the first two take this one off it alone, and the
	// ticket stays where it is: see the State of what is returned. Withdrawn takes this
	// one's words. ErrUnknown: not this one's ticket. ErrStep: see Step.
	MoveFor(ctx context.Context, number int64, askerID string, to TicketState, by string, at time.Time) (Ticket, error)
}

// StateFor is where a ticket stands for one who asks it.
func StateFor(t TicketState, a AskerState) TicketState {
	if t.Closed() || a == Asking {
		return t
	}
	return TicketState(a)
}

// Waits reports whether a ticket waits for an answer, so that it can be joined.
func (s TicketState) Waits() bool { return s == Open || s == Claimed }

// fewest is of how many people a number is said: of fewer it would tell who they are.
const fewest = 5

// Rounded is a number of people as it may be said; 0: several.
func Rounded(people int) int {
	if people < fewest {
		return 0
	}
	return (people + fewest/2) / fewest * fewest
}
