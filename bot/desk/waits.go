package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/officehours"
)

// Waits says what waits for a word of the author. What this very message has decided or
// moved already still counts, so that it is heard the same again.
func (d *Desk) Waits(ctx context.Context, m chat.Message) (w dialogue.Pending, err error) {
	if d.cfg.Store == nil {
		return w, nil
	}
	h, err := d.cfg.Store.HandoverFor(ctx, m.UserID, m.ID)
	switch {
	case err == nil:
		w.Preview = h.State != officehours.Proposed || !h.Expired(d.wordTime(m))
		w.Adds = w.Preview && h.Ticket != 0
	case !errors.Is(err, officehours.ErrUnknown):
		return w, fmt.Errorf("find preview: %w", err)
	}
	tickets, err := d.cfg.Store.TicketsFor(ctx, m.UserID, m.ID, officehours.Open, officehours.Claimed, officehours.Replied, officehours.Settled)
	if err != nil {
		return w, fmt.Errorf("find tickets: %w", err)
	}
	if len(tickets) == 0 {
		return w, nil
	}
	below, inThread, err := d.toldLast(ctx, m)
	if err != nil {
		return w, err
	}
	for _, t := range tickets {
		w.Tickets = w.Tickets || t.State != officehours.Settled
		if t.Number != below {
			continue
		}
		switch t.State {
		case officehours.Replied:
			w.Answer = true
		case officehours.Settled:
			w.Answer = inThread // beside it, something new is said after a ticket that is over
		default:
			if w.Asked, err = d.askedBack(ctx, t.Number); err != nil {
				return w, err
			}
			w.Answer = w.Asked
		}
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

// toldLast is the number of the ticket that a message stands below, or that the bot's
// last post tells its asker about; 0: none.
func (d *Desk) toldLast(ctx context.Context, m chat.Message) (number int64, inThread bool, err error) {
	if number, err = d.below(ctx, m.Root()); err != nil || number != 0 {
		return number, true, err
	}
	own, err := chat.OwnBefore(ctx, d.cfg.Posts, m, d.cfg.Self)
	if err != nil || len(own) == 0 {
		return 0, false, err
	}
	number, err = d.below(ctx, own[0].ID)
	return number, false, err
}

// justSaid reports whether a post is of the same talk as a message.
func justSaid(m chat.Message, p chat.Post) bool {
	return m.Post.CreatedAt.Sub(p.CreatedAt) <= sameTalk
}

// toldRecently is how many of the bot's posts are looked through for what was spoken of.
const toldRecently = 12

// spokenOf is which of a person's tickets a message is about that names none: the one
// that it stands below, or that the bot told of last. False: it told of none of them lately.
func (d *Desk) spokenOf(ctx context.Context, m chat.Message, tickets []officehours.Ticket) (officehours.Ticket, bool, error) {
	is := func(number int64) int {
		return slices.IndexFunc(tickets, func(t officehours.Ticket) bool { return t.Number == number })
	}
	if number, err := d.below(ctx, m.Root()); err != nil {
		return officehours.Ticket{}, false, err
	} else if i := is(number); i >= 0 {
		return tickets[i], true, nil
	}
	own, err := chat.OwnBefore(ctx, d.cfg.Posts, m, d.cfg.Self)
	if err != nil {
		return officehours.Ticket{}, false, err
	}
	for _, p := range own[:min(toldRecently, len(own))] {
		if !justSaid(m, p) {
			break
		}
		number, err := d.below(ctx, p.ID)
		if err != nil {
			return officehours.Ticket{}, false, err
		}
		if i := is(number); i >= 0 {
			return tickets[i], true, nil
		}
	}
	return officehours.Ticket{}, false, nil
}

// below is the number of the ticket that a post tells its asker about; 0: none.
func (d *Desk) below(ctx context.Context, post string) (int64, error) {
	ticket, err := d.cfg.Store.TicketByPost(ctx, officehours.Notice, post)
	for err == nil && ticket.State == officehours.Merged {
		ticket, err = d.cfg.Store.TicketByNumber(ctx, ticket.MergedInto)
	}
	if errors.Is(err, officehours.ErrUnknown) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("find ticket: %w", err)
	}
	return ticket.Number, nil
}
