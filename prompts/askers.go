package prompts

var (
	handoverSettledOne        = declare("handover/settled_one", sampleTicket)
	handoverWithdrawnOne      = declare("handover/withdrawn_one", sampleTicket)
	handoverWithdrawnOneHosts = declare("handover/withdrawn_one_hosts", sampleTicket)
)

// HandoverSettledOne thanks one of several who ask a ticket for "geklärt".
func (c *Catalogue) HandoverSettledOne(d Ticket) string { return handoverSettledOne.render(c, d) }

// HandoverWithdrawnOne confirms that one of several who ask a ticket has left it.
func (c *Catalogue) HandoverWithdrawnOne(d Ticket) string { return handoverWithdrawnOne.render(c, d) }

// HandoverWithdrawnOneHosts tells the hosts so; Text is that of the first who still asks.
func (c *Catalogue) HandoverWithdrawnOneHosts(d Ticket) string {
	return handoverWithdrawnOneHosts.render(c, d)
}
