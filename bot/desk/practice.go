package desk

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Practice opens a ticket of a host's own to try everything out. It is on no agenda
// and in no list.
func (d *Desk) Practice(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	if reply, host, err := d.onlyHosts(ctx, m); err != nil || !host {
		return reply, err
	}
	hosts, err := d.privateHosts(ctx, false)
	if err != nil {
		return inbox.Reply{}, err
	}
	now := d.cfg.Now()
	h, err := d.cfg.Store.Propose(ctx, officehours.Handover{
		QuestionID: m.ID, AskerID: m.UserID, Text: d.cfg.Texts.Hosts("practice_text", prompts.Step{}), Practice: true,
		State: officehours.Proposed, CreatedAt: now, ShownAt: now,
	})
	if err != nil {
		return inbox.Reply{}, err
	}
	t, err := d.cfg.Store.Agree(ctx, h.ID, m.ID, now)
	if over(err) {
		return d.noneOpen(m, officehours.Handover{}), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := d.says(m, "practice", d.cfg.Texts.Hosts("practice", d.stepText(t)))
	reply.Drafts = append([]inbox.Draft{d.card(hosts, t, along{})}, reply.Drafts...)
	return reply, nil
}
