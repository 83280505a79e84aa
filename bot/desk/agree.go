package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

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
		return d.noneOpen(m), nil
	}
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	ticket, err := d.cfg.Store.Agree(ctx, h.ID, m.ID, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	if h.Ticket != 0 {
		return d.added(m, hosts, ticket, h.Text), nil
	}
	receipt := m.Aside(d.cfg.Texts.HandoverAgreed(d.ticketText(ticket)))
	receipt.About = noticeOf(ticket)
	return inbox.Reply{Outcome: "handover", Lasting: true, Drafts: []inbox.Draft{d.card(hosts, ticket), receipt}}, nil
}

// added brings what an asker writes to a ticket to its hosts.
func (d *Desk) added(m chat.Message, hosts chat.Channel, ticket officehours.Ticket, text string) inbox.Reply {
	shown := d.ticketText(ticket)
	receipt := m.Aside(d.cfg.Texts.HandoverAgreedAdd(shown))
	receipt.About = noticeOf(ticket)
	shown.Text, shown.Host = quoted(text), d.duty.On(d.cfg.Now())
	below := d.underCard(hosts.ID, ticket, d.cfg.Texts.HandoverAdded(shown))
	return inbox.Reply{Outcome: "addition", Lasting: true, Drafts: []inbox.Draft{below, receipt}}
}

func (d *Desk) card(hosts chat.Channel, ticket officehours.Ticket) inbox.Draft {
	text := d.ticketText(ticket)
	text.Host = d.duty.On(d.cfg.Now())
	return inbox.Draft{ChannelID: hosts.ID, Text: d.cfg.Texts.HandoverCard(text), About: cardOf(ticket), Buttons: d.cardButtons(ticket)}
}

// Decline closes the open preview and removes its text.
func (d *Desk) Decline(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !open {
		return d.noneOpen(m), nil
	}
	err = d.cfg.Store.Decline(ctx, h.ID, m.ID, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	return m.Says("declined", d.cfg.Texts.HandoverDeclined()), nil
}

// openPreview finds the preview that a "ja" means: the asker's open one, shown
// not too long ago, or the one that this very word has decided already. A
// button means the one that it is under.
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
	case act.Subject.HandoverID != "" && h.ID != act.Subject.HandoverID:
		return h, false, nil
	case h.State == officehours.Proposed && h.Expired(d.wordTime(m)):
		return h, false, d.Lapse(ctx)
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

func (d *Desk) noneOpen(m chat.Message) inbox.Reply {
	return m.Says("none open", d.cfg.Texts.HandoverNoneOpen(prompts.Waiting{Minutes: int(officehours.PreviewTime.Minutes())}))
}
