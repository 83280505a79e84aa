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

// edits are what stands in the dialog that edits a preview.
var edits = func() map[string]text[struct{}] {
	all := map[string]text[struct{}]{}
	for _, name := range []string{"title", "submit", "text", "where", "written", "name", "original", "answer"} {
		all[name] = declare("handover/edit_"+name, struct{}{})
	}
	return all
}()

var wordEdit = declare("handover/word_edit", struct{}{})

// HandoverEdit is a label of the dialog that edits a preview: title, submit, text,
// where, written, name, original.
func (c *Catalogue) HandoverEdit(name string) string { return edits[name].render(c, struct{}{}) }

// WordEdit opens that dialog.
func (c *Catalogue) WordEdit() string { return wordEdit.render(c, struct{}{}) }
