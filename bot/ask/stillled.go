package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// StillLed leads what goes on about a question that no machine decides to its contact once
// more, in one line. Nothing of either is searched.
func (a *Asking) StillLed(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	for _, p := range slices.Backward(talk) {
		if p.UserID != m.UserID || !m.Post.Behind(p) {
			continue
		}
		if refused, hit := a.cfg.Answerer.Refuse(p.Text); hit {
			led := a.composer().StillLed(refused.Topic, a.cfg.Answerer.cfg.Contacts)
			return a.saidAgain(m, given{Answer: led}, string(act.Kind)), nil
		}
	}
	act.Kind = dialogue.Question
	return a.Answer(ctx, m, act)
}
