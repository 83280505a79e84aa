package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Limits bound what is open at a time. 0: the default, negative: no limit.
type Limits struct {
	PerPerson int // tickets of one asker; default 5
	InHouse   int // tickets; default 300
}

func (l Limits) withDefaults() Limits {
	if l.PerPerson == 0 {
		l.PerPerson = 5
	}
	if l.InHouse == 0 {
		l.InHouse = 300
	}
	return l
}

// held answers who wants to bring a question to people that is with them already, or
// that is one too many; false: neither.
func (d *Desk) held(ctx context.Context, m chat.Message, postID string) (inbox.Reply, bool, error) {
	ticket, err := d.cfg.Store.OverOf(ctx, m.UserID, postID)
	if err == nil {
		return m.Says("over already", d.cfg.Texts.HandoverAlready(d.ticketText(ticket))), true, nil
	}
	if !errors.Is(err, officehours.ErrUnknown) {
		return inbox.Reply{}, false, err
	}
	own, err := d.cfg.Store.TicketsFor(ctx, m.UserID, m.ID, officehours.Open, officehours.Claimed)
	if err != nil {
		return inbox.Reply{}, false, fmt.Errorf("find tickets: %w", err)
	}
	if limit := d.cfg.Limits.PerPerson; limit > 0 && len(own) >= limit {
		return m.Says("too many", d.cfg.Texts.HandoverTooMany(prompts.Limit{Limit: limit, Numbers: numbersOf(own).Numbers})), true, nil
	}
	open, err := d.cfg.Store.OpenTickets(ctx, "", time.Time{})
	if err != nil {
		return inbox.Reply{}, false, err
	}
	if limit := d.cfg.Limits.InHouse; limit > 0 && len(open) >= limit {
		return m.Says("too many", d.cfg.Texts.HandoverFull()), true, nil
	}
	return inbox.Reply{}, false, nil
}
