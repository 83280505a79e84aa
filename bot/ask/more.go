package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/rights"
)

// more answers again with what the asker may read, if that settles what the
// channel's documents do not, or has a better basis.
func (a *Asking) more(ctx context.Context, q asked, found given, readers rights.Audience) (given, error) {
	if !readers.Wider() || found.question == "" && found.Reason != reasonNoCollection {
		return given{}, nil
	}
	q.readers = readers.Personal
	own, err := a.cfg.Answerer.answer(ctx, q)
	if err != nil || !own.settled() {
		return given{}, err
	}
	restricted := slices.ContainsFunc(own.Sources, func(s answer.Source) bool { return !readers.Here.May(s.Collection) })
	if !restricted || found.settled() && own.Probability <= found.Probability {
		return given{}, nil
	}
	return own, nil
}

func (a *Asking) moreDraft(m chat.Message, more given) inbox.Draft {
	return inbox.Draft{
		ToUserID: m.UserID,
		Text:     a.cfg.Texts.More() + "\n\n" + answer.Render(more.Answer, a.renderOptions()),
		Machine:  true,
		About:    aboutAnswer(more.Sources),
	}
}
