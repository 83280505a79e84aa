package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Agree hands over what the open preview shows: a ticket, its card in the
// hosts' channel, and a receipt.
func (d *Desk) Agree(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return d.noneOpen(m, h), nil
	}
	if d.begun(h) {
		return d.reschedule(ctx, m, h)
	}
	hosts, reply, closed, err := d.hostsOr(ctx, m, h)
	if err != nil || closed {
		return reply, err
	}
	files, err := d.carry(ctx, h.Files)
	if err != nil {
		return inbox.Reply{}, err
	}
	along, err := d.along(ctx, h)
	if err != nil {
		return inbox.Reply{}, err
	}
	ticket, err := d.cfg.Store.Agree(ctx, h.ID, m.ID, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m, officehours.Handover{}), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	if h.Ticket != 0 {
		return d.added(m, hosts, ticket, h, files), nil
	}
	receipt := m.Aside(d.cfg.Texts.HandoverAgreed(d.ticketText(ticket)))
	receipt.About, receipt.Files, receipt.Moot = noticeOf(ticket), d.calendarFile(ticket), decided(h)
	card := d.card(hosts, ticket, along)
	card.Files = files.files
	receipt.Text = d.lostSince(receipt.Text, files)
	return inbox.Reply{Outcome: "handover", Lasting: true, Drafts: []inbox.Draft{card, receipt}}, nil
}

// added brings what an asker writes to a ticket to its hosts.
func (d *Desk) added(m chat.Message, hosts chat.Channel, ticket officehours.Ticket, h officehours.Handover, files carried) inbox.Reply {
	shown := d.ticketText(ticket)
	receipt := m.Aside(d.cfg.Texts.HandoverAgreedAdd(shown))
	receipt.About, receipt.Moot = noticeOf(ticket), decided(h)
	shown.Text, shown.Host = answer.SafeBlock(h.Text), d.duty.On(d.cfg.Now())
	below := d.underCard(hosts.ID, ticket, d.cfg.Texts.HandoverAdded(shown))
	below.Files = files.files
	receipt.Text = d.lostSince(receipt.Text, files)
	return inbox.Reply{Outcome: "addition", Lasting: true, Drafts: []inbox.Draft{below, receipt}}
}

// card shows a ticket to the hosts, with what the bot answered, if anything.
func (d *Desk) card(hosts chat.Channel, ticket officehours.Ticket, along along) inbox.Draft {
	text, about := d.ticketText(ticket), cardOf(ticket)
	text.Host, text.Answer = d.duty.On(d.cfg.Now()), along.text
	about.Basis = along.basis
	return inbox.Draft{ChannelID: hosts.ID, Text: d.cfg.Texts.HandoverCard(text), About: about, Buttons: d.cardButtons(ticket)}
}

// Decline closes the open preview and removes its text.
func (d *Desk) Decline(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open && h.ID == "" && !m.Origin.Pressed() {
		return m.Says("none open", d.cfg.Texts.HandoverNothingDeclined()), nil
	}
	if !open {
		return d.noneOpen(m, h), nil
	}
	return d.declines(ctx, m, h)
}

// declines closes a preview that is open.
func (d *Desk) declines(ctx context.Context, m chat.Message, h officehours.Handover) (inbox.Reply, error) {
	err := d.cfg.Store.Decline(ctx, h.ID, m.ID, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m, officehours.Handover{}), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := m.Says("declined", d.cfg.Texts.HandoverDeclined())
	reply.Drafts[0].Moot = decided(h)
	return reply, nil
}

// decided takes the buttons of a preview from the posts that showed it.
func decided(h officehours.Handover) []inbox.Choice {
	return []inbox.Choice{{Subject: inbox.Subject{HandoverID: h.ID}}}
}

// begun reports whether the session of a preview has begun while it was open.
func (d *Desk) begun(h officehours.Handover) bool {
	return h.State == officehours.Proposed && h.Ticket == 0 && !h.Session.IsZero() && !h.Session.After(d.cfg.Now())
}

