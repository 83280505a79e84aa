package desk

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Settle closes a ticket at its asker's word and tells the hosts.
func (d *Desk) Settle(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return d.moves(ctx, m, act.Subject.Ticket, officehours.Settled, func(ticket prompts.Ticket) (asker, hosts string) {
		return d.cfg.Texts.HandoverSettled(ticket), d.cfg.Texts.HandoverSettledHosts(ticket)
	})
}

// Reopen puts a ticket back on the agenda at its asker's word and calls the
// host on duty.
func (d *Desk) Reopen(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return d.moves(ctx, m, act.Subject.Ticket, officehours.Open, func(ticket prompts.Ticket) (asker, hosts string) {
		asker = d.cfg.Texts.HandoverReopened(ticket)
		ticket.Host = d.duty.On(d.cfg.Now())
		return asker, d.cfg.Texts.HandoverReopenedHosts(ticket)
	})
}

// moves takes the ticket that the asker means one step on. What the hosts read
// stands below the card.
func (d *Desk) moves(ctx context.Context, m chat.Message, number int64, to officehours.TicketState, texts func(prompts.Ticket) (asker, hosts string)) (inbox.Reply, error) {
	none := m.Says("no ticket", d.cfg.Texts.HandoverNoTicket())
	tickets, err := d.waiting(ctx, m, number)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 {
		return none, nil
	}
	if len(tickets) > 1 {
		return m.Says("which ticket", d.cfg.Texts.HandoverWhichTicket(numbersOf(tickets))), nil
	}
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	ticket, err := d.cfg.Store.Advance(ctx, tickets[0], to, m.ID, d.cfg.Now())
	if errors.Is(err, officehours.ErrClosed) || errors.Is(err, officehours.ErrStep) {
		return none, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	asker, card := texts(d.ticketText(ticket))
	return inbox.Reply{Outcome: string(to), Lasting: true, Drafts: []inbox.Draft{
		m.Aside(asker),
		{ChannelID: hosts.ID, RootID: ticket.CardPostID, Text: card},
	}}, nil
}

// waiting returns the asker's tickets that a word can mean: the one whose
// answer the word stands below or the button belongs to, else all that wait.
func (d *Desk) waiting(ctx context.Context, m chat.Message, number int64) ([]officehours.Ticket, error) {
	if d.cfg.Store == nil {
		return nil, nil
	}
	all, err := d.cfg.Store.TicketsFor(ctx, m.UserID, m.ID)
	if err != nil {
		return nil, fmt.Errorf("find tickets: %w", err)
	}
	if number == 0 && m.Root() != "" {
		ticket, err := d.cfg.Store.TicketByPost(ctx, officehours.Notice, m.Root())
		if err != nil && !errors.Is(err, officehours.ErrUnknown) {
			return nil, fmt.Errorf("find ticket: %w", err)
		}
		number = ticket.Number
	}
	if number == 0 {
		return all, nil
	}
	for _, ticket := range all {
		if ticket.Number == number {
			return []officehours.Ticket{ticket}, nil
		}
	}
	return nil, nil
}
