package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// Edited looks whether a question that was edited is on its way to people: an open
// preview of it is renewed, and for a ticket the new text is offered to its hosts. It
// returns what is to be shown besides the answer.
func (d *Desk) Edited(ctx context.Context, m chat.Message) ([]inbox.Draft, error) {
	if !d.Open() || m.Revision == 0 {
		return nil, nil
	}
	text, problem, err := d.handoverText(ctx, m, m.Post)
	if err != nil {
		return nil, err
	}
	if _, hit := d.refused(m, text); hit || text == "" || problem.Kind != "" || d.nothingLeft(text) {
		return nil, nil
	}
	h, err := d.cfg.Store.HandoverFor(ctx, m.UserID, "")
	if err == nil && h.PostID == m.Post.ID && h.Ticket == 0 {
		return d.renewed(ctx, m, h, text)
	}
	if err != nil && !errors.Is(err, officehours.ErrUnknown) {
		return nil, fmt.Errorf("find preview: %w", err)
	}
	return d.amended(ctx, m, text)
}

// renewed shows an open preview with the new text of its question. What was renewed
// before a worker died is shown again.
func (d *Desk) renewed(ctx context.Context, m chat.Message, h officehours.Handover, text string) ([]inbox.Draft, error) {
	if said(h) == text && !h.ShownAt.After(m.Post.EditedAt) {
		return nil, nil
	}
	d.words(&h, text)
	h.Files = m.Post.Files
	joins, err := d.alike(ctx, h)
	if err != nil {
		return nil, err
	}
	h.Joins = joins
	reply, err := d.revise(ctx, m, h)
	return reply.Drafts, err
}

// amended offers the new text of a question to the hosts of its ticket.
func (d *Desk) amended(ctx context.Context, m chat.Message, text string) ([]inbox.Draft, error) {
	t, err := d.cfg.Store.OverOf(ctx, m.UserID, m.Post.ID)
	if errors.Is(err, officehours.ErrUnknown) {
		return nil, nil
	}
	if err != nil || t.State.Closed() {
		return nil, err
	}
	h := d.proposal(m, text)
	if h.Text == t.Text {
		return nil, nil
	}
	h.QuestionID += "/" + strconv.FormatInt(m.Revision, 10) // each edit is offered once
	h.Ticket, h.Format, h.Session, h.Files = t.Number, t.Format, t.Session, m.Post.Files
	reply, err := d.propose(ctx, m, h)
	return reply.Drafts, err
}
