package desk

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/officehours"
)

// Waits says what waits for a word of the author. Last is the bot's last post in
// the talk. What this very message has decided or moved already still counts, so
// that it is heard the same again.
func (d *Desk) Waits(ctx context.Context, m chat.Message, last string) (w dialogue.Pending, err error) {
	if d.cfg.Store == nil {
		return w, nil
	}
	h, err := d.cfg.Store.HandoverFor(ctx, m.UserID, m.ID)
	switch {
	case err == nil:
		w.Preview = h.State != officehours.Proposed || !h.Expired(d.wordTime(m))
	case !errors.Is(err, officehours.ErrUnknown):
		return w, fmt.Errorf("find preview: %w", err)
	}
	tickets, err := d.cfg.Store.TicketsFor(ctx, m.UserID, m.ID, officehours.Open, officehours.Claimed, officehours.Replied, officehours.Settled)
	if err != nil {
		return w, fmt.Errorf("find tickets: %w", err)
	}
	below, err := d.below(ctx, m.Root(), last)
	if err != nil {
		return w, err
	}
	for _, t := range tickets {
		w.Tickets = w.Tickets || t.State != officehours.Settled
		if t.Number != below {
			continue
		}
		if w.Answer = t.State != officehours.Open && t.State != officehours.Claimed; w.Answer {
			continue
		}
		if w.Asked, err = d.askedBack(ctx, t.Number); err != nil {
			return w, err
		}
		w.Answer = w.Asked
	}
	return w, nil
}

// askedBack reports whether the last that a host has said to those who ask a ticket
// was a question.
func (d *Desk) askedBack(ctx context.Context, number int64) (bool, error) {
	answers, err := d.cfg.Store.Answers(ctx, number)
	if err != nil || len(answers) == 0 {
		return false, err
	}
	return answers[len(answers)-1].AskBack, nil
}

// below is the number of the ticket that the first of these posts tells its
// asker about; 0: none does.
func (d *Desk) below(ctx context.Context, posts ...string) (int64, error) {
	for _, id := range posts {
		if id == "" {
			continue
		}
		ticket, err := d.cfg.Store.TicketByPost(ctx, officehours.Notice, id)
		for err == nil && ticket.State == officehours.Merged {
			ticket, err = d.cfg.Store.TicketByNumber(ctx, ticket.MergedInto)
		}
		if err == nil {
			return ticket.Number, nil
		}
		if !errors.Is(err, officehours.ErrUnknown) {
			return 0, fmt.Errorf("find ticket: %w", err)
		}
	}
	return 0, nil
}
