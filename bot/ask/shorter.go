package ask

import (
	"context"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Shorter shows of the last answer the one statement that answers, with its source, and
// lets another go on where there is nothing shorter.
func (a *Asking) Shorter(then dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		q, _, err := a.askedBefore(ctx, m, act)
		if err != nil {
			return inbox.Reply{}, err
		}
		if q.text == "" {
			return then(ctx, m, act)
		}
		short, found, err := a.cfg.Answerer.shortest(ctx, q)
		if err != nil {
			return inbox.Reply{}, err
		}
		if !found {
			return then(ctx, m, act)
		}
		reply := a.saidAgain(m, given{Answer: short}, string(short.Outcome))
		reply.Reason = "shorter"
		return reply, nil
	}
}

// shortest searches a question again for its shortest answer; false: there is none
// that is shorter.
func (a *Answerer) shortest(ctx context.Context, q asked) (answer.Answer, bool, error) {
	clean, _ := answer.Clean(q.text, 0)
	if _, calendar := a.dates(q.talk(clean)); calendar {
		return answer.Answer{}, false, nil
	}
	once, found, elsewhere, err := a.onceMore(ctx, q)
	if elsewhere || err != nil {
		return answer.Answer{}, false, err
	}
	short, shorter := a.cfg.Composer.Shortest(once.question, found, a.cfg.Now())
	return short, shorter, nil
}
