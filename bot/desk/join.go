package desk

import (
	"context"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// join adds the asker of a preview and the words of it to the ticket that it offers.
// The hosts read them below its card.
func (d *Desk) join(ctx context.Context, m chat.Message, h officehours.Handover) (inbox.Reply, error) {
	number, _, err := d.othersText(ctx, h)
	if err != nil {
		return inbox.Reply{}, err
	}
	if number == 0 && h.State == officehours.Proposed { // it waits no more: a ticket of one's own is left
		h.Joins = 0
		return d.revise(ctx, m, h)
	}
	hosts, reply, closed, err := d.hostsOr(ctx, m, h)
	if err != nil || closed {
		return reply, err
	}
	files, err := d.carry(ctx, h.Files)
	if err != nil {
		return inbox.Reply{}, err
	}
	ticket, err := d.cfg.Store.Join(ctx, h.ID, h.Joins, m.ID, d.cfg.Now())
	if over(err) {
		return d.noneOpen(m, officehours.Handover{}), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	shown := d.ticketText(ticket)
	receipt := m.Aside(d.cfg.Texts.HandoverJoined(shown))
	receipt.About, receipt.Files, receipt.Moot = noticeOf(ticket), d.calendarFile(ticket), decided(h)
	shown.Text = answer.SafeBlock(h.Text)
	below := d.underCard(hosts.ID, ticket, d.cfg.Texts.HandoverJoinedHosts(shown))
	below.Files = files.files
	receipt.Text = d.lostSince(receipt.Text, files)
	return inbox.Reply{Outcome: "joined", Lasting: true, Drafts: []inbox.Draft{below, receipt}}, nil
}
