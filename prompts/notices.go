package prompts

var (
	noticeLate            = declare("notices/late", struct{}{})
	noticeFailed          = declare("notices/failed", sampleTicket, bareTicket)
	noticePilot           = declare("notices/pilot", struct{}{})
	noticeBudget          = declare("notices/budget", struct{}{})
	noticeNoAccess        = declare("notices/no_access", struct{}{})
	noticeNoAccessChannel = declare("notices/no_access_channel", struct{}{})
	noticeMore            = declare("notices/more", struct{}{})
	noticeMoreFailed      = declare("notices/more_failed", struct{}{})
	noticeThanks          = declare("notices/thanks", struct{}{})
)

// Late stands above an answer that comes after a long silence.
func (c *Catalogue) Late() string { return noticeLate.render(c, struct{}{}) }

// Failed says that a question could not be answered.
func (c *Catalogue) Failed(d Ticket) string { return noticeFailed.render(c, d) }

// Pilot tells somebody outside the pilot group why no answer comes.
func (c *Catalogue) Pilot() string { return noticePilot.render(c, struct{}{}) }

// Budget says that the bot pauses.
func (c *Catalogue) Budget() string { return noticeBudget.render(c, struct{}{}) }

// NoAccess tells somebody who may read nothing.
func (c *Catalogue) NoAccess() string { return noticeNoAccess.render(c, struct{}{}) }

// NoAccessChannel says that a channel's readers may read nothing.
func (c *Catalogue) NoAccessChannel() string { return noticeNoAccessChannel.render(c, struct{}{}) }

// More stands above what goes to the asker alone.
func (c *Catalogue) More() string { return noticeMore.render(c, struct{}{}) }

// MoreFailed tells the asker alone that there was no time to look for more.
func (c *Catalogue) MoreFailed() string { return noticeMoreFailed.render(c, struct{}{}) }

// Thanks answers a thank-you.
func (c *Catalogue) Thanks() string { return noticeThanks.render(c, struct{}{}) }
