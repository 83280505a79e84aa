package desk

import (
	"context"
	"errors"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/officehours"
)

// alike finds the ticket of others who ask the same, which its asker can join. 0:
// there is none: a ticket of one's own is always right.
func (d *Desk) alike(ctx context.Context, h officehours.Handover) (int64, error) {
	open, err := d.cfg.Store.OpenTickets(ctx, "", time.Time{})
	if err != nil {
		return 0, err
	}
	own, err := d.cfg.Store.TicketsFor(ctx, h.AskerID, "", officehours.Open, officehours.Claimed, officehours.Replied)
	if err != nil {
		return 0, err
	}
	mine := map[int64]bool{}
	for _, t := range own {
		mine[t.Number] = true
	}
	var texts []string
	var numbers []int64
	for _, t := range open {
		if t.State.Waits() && !mine[t.Number] && t.Text != "" {
			texts, numbers = append(texts, t.Text), append(numbers, t.Number)
		}
	}
	if i := sameAs(h.Text, texts); i >= 0 {
		return numbers[i], nil
	}
	return 0, nil
}

// othersText shows the ticket that a preview offers to join, as it stands now.
func (d *Desk) othersText(ctx context.Context, h officehours.Handover) (number int64, text string, err error) {
	if h.Joins == 0 {
		return 0, "", nil
	}
	t, err := d.cfg.Store.TicketByNumber(ctx, h.Joins)
	if errors.Is(err, officehours.ErrUnknown) {
		return 0, "", nil
	}
	if err != nil || !t.State.Waits() || t.Text == "" {
		return 0, "", err
	}
	return t.Number, answer.SafeBlock(t.Text), nil
}
