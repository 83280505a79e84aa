package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Settle closes a ticket at its asker's word and tells the hosts. One that
// nobody has answered yet is taken back.
func (d *Desk) Settle(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	answered, err := d.meant(ctx, m, act, officehours.Replied)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(answered) == 0 {
		waiting, err := d.meant(ctx, m, act, officehours.Open, officehours.Claimed)
		if err == nil && len(waiting) > 0 && act.Subject.Ticket == 0 && !saysSettled.MatchString(m.Text) {
			return m.Says("waits on", d.cfg.Texts.HandoverWaitsOn(d.ticketText(waiting[0]))), nil
		}
		if err != nil || len(waiting) > 0 {
			reply, err2 := d.withdraw(ctx, m, waiting, d.cfg.Texts.HandoverSettledOpen)
			return reply, errors.Join(err, err2)
		}
	}
	return d.moves(ctx, m, answered, officehours.Settled, func(ticket prompts.Ticket) (asker, hosts string) {
		return d.cfg.Texts.HandoverSettled(ticket), d.cfg.Texts.HandoverSettledHosts(ticket)
	})
}

// Reopen puts a ticket back on the agenda at its asker's word and calls the
// host on duty. A reason goes to the hosts after a yes of its own. What was
// settled or taken back can be opened again, too: the last one, if no number
// says which.
func (d *Desk) Reopen(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Replied)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 {
		closed, err := d.meant(ctx, m, act, officehours.Settled, officehours.Withdrawn)
		if err != nil {
			return inbox.Reply{}, err
		}
		tickets = closed[:min(1, len(closed))]
	}
	reply, err := d.moves(ctx, m, tickets, officehours.Open, func(ticket prompts.Ticket) (asker, hosts string) {
		asker = d.cfg.Texts.HandoverReopened(ticket)
		ticket.Host = d.duty.On(d.cfg.Now())
		return asker, d.cfg.Texts.HandoverReopenedHosts(ticket)
	})
	if err != nil || !says(act.Text) || reply.Outcome != string(officehours.Open) {
		return reply, err
	}
	preview, err := d.previewAddition(ctx, m, tickets[0], act.Text)
	if err != nil || len(preview.Drafts) == 0 {
		return reply, err
	}
	reply.Outcome, reply.Drafts = preview.Outcome, append(reply.Drafts, preview.Drafts...)
	return reply, nil
}

// says reports whether a reason is more than the wish itself and the number of a ticket.
func says(text string) bool {
	return strings.ContainsFunc(wishWords.ReplaceAllString(text, ""), unicode.IsLetter)
}

// saysSettled matches a word that a matter is settled, and not only that an answer will do.
var saysSettled = regexp.MustCompile(`(?i)gekl(?:ä|ae)rt|erledigt|gel(?:ö|oe)st|hat sich|nicht mehr|r(?:ü|ue)ckg(?:ä|ae)ngig|zur(?:ü|ue)ck`)

