package talk

import (
	"slices"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Traced leaves a word in the channel where all of a reply goes to its author
// alone.
func (t *Talk) Traced(m chat.Message, reply inbox.Reply) inbox.Reply {
	if m.Origin != inbox.FromPost || m.Direct() || len(reply.Drafts) == 0 {
		return reply
	}
	here := func(d inbox.Draft) bool { return d.ToUserID == "" && d.ChannelID == m.ChannelID }
	toAuthor := func(d inbox.Draft) bool { return d.ToUserID == m.UserID }
	if slices.ContainsFunc(reply.Drafts, here) || !slices.ContainsFunc(reply.Drafts, toAuthor) {
		return reply
	}
	trace := m.Here(t.cfg.Texts.Trace())
	trace.Machine = true
	reply.Drafts = append(reply.Drafts, trace)
	return reply
}
