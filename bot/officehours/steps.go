package officehours

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// PreviewTime is how long "ja" counts after a preview was shown.
const PreviewTime = 30 * time.Minute

// ErrStep is a step that a ticket cannot take from where it stands.
var ErrStep = errors.New("no such step")

// steps are the states that a ticket can go to from each state. Settled,
// merged and withdrawn tickets can only be opened again by their asker, a
// merged one not at all: its fate is the other ticket's.
var steps = map[TicketState][]TicketState{
	Open:      {Claimed, Replied, Merged, Withdrawn},
	Claimed:   {Open, Replied, Merged, Withdrawn},
	Replied:   {Open, Claimed, Replied, Settled, Withdrawn},
	Settled:   {Open},
	Withdrawn: {Open},
}

// Step reports whether a ticket may go from one state to another; if not, an
// error that wraps ErrStep.
func Step(from, to TicketState) error {
	if !slices.Contains(steps[from], to) {
		return fmt.Errorf("ticket from %q to %q: %w", from, to, ErrStep)
	}
	return nil
}

// Closed reports whether a ticket takes no more answers.
func (s TicketState) Closed() bool { return s == Settled || s == Merged || s == Withdrawn }

// Expired reports whether a preview was shown too long ago to be agreed to.
func (h Handover) Expired(now time.Time) bool { return now.After(h.ShownAt.Add(PreviewTime)) }
