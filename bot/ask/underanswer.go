package ask

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// About finds what a button under an answer is about: the question that was
// answered, a post or a command (chat.CommandPost).
func (a *Asking) About(then dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		if m.Marker == "" || act.Subject.PostID != "" {
			return then(ctx, m, act)
		}
		q, err := a.answered(ctx, m)
		if err != nil {
			return inbox.Reply{}, err
		}
		switch q.Origin {
		case inbox.FromPost:
			act.Subject.PostID = q.Key
		case inbox.FromCommand:
			act.Subject.PostID = chat.CommandPost(q.ID)
		default:
			return inbox.Reply{}, fmt.Errorf("what was asked is not kept (%s): %w", q.ID, inbox.ErrGone)
		}
		return then(ctx, m, act)
	}
}

// answered is the question whose answer a button is under. inbox.ErrGone: it is not
// kept any more.
func (a *Asking) answered(ctx context.Context, m chat.Message) (inbox.Question, error) {
	id := inbox.QuestionOf(m.Marker)
	if id == "" {
		return inbox.Question{}, fmt.Errorf("no answer is meant (%s): %w", m.ID, inbox.ErrGone)
	}
	q, err := a.cfg.Answers.Question(ctx, id)
	if errors.Is(err, inbox.ErrDone) {
		err = inbox.ErrGone
	}
	if err != nil {
		return q, fmt.Errorf("find what was answered (%s): %w", m.Marker, err)
	}
	return q, nil
}
