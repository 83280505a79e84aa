package desk

import (
	"context"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// Posted remembers which post shows a ticket, so that a reply below it is
// understood.
func (d *Desk) Posted(ctx context.Context, draft inbox.Draft) error {
	switch draft.About.Kind {
	case inbox.AboutCard:
		return d.cfg.Store.SavePost(ctx, draft.About.Ticket, officehours.Card, draft.PostID)
	case inbox.AboutNotice:
		return d.cfg.Store.SavePost(ctx, draft.About.Ticket, officehours.Notice, draft.PostID)
	}
	return nil
}

func cardOf(t officehours.Ticket) inbox.About {
	return inbox.About{Kind: inbox.AboutCard, Ticket: t.Number}
}

func noticeOf(t officehours.Ticket) inbox.About {
	return inbox.About{Kind: inbox.AboutNotice, Ticket: t.Number}
}
