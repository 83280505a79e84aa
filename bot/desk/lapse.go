package desk

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// Lapse forgets previews that nobody has agreed to in time, and has their askers told
// once, whatever crashes in between. It is to be called every few minutes.
func (d *Desk) Lapse(ctx context.Context, in Inbox) error {
	if d.cfg.Store == nil {
		return nil
	}
	untold, err := d.cfg.Store.Lapse(ctx, d.cfg.Now().Add(-officehours.PreviewTime))
	if err != nil {
		return err
	}
	var errs []error
	for _, h := range untold {
		arrival := inbox.Arrival{
			Origin: inbox.FromHouse, Key: "lapsed:" + h.ID, UserID: h.AskerID, ChannelID: h.ChannelID,
			Action: inbox.Lapsed, Subject: inbox.Subject{HandoverID: h.ID}, At: d.cfg.Now(),
		}
		if err := in.Receive(ctx, arrival); err != nil {
			errs = append(errs, fmt.Errorf("tell that a preview lapsed (%s): %w", h.ID, err))
			continue
		}
		errs = append(errs, d.cfg.Store.ToldLapse(ctx, h.ID))
	}
	if len(untold) > 0 {
		d.cfg.Log.InfoContext(ctx, "previews lapsed", inbox.KeyCount, len(untold))
	}
	return errors.Join(errs...)
}

// TellLapsed tells an asker that a preview has lapsed.
func (d *Desk) TellLapsed(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	reachable, err := chat.Reaches(ctx, d.cfg.Directory, m.UserID)
	if err != nil || !reachable {
		return inbox.Reply{Drop: true, Reason: "nobody to tell"}, err
	}
	draft := inbox.Draft{ToUserID: m.UserID, Text: d.cfg.Texts.HandoverLapsed(waiting), Moot: []inbox.Choice{{Subject: act.Subject}}}
	return inbox.Reply{Outcome: "lapsed", Lasting: true, Drafts: []inbox.Draft{draft}}, nil
}
