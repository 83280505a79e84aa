package talk

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Outside is one kind sentence a day to those who are not in the pilot yet.
func (t *Talk) Outside(ctx context.Context, m chat.Message) (inbox.Reply, error) {
	day := t.cfg.Now().In(t.cfg.Zone).Format("2006-01-02")
	first, err := t.cfg.Told.First(ctx, m.UserID, "pilot", day, m.ID)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !first {
		return inbox.Reply{Drop: true, Reason: "not in the pilot, told today"}, nil
	}
	return t.says(m, "pilot", t.cfg.Texts.Pilot()), nil
}
