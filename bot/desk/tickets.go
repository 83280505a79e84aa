package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Settle closes a ticket at its asker's word and tells the hosts. One that nobody has
// answered yet is closed only by a word that says so: "das reicht" is about an answer.
func (d *Desk) Settle(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Replied, officehours.Open, officehours.Claimed)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 && act.Subject.Ticket == 0 && !dialogue.Closes(m.Text) {
		return m.Says("nothing to settle", d.cfg.Texts.Thanks()), nil // "danke, passt alles" after an answer
	}
	text := d.cfg.Texts.HandoverSettledOpen
	if answered := inState(tickets, officehours.Replied, officehours.Settled); len(answered) > 0 {
		tickets, text = answered, d.cfg.Texts.HandoverSettled
	} else if len(tickets) > 0 && act.Subject.Ticket == 0 && !dialogue.Closes(m.Text) {
		return m.Says("waits on", d.cfg.Texts.HandoverWaitsOn(d.ticketText(tickets[0]))), nil
	}
	return d.moves(ctx, m, tickets, officehours.Settled, func(ticket prompts.Ticket) (asker, hosts string) {
		return text(ticket), d.cfg.Texts.HandoverSettledHosts(ticket)
	})
}

func inState(tickets []officehours.Ticket, states ...officehours.TicketState) (in []officehours.Ticket) {
	for _, t := range tickets {
		if slices.Contains(states, t.State) {
			in = append(in, t)
		}
	}
	return in
}

// Reopen puts a ticket back on the agenda at its asker's word and calls the
// host on duty. A reason goes to the hosts after a yes of its own. What was
// settled or taken back can be opened again, too, by its number or while it is still
// spoken of.
func (d *Desk) Reopen(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, officehours.Replied, officehours.Settled, officehours.Withdrawn)
	if err != nil {
		return inbox.Reply{}, err
	}
	if answered := inState(tickets, officehours.Replied, officehours.Open, officehours.Claimed); len(answered) > 0 {
		tickets = answered
	} else if act.Subject.Ticket == 0 && len(tickets) > 0 {
		t, spoken, err := d.spokenOf(ctx, m, tickets)
		if err != nil {
			return inbox.Reply{}, err
		}
		if !spoken {
			return m.Says("which ticket", d.cfg.Texts.HandoverWhichTicket(numbersOf(tickets[:min(mostTickets, len(tickets))]))), nil
		}
		tickets = []officehours.Ticket{t}
	}
	reply, err := d.moves(ctx, m, tickets, officehours.Open, func(ticket prompts.Ticket) (asker, hosts string) {
		asker = d.cfg.Texts.HandoverReopened(ticket)
		ticket.Host = d.duty.On(d.cfg.Now())
		return asker, d.cfg.Texts.HandoverReopenedHosts(ticket)
	})
	if err != nil || reply.Outcome != string(officehours.Open) || !dialogue.GivesReason(act.Text) {
		return reply, err
	}
	preview, err := d.previewAddition(ctx, m, tickets[0], act.Text)
	if err != nil || len(preview.Drafts) == 0 {
		return reply, err
	}
	reply.Outcome, reply.Drafts = preview.Outcome, append(reply.Drafts, preview.Drafts...)
	return reply, nil
}

// replyable are the states in which a ticket takes words of its asker.
var replyable = []officehours.TicketState{officehours.Replied, officehours.Claimed, officehours.Open, officehours.Settled}

// ReplyToHost shows what an asker writes below a person's answer, to be given to the
// hosts: of the ticket spoken of last; a settled one only while it is.
func (d *Desk) ReplyToHost(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	tickets, err := d.meant(ctx, m, act, replyable...)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(tickets) == 0 && act.Subject.Ticket != 0 { // a number of something else
		if tickets, err = d.meant(ctx, m, dialogue.Act{}, replyable...); err != nil {
			return inbox.Reply{}, err
		}
		act.Subject.Ticket = 0
	}
	text := cmp.Or(act.Text, m.Text)
	if len(tickets) == 1 && act.Subject.Ticket != 0 {
		return d.previewAddition(ctx, m, tickets[0], text)
	}
	t, spoken, err := d.spokenOf(ctx, m, tickets)
	if err != nil {
		return inbox.Reply{}, err
	}
	waiting := inState(tickets, officehours.Replied, officehours.Claimed, officehours.Open)
	switch {
	case spoken:
	case len(waiting) > 0:
		t = waiting[0]
	default:
		return m.Says("no ticket", d.cfg.Texts.HandoverNoTicket()), nil
	}
	return d.previewAddition(ctx, m, t, text)
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
	if len(tickets) == 0 {
		return m.Says("no ticket", d.cfg.Texts.HandoverNoWithdraw()), nil
	}
	if len(tickets) > 1 {
		return m.Says("which ticket", d.cfg.Texts.HandoverWhichWithdraw(numbersOf(tickets))), nil
	}
	return d.moves(ctx, m, tickets, officehours.Withdrawn, func(ticket prompts.Ticket) (asker, hosts string) {
		return d.cfg.Texts.HandoverWithdrawn(ticket), d.cfg.Texts.HandoverWithdrawnHosts(ticket)
	})
}

