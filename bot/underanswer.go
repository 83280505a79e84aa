package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// asked finds what a button under an answer is about: the question that was
// answered, a post or what was typed behind a command, which its asker alone can
// lean on.
func (b *Bot) asked(then handler) handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		if m.Marker == "" || act.Subject.PostID != "" {
			return then(ctx, m, act)
		}
		q, err := b.answered(ctx, m)
		if err != nil {
			return inbox.Reply{}, err
		}
		if q.Origin == inbox.FromPost {
			act.Subject.PostID = q.Key
			return then(ctx, m, act)
		}
		act.Text = dialogue.Commanded(q.Fields[inbox.CommandText]).Text
		if act.Text == "" || q.UserID != m.UserID {
			return inbox.Reply{}, fmt.Errorf("what was asked is not kept (%s): %w", q.ID, inbox.ErrGone)
		}
		return then(ctx, m, act)
	}
}

// answered is the question whose answer a button is under. inbox.ErrGone: it is not
// kept any more.
func (b *Bot) answered(ctx context.Context, m chat.Message) (inbox.Question, error) {
	id := inbox.QuestionOf(m.Marker)
	if id == "" {
		return inbox.Question{}, fmt.Errorf("no answer is meant (%s): %w", m.ID, inbox.ErrGone)
	}
	q, err := b.cfg.Outcomes.Question(ctx, id)
	if errors.Is(err, inbox.ErrDone) {
		err = inbox.ErrGone
	}
	if err != nil {
		return q, fmt.Errorf("find what was answered (%s): %w", m.Marker, err)
	}
	return q, nil
}

// share posts the answer to a command where the command was typed, if everybody
// there may read it.
func (b *Bot) share(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	q, err := b.answered(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool { return d.Marker == m.Marker && d.Text != "" })
	if i < 0 || q.Origin != inbox.FromCommand || q.UserID != m.UserID {
		return inbox.Reply{}, fmt.Errorf("share (%s): %w", q.ID, inbox.ErrGone)
	}
	there, err := b.cfg.Directory.Channel(ctx, q.ChannelID, true)
	if errors.Is(err, inbox.ErrGone) {
		return m.Says("not shared", b.cfg.Texts.ShareNowhere()), nil
	}
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	basis := q.Drafts[i].About.Basis
	readers, err := b.cfg.Rights.Of(ctx, chat.Message{Question: m.Question, Channel: there})
	if err != nil {
		return inbox.Reply{}, err
	}
	if slices.ContainsFunc(basis.Collections, func(name string) bool { return !readers.Here.May(name) }) {
		return m.Says("not shared", b.cfg.Texts.ShareRefused()), nil
	}
	shared := inbox.Draft{
		ChannelID: q.ChannelID, RootID: q.RootID, Text: b.cfg.Texts.Shared() + "\n\n" + q.Drafts[i].Text, Machine: true, About: q.Drafts[i].About,
	}
	return inbox.Reply{Outcome: "shared", Lasting: true, Drafts: []inbox.Draft{shared, m.Aside(answer.Notice(b.cfg.Texts, b.cfg.Texts.ShareDone()))}}, nil
}
