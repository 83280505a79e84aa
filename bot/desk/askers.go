package desk

import (
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// leaves answers who has left a ticket that others still ask; false: it has moved for
// all. The hosts hear of it where words of their card are gone.
func (d *Desk) leaves(m chat.Message, hosts chat.Channel, t officehours.Ticket, to officehours.TicketState) (inbox.Reply, bool) {
	if t.State.Closed() || to == officehours.Open {
		return inbox.Reply{}, false
	}
	text := d.ticketText(t)
	if to == officehours.Settled {
		return m.Says(string(to), d.cfg.Texts.HandoverSettledOne(text)), true
	}
	reply := m.Says(string(to), d.cfg.Texts.HandoverWithdrawnOne(text))
	reply.Drafts = append(reply.Drafts, d.underCard(hosts.ID, t, d.cfg.Texts.HandoverWithdrawnOneHosts(text)))
	return reply, true
}
