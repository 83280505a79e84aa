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

// Step reports whether its asker can bring a ticket from one state to another; if
// not, an error that wraps ErrStep.
func Step(from, to TicketState) error {
	for _, row := range table {
		if next, can := row.steps[from]; can && next.to == to && from != "" && slices.Contains(row.actors, ByAsker) {
			return nil
		}
	}
	return fmt.Errorf("ticket from %q to %q: %w", from, to, ErrStep)
}

// Closed reports whether a ticket takes no more answers.
func (s TicketState) Closed() bool { return s == Settled || s == Merged || s == Withdrawn }

// Expired reports whether a preview was shown too long ago to be agreed to.
func (h Handover) Expired(now time.Time) bool { return now.After(h.ShownAt.Add(PreviewTime)) }
