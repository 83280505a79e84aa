package bot

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/owndata"
)

// Confirm looks once more, past every cache, whether a reply may still go out.
// While the platform cannot be asked, nothing goes.
func (b *Bot) Confirm(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	switch d.About.Kind {
	case inbox.AboutAnswer:
		return b.confirmAnswer(ctx, q, d)
	case inbox.AboutCard, inbox.AboutHosts:
		if err := b.cfg.Desk.Confirm(ctx, d); err != nil || d.About.Basis.Nothing() {
			return err
		}
		return b.cfg.Rights.Confirm(ctx, chat.Post{ChannelID: d.ChannelID, UserID: q.UserID}, false, d.About.Basis)
	case inbox.AboutBundle:
		return b.cfg.Care.Confirm(ctx, d)
	}
	return nil
}

// confirmAnswer looks whether the asking post is there and unchanged, everybody
// who will read the answer may read what it rests on, and that still stands.
func (b *Bot) confirmAnswer(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	if q.Origin != inbox.FromPost { // no post of its author stands above it
		return b.cfg.Rights.Confirm(ctx, chat.Post{ChannelID: d.ChannelID, UserID: q.UserID}, d.ToUserID != "", d.About.Basis)
	}
	post, err := b.cfg.Posts.Post(ctx, q.Key)
	switch {
	case err != nil:
		return fmt.Errorf("confirm (%s): %w", q.ID, chat.Unreachable(err))
	case post.Deleted:
		return fmt.Errorf("confirm (%s): question deleted: %w", q.ID, inbox.ErrGone)
	case post.Revision() > q.Revision:
		return fmt.Errorf("confirm (%s): question edited: %w", q.ID, inbox.ErrChanged)
	case len(d.About.Basis.Collections) == 0:
		return nil
	}
	return b.cfg.Rights.Confirm(ctx, post, d.ToUserID != "", d.About.Basis)
}

// Posted hands on where a draft went to who wants to know.
func (b *Bot) Posted(ctx context.Context, q inbox.Question, d inbox.Draft) error {
	if q.Outcome == owndata.Forgotten {
		return b.cfg.OwnData.Forget(ctx, q)
	}
	return errors.Join(b.cfg.Desk.Posted(ctx, d), b.cfg.Coffee.Posted(ctx, d))
}