// How many tickets are told of at once; fewer, where all are closed and none was asked for.
const (
	mostTickets = 5
	mostClosed  = 2
)

// Status says where the asker's tickets stand, the one named or the last ones, and that
// a preview has gone nowhere yet.
func (d *Desk) Status(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	all, err := d.meant(ctx, m, act, officehours.Open, officehours.Claimed, officehours.Replied, officehours.Settled, officehours.Withdrawn, officehours.Merged)
	if err != nil {
		return inbox.Reply{}, err
	}
	h, waits, err := d.openPreview(ctx, m, dialogue.Act{})
	if err != nil {
		return inbox.Reply{}, err
	}
	tickets := inState(all, officehours.Open, officehours.Claimed, officehours.Replied)
	shown := prompts.Tickets{Closed: len(tickets) == 0 && act.Subject.Ticket == 0 && m.RootID == ""}
	if waits && act.Subject.Ticket == 0 {
		shown.Preview = answer.Safe(beginning(h.Text))
	}
	if len(tickets) == 0 {
		tickets = all
	}
	most := mostTickets
	if shown.Closed {
		most = mostClosed
	}
	if act.Text == dialogue.Outcome {
		if t, spoken, err := d.spokenOf(ctx, m, all); err != nil {
			return inbox.Reply{}, err
		} else if spoken {
			tickets, shown.Closed = []officehours.Ticket{t}, false
		}
	}
	for _, t := range tickets[:min(most, len(tickets))] {
		text := d.ticketText(t)
		state := prompts.TicketState{Number: t.Number, State: string(t.State)}
		if t.State == officehours.Open || t.State == officehours.Claimed {
			state.Format, state.At = text.Format, text.At
		}
		if len(tickets) == 1 && (t.State == officehours.Replied || t.State == officehours.Settled) {
			if state.Answer, err = d.lastWords(ctx, m, t); err != nil {
				return inbox.Reply{}, err
			}
		}
		shown.Tickets = append(shown.Tickets, state)
	}
	return m.Says("status", d.cfg.Texts.HandoverStatus(shown)), nil
}

// lastWords is how begins what a person wrote last to a ticket, as its asker was told it:
// an answer, or the words with which it was closed; safe. Empty: it is not there any more.
func (d *Desk) lastWords(ctx context.Context, m chat.Message, t officehours.Ticket) (string, error) {
	own, err := chat.OwnBefore(ctx, d.cfg.Posts, m, d.cfg.Self)
	if err != nil {
		return "", err
	}
	for _, p := range own[:min(toldRecently, len(own))] {
		words := quotedLast(p.Text)
		if words == "" {
			continue
		}
		if number, err := d.below(ctx, p.ID); err != nil {
			return "", err
		} else if number == t.Number {
			return answer.InLine(words, shortRunes), nil
		}
	}
	a, kept, err := d.lastAnswer(ctx, t)
	if err != nil || !kept || a.Text == "" {
		return "", err
	}
	return short(a.Text), nil
}

// quotedLast is the last quote of a text, without its signs.
func quotedLast(text string) string {
	var last []string
	in := false
	for line := range strings.Lines(text) {
		said, quoted := strings.CutPrefix(strings.TrimSpace(line), ">")
		if quoted && !in {
			last = nil
		}
		if in = quoted; in {
			last = append(last, strings.TrimSpace(said))
		}
	}
	return strings.TrimSpace(strings.Join(last, " "))
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
	reply, left := d.leaves(m, hosts, ticket, to)
	if !left {
		asker, card := texts(d.ticketText(ticket))
		said := m.Aside(asker)
		said.Moot = []inbox.Choice{{Subject: inbox.Subject{Ticket: ticket.Number}}}
		reply = inbox.Reply{Outcome: string(to), Lasting: true, Drafts: []inbox.Draft{said, d.underCard(hosts.ID, ticket, card)}}
	}
	if to != officehours.Open {
		err = d.dropsAddition(ctx, m, ticket, &reply.Drafts[0])
	}
	return reply, err
}

// dropsAddition takes back what its asker was shown to go to a ticket that has ended at
// this very word, and says so.
func (d *Desk) dropsAddition(ctx context.Context, m chat.Message, t officehours.Ticket, said *inbox.Draft) error {
	h, err := d.cfg.Store.HandoverFor(ctx, m.UserID, m.ID)
	if errors.Is(err, officehours.ErrUnknown) || err == nil && h.Ticket != t.Number {
		return nil
	}
	if err == nil && h.State == officehours.Proposed {
		if err = d.cfg.Store.Decline(ctx, h.ID, m.ID, d.cfg.Now()); over(err) {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("drop addition: %w", err)
	}
	said.Text += "\n\n" + d.cfg.Texts.HandoverAddedDropped()
	said.Moot = append(said.Moot, decided(h)...)
	return nil
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
