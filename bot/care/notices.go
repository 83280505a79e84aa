package care

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Notices writes a bundle to its owner.
func (c *Care) Notices(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	return c.notices(ctx, m.UserID, act.Subject.Bundle)
}

func (c *Care) notices(ctx context.Context, ownerID string, bundle int64) (inbox.Reply, error) {
	if c.cfg.Documents == nil {
		return inbox.Reply{Drop: true, Reason: "unknown notice"}, nil
	}
	notices, err := c.cfg.Documents.Notices(ctx, bundle, c.today())
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(notices) == 0 {
		return inbox.Reply{Drop: true, Reason: "settled meanwhile"}, nil
	}
	d := inbox.Draft{
		ToUserID: ownerID, Text: answer.Notice(c.cfg.Texts, c.cfg.Texts.CareNotices(c.careText(notices))), Machine: true,
		Buttons: c.blockButtons(notices), About: inbox.About{Kind: inbox.AboutBundle, Bundle: bundle},
	}
	return inbox.Reply{Outcome: "notices", Drafts: []inbox.Draft{d}}, nil
}

// Confirm looks once more whether notices may go to whom they are for, and
// whether they still hold: the platform may have been away for hours.
func (c *Care) Confirm(ctx context.Context, d inbox.Draft) error {
	staff, err := c.cfg.Directory.Staff(ctx, d.ToUserID, true)
	if err != nil {
		return fmt.Errorf("confirm owner: %w", chat.Unreachable(err))
	}
	if !staff {
		return fmt.Errorf("confirm owner: not one of the staff: %w", inbox.ErrGone)
	}
	now, err := c.notices(ctx, d.ToUserID, d.About.Bundle)
	if err != nil {
		return fmt.Errorf("confirm notices: %w", err)
	}
	if now.Drop || now.Drafts[0].Text != d.Text {
		return fmt.Errorf("confirm notices: %w", inbox.ErrChanged)
	}
	return nil
}
