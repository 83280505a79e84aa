package bot

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Told remembers what people were told on a day, for all replicas.
type Told interface {
	// First reports whether the question is the first for which the user is told
	// this on the day (2006-01-02). Asked again for the same question it says the
	// same.
	First(ctx context.Context, userID, what, day, questionID string) (bool, error)
}

// pilotNotice is one kind sentence a day to those who are not in the pilot yet.
func (b *Bot) pilotNotice(ctx context.Context, m chat.Message) (inbox.Reply, error) {
	day := b.cfg.Now().In(b.cfg.Calendar.Zone()).Format("2006-01-02")
	first, err := b.cfg.Told.First(ctx, m.UserID, "pilot", day, m.ID)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !first {
		return inbox.Reply{Drop: true, Reason: "not in the pilot, told today"}, nil
	}
	return b.says(m, "pilot", b.cfg.Texts.Pilot()), nil
}