// reschedule shows a preview again with the next session.
func (d *Desk) reschedule(ctx context.Context, m chat.Message, h officehours.Handover) (inbox.Reply, error) {
	next, ok := d.cfg.Calendar.Next(h.Format, d.cfg.Now())
	if h.Session = next.At; !ok {
		h.Format = ""
	}
	reply, err := d.revise(ctx, m, h)
	if err == nil && len(reply.Drafts) > 0 && reply.Outcome == dialogue.ShownPreview {
		reply.Drafts[0].Text = d.cfg.Texts.HandoverBegun() + "\n\n" + reply.Drafts[0].Text
	}
	return reply, err
}

// hostsOr is the hosts' channel, or the word to an asker that it cannot be reached at
// all: nothing goes over, and the preview waits on.
func (d *Desk) hostsOr(ctx context.Context, m chat.Message, h officehours.Handover) (hosts chat.Channel, reply inbox.Reply, closed bool, err error) {
	hosts, err = d.Hosts(ctx)
	if err != nil || hosts.ID != "" && hosts.Kind == chat.PrivateChannel {
		return hosts, reply, false, err
	}
	if h.State != officehours.Proposed { // agreed before the channel was closed: what was saved waits for it
		hosts, err = d.privateHosts(ctx, false)
		return hosts, reply, false, err
	}
	d.cfg.Log.ErrorContext(ctx, "hosts' channel must be private and have the bot as a member", inbox.KeyChannel, d.cfg.Hosts.Channel)
	if _, err = d.cfg.Store.Revise(ctx, h, d.cfg.Now()); err != nil && !over(err) {
		return hosts, reply, false, err
	}
	return hosts, m.Says(dialogue.ShownPreview, d.cfg.Texts.HandoverNoHosts(waiting)), true, nil
}

// openPreview finds the preview that a "ja" means: the asker's open one, shown
// not too long ago, or the one that this very word has decided already. A
// button means the one that it is under; where another is open, that comes back.
func (d *Desk) openPreview(ctx context.Context, m chat.Message, act dialogue.Act) (h officehours.Handover, open bool, err error) {
	if d.cfg.Store == nil {
		return h, false, nil
	}
	h, err = d.cfg.Store.HandoverFor(ctx, m.UserID, m.ID)
	switch {
	case errors.Is(err, officehours.ErrUnknown):
		return h, false, nil
	case err != nil:
		return h, false, fmt.Errorf("find preview: %w", err)
	case h.State == officehours.Proposed && h.Expired(d.wordTime(m)):
		return officehours.Handover{}, false, d.lapses(ctx, h)
	case act.Subject.HandoverID != "" && h.ID != act.Subject.HandoverID:
		return h, false, nil
	}
	return h, true, nil
}

// wordTime is when the word was said: a "ja" in time counts even if the bot
// was away until later.
func (d *Desk) wordTime(m chat.Message) (at time.Time) {
	if at = m.At; at.IsZero() {
		at = d.cfg.Now()
	}
	return at
}

// over reports whether a preview is not open any more.
func over(err error) bool {
	return errors.Is(err, officehours.ErrClosed) || errors.Is(err, officehours.ErrUnknown)
}

// lapses closes a preview that its asker has just come back to too late, and is told
// so in reply.
func (d *Desk) lapses(ctx context.Context, h officehours.Handover) error {
	if _, err := d.cfg.Store.Lapse(ctx, d.cfg.Now().Add(-officehours.PreviewTime)); err != nil {
		return err
	}
	return d.cfg.Store.ToldLapse(ctx, h.ID)
}

// waiting is for how long a preview counts.
var waiting = prompts.Waiting{Minutes: int(officehours.PreviewTime.Minutes())}

// noneOpen answers a word about a preview that is not open any more, and names the
// one that is.
func (d *Desk) noneOpen(m chat.Message, other officehours.Handover) inbox.Reply {
	if other.ID != "" && other.State == officehours.Proposed {
		return m.Says(dialogue.ShownPreview, d.cfg.Texts.HandoverOtherOpen(prompts.Addition{Text: answer.SafeBlock(other.Text), Minutes: waiting.Minutes}))
	}
	return m.Says("none open", d.cfg.Texts.HandoverNoneOpen(waiting))
}
