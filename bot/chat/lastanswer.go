package chat

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/inbox"
)

// Answers are what the bot has said.
type Answers interface {
	// Question returns a question with its replies. inbox.ErrDone: it is not kept.
	Question(ctx context.Context, id string) (inbox.Question, error)
}

// LastAnswer returns the bot's last answer in what a message continues, or the zero
// Draft: there is none that is kept.
func LastAnswer(ctx context.Context, posts Posts, answers Answers, m Message, self User) (inbox.Draft, error) {
	talk, err := Before(ctx, posts, m)
	if err != nil {
		return inbox.Draft{}, err
	}
	for _, p := range slices.Backward(talk) {
		if !p.MadeBy(self) || !m.Post.Behind(p) {
			continue
		}
		q, err := answers.Question(ctx, inbox.QuestionOf(p.Marker))
		if errors.Is(err, inbox.ErrDone) {
			continue
		}
		if err != nil {
			return inbox.Draft{}, fmt.Errorf("find answer (%s): %w", p.Marker, err)
		}
		if i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool { return d.About.Kind == inbox.AboutAnswer }); i >= 0 {
			return q.Drafts[i], nil
		}
	}
	return inbox.Draft{}, nil
}
