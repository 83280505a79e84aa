package care

import (
	"context"
	"errors"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

// Block takes a document out of every answer at its owner's word, or releases it.
// Everybody else hears the same kind words, whether there is such a document or
// not.
func (c *Care) Block(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	refusal := m.Says("not the owner", c.cfg.Texts.CareNotYours())
	if c.cfg.Documents == nil {
		return refusal, nil
	}
	document, err := c.cfg.Documents.Cared(ctx, act.Subject.Document)
	if errors.Is(err, retrieval.ErrNoDocument) {
		return refusal, nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	if own, err := c.looksAfter(ctx, m.UserID, document); err != nil || !own {
		return refusal, err
	}
	reply, err := c.blockOrRelease(ctx, m, act, document)
	if errors.Is(err, retrieval.ErrNoDocument) { // it left its source a moment ago
		return refusal, nil
	}
	return reply, err
}

// blockOrRelease does it and says how the document stands now.
func (c *Care) blockOrRelease(ctx context.Context, m chat.Message, act dialogue.Act, document retrieval.Cared) (inbox.Reply, error) {
	own := ownText(document)
	text := c.cfg.Texts.CareReleased(own)
	document.Blocked = act.Kind == dialogue.Block
	var err error
	if document.Blocked {
		text = c.cfg.Texts.CareBlocked(own)
		err = c.cfg.Documents.Block(ctx, document.ID, retrieval.Block{At: c.cfg.Now(), By: retrieval.ByOwner, Reason: act.Text})
	} else {
		err = c.cfg.Documents.Release(ctx, document.ID)
	}
	if covered, ok := errors.AsType[*retrieval.CoveredError](err); ok {
		own.Whole = covered.Whole
		return m.Says(string(act.Kind), c.cfg.Texts.CareCovered(own)), nil
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := m.Says(string(act.Kind), text)
	if c.cfg.Buttons {
		reply.Drafts[0].Buttons = c.blockButton(document)
	}
	return reply, nil
}

// looksAfter reports whether the user is the contact of a document now, asked
// past every cache.
func (c *Care) looksAfter(ctx context.Context, userID string, document retrieval.Cared) (bool, error) {
	user, err := c.cfg.Directory.User(ctx, userID, true)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	staff, err := c.cfg.Directory.Staff(ctx, userID, true)
	if err != nil {
		return false, chat.Unreachable(err)
	}
	return staff && document.Contact != "" && strings.EqualFold(user.Username, document.Contact), nil
}
