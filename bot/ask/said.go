package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Said knows what the bot has answered, for those who read it besides who asked.
type Said struct {
	Answers interface {
		// Lookup returns a question with its replies. inbox.ErrDone: it is not kept.
		Lookup(ctx context.Context, origin inbox.Origin, key string) (inbox.Question, error)
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
	q, err := s.Answers.Lookup(ctx, inbox.FromPost, postID)
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
	said.Text = s.forAll(said.Text)
	return said, err
}

// forAll leaves out what an answer says to its asker alone: that it comes late, the way
// to people, and all that stands below the line that a program wrote it.
func (s Said) forAll(text string) string {
	var kept []string
	for paragraph := range strings.SplitSeq(strings.TrimPrefix(text, s.Texts.Late()+"\n\n"), "\n\n") {
		if !strings.Contains(paragraph, s.Texts.Handover()) {
			kept = append(kept, paragraph)
		}
		if s.marks(paragraph) {
			break
		}
	}
	return strings.Join(kept, "\n\n")
}

// marks reports whether a paragraph says that a program wrote what stands above it.
func (s Said) marks(paragraph string) bool {
	for _, made := range []prompts.Made{{}, {Quotes: true}, {Prose: true}, {Prose: true, Quotes: true}, {People: true}, {People: true, Quotes: true}} {
		if paragraph == s.Texts.Machine(made) {
			return true
		}
	}
	return false
}