// wishWords are those that only say that a ticket is to be open. A letter of German is no
// word boundary of the pattern, so that they are told apart by what is no letter.
var wishWords = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:nr|nummer|anliegen|ticket|bitte|danke|noch|wieder|doch|offen|(?:ö|oe)ffnen|aufmachen|mein|meine|das|die|es|ist)\b`)

// ReplyToHost shows what an asker writes below a person's answer, to be given
// to the hosts.
func (d *Desk) ReplyToHost(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Replied, officehours.Claimed, officehours.Open, officehours.Settled)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 {
		return m.Says("no ticket", d.cfg.Texts.HandoverNoTicket()), nil
	}
	ticket := tickets[0]
	if len(tickets) > 1 {
		if ticket, err = d.spokenOf(ctx, m, tickets); err != nil {
			return inbox.Reply{}, err
		}
	}
	return d.previewAddition(ctx, m, ticket, cmp.Or(act.Text, m.Text))
}

// spokenOf is which of a person's tickets, newest first, a message is about that names
// none: the one that the bot told of last, or else one that hosts have answered, or
// asked back about.
func (d *Desk) spokenOf(ctx context.Context, m chat.Message, tickets []officehours.Ticket) (officehours.Ticket, error) {
	last, err := d.lastOwn(ctx, m)
	if err != nil {
		return officehours.Ticket{}, err
	}
	number, err := d.below(ctx, last)
	if err != nil {
		return officehours.Ticket{}, err
	}
	if i := slices.IndexFunc(tickets, func(t officehours.Ticket) bool { return t.Number == number }); i >= 0 {
		return tickets[i], nil
	}
	for _, t := range tickets {
		if t.State == officehours.Replied {
			return t, nil
		}
	}
	for _, t := range tickets {
		if asked, err := d.askedBack(ctx, t.Number); err != nil || asked && t.State != officehours.Settled {
			return t, err
		}
	}
	return tickets[0], nil
}

// lastOwn is the bot's last post before a message; empty: there is none.
func (d *Desk) lastOwn(ctx context.Context, m chat.Message) (string, error) {
	talk, err := chat.Before(ctx, d.cfg.Posts, m)
	if err != nil {
		return "", err
	}
	for _, p := range slices.Backward(talk) {
		if p.MadeBy(d.cfg.Self) && m.Post.Behind(p) {
			return p.ID, nil
		}
	}
	return "", nil
}

// previewAddition shows what would go to a ticket's hosts besides.
func (d *Desk) previewAddition(ctx context.Context, m chat.Message, t officehours.Ticket, text string) (inbox.Reply, error) {
	clean, problem := answer.Clean(text, 0)
	clean = d.withFiles(clean, m.Post.Files)
	if refused, hit := d.refused(m, text); hit {
		return refused, nil
	}
	if reply, unfit := d.unfitText(m, clean, problem); unfit {
		return reply, nil
	}
	h := d.proposal(m, clean)
	h.Ticket, h.Format, h.Session, h.Files = t.Number, t.Format, t.Session, m.Post.Files
	return d.propose(ctx, m, h)
}

// Withdraw takes a ticket back at its asker's word and tells the hosts.
func (d *Desk) Withdraw(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Open, officehours.Claimed, officehours.Replied)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 && act.Subject.Ticket == 0 {
		h, open, err := d.openPreview(ctx, m, act)
		if err != nil {
			return inbox.Reply{}, err
		}
		if open { // nothing else is there to be taken back
			return d.declines(ctx, m, h)
		}
	}
	return d.withdraw(ctx, m, tickets, d.cfg.Texts.HandoverWithdrawn)
}

// withdraw takes back the one ticket that is meant, and says so to its asker.
func (d *Desk) withdraw(ctx context.Context, m chat.Message, tickets []officehours.Ticket, text func(prompts.Ticket) string) (inbox.Reply, error) {
	if len(tickets) == 0 {
		return m.Says("no ticket", d.cfg.Texts.HandoverNoWithdraw()), nil
	}
	if len(tickets) > 1 {
		return m.Says("which ticket", d.cfg.Texts.HandoverWhichWithdraw(numbersOf(tickets))), nil
	}
	return d.moves(ctx, m, tickets, officehours.Withdrawn, func(ticket prompts.Ticket) (asker, hosts string) {
		return text(ticket), d.cfg.Texts.HandoverWithdrawnHosts(ticket)
	})
}

// mostTickets is how many tickets are told of at once.
const mostTickets = 5

// Status says where the asker's tickets stand: the one named, or the last ones.
func (d *Desk) Status(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Open, officehours.Claimed, officehours.Replied)
	if err == nil && len(tickets) == 0 {
		tickets, err = d.meant(ctx, m, act, officehours.Settled, officehours.Withdrawn, officehours.Merged)
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	var shown prompts.Tickets
	for _, t := range tickets[:min(mostTickets, len(tickets))] {
		text := d.ticketText(t)
		state := prompts.TicketState{Number: t.Number, State: string(t.State)}
		if t.State == officehours.Open || t.State == officehours.Claimed {
			state.Format, state.At = text.Format, text.At
		}
		shown.Tickets = append(shown.Tickets, state)
	}
	return m.Says("status", d.cfg.Texts.HandoverStatus(shown)), nil
}

// moves takes the one ticket that is meant one step on. What the hosts read
// stands below the card.
func (d *Desk) moves(ctx context.Context, m chat.Message, tickets []officehours.Ticket, to officehours.TicketState, texts func(prompts.Ticket) (asker, hosts string)) (inbox.Reply, error) {
	none := m.Says("no ticket", d.cfg.Texts.HandoverNoTicket())
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
	ticket, err := d.cfg.Store.MoveFor(ctx, tickets[0].Number, m.UserID, to, m.ID, d.cfg.Now())
	if errors.Is(err, officehours.ErrUnknown) || errors.Is(err, officehours.ErrStep) {
		return none, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	if reply, left := d.leaves(m, hosts, ticket, to); left {
		return reply, nil
	}
	asker, card := texts(d.ticketText(ticket))
	said := m.Aside(asker)
	said.Moot = []inbox.Choice{{Subject: inbox.Subject{Ticket: ticket.Number}}}
	return inbox.Reply{Outcome: string(to), Lasting: true, Drafts: []inbox.Draft{said, d.underCard(hosts.ID, ticket, card)}}, nil
}

// meant returns the asker's tickets in some states that a word can mean: the one
// that it names, that the button belongs to, or whose answer it stands below;
// else all of them.
func (d *Desk) meant(ctx context.Context, m chat.Message, act dialogue.Act, states ...officehours.TicketState) ([]officehours.Ticket, error) {
	if d.cfg.Store == nil {
		return nil, nil
	}
	all, err := d.cfg.Store.TicketsFor(ctx, m.UserID, m.ID, states...)
	if err != nil {
		return nil, fmt.Errorf("find tickets: %w", err)
	}
	number := act.Subject.Ticket
	if number == 0 {
		if number, err = d.below(ctx, m.Root()); err != nil {
			return nil, err
		}
	}
	if number == 0 {
		return all, nil
	}
	i := slices.IndexFunc(all, func(t officehours.Ticket) bool { return t.Number == number })
	if i < 0 {
		return nil, nil
	}
	return all[i : i+1], nil
}
