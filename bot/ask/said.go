package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Said knows what the bot has answered, for those who read it besides who asked.
type Said struct {
	Answers interface {
		// Lookup returns a question with its replies, and Question one by its id.
		// inbox.ErrDone: it is not kept.
		Lookup(ctx context.Context, origin inbox.Origin, key string) (inbox.Question, error)
		Question(ctx context.Context, id string) (inbox.Question, error)
	}
	Rights interface {
		// Confirm is inbox.ErrChanged where a reader of the post's channel may not read
		// what an answer rests on, or that stands no more.
		Confirm(ctx context.Context, post chat.Post, aside bool, b inbox.Basis) error
	}
	Texts *prompts.Catalogue
}

// To returns the bot's answer to a post of the asker, without what stands there for the
// asker alone. The zero Draft: there is none with sources, or not all who read the
// channel may read those, looked up anew.
func (s Said) To(ctx context.Context, channel chat.Channel, askerID, postID string) (inbox.Draft, error) {
	q, err := s.answered(ctx, postID)
	if errors.Is(err, inbox.ErrDone) || err == nil && q.UserID != askerID {
		return inbox.Draft{}, nil
	}
	if err != nil {
		return inbox.Draft{}, fmt.Errorf("find answer to post: %w", err)
	}
	i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool {
		return d.About.Kind == inbox.AboutAnswer && len(d.About.Basis.Passages) > 0 && d.Text != ""
	})
	if i < 0 {
		return inbox.Draft{}, nil
	}
	said := q.Drafts[i]
	err = s.Rights.Confirm(ctx, chat.Post{ChannelID: channel.ID, UserID: askerID}, false, said.About.Basis)
	if errors.Is(err, inbox.ErrChanged) || errors.Is(err, inbox.ErrGone) {
		return inbox.Draft{}, nil
	}
	text, mark := answer.Posted(s.Texts, said.Text)
	said.Text = strings.Trim(text+"\n\n"+mark, "\n")
	return said, err
}

// answered is the question that a post puts, or a command (chat.CommandPost).
func (s Said) answered(ctx context.Context, postID string) (inbox.Question, error) {
	if id, typed := chat.CommandOf(postID); typed {
		return s.Answers.Question(ctx, id)
	}
	return s.Answers.Lookup(ctx, inbox.FromPost, postID)
}
