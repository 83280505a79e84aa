package ask

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

// Share posts the answer to a command where the command was typed, if everybody
// there may read it.
func (a *Asking) Share(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	q, err := a.answered(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool { return d.Marker == m.Marker && d.Text != "" })
	if i < 0 || q.Origin != inbox.FromCommand || q.UserID != m.UserID {
		return inbox.Reply{}, fmt.Errorf("share (%s): %w", q.ID, inbox.ErrGone)
	}
	there, err := a.cfg.Directory.Channel(ctx, q.ChannelID, true)
	if errors.Is(err, inbox.ErrGone) {
		return m.Says("not shared", a.cfg.Texts.ShareNowhere()), nil
	}
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	basis := q.Drafts[i].About.Basis
	readers, err := a.cfg.Readers.Of(ctx, chat.Message{Question: m.Question, Channel: there})
	if err != nil {
		return inbox.Reply{}, err
	}
	if slices.ContainsFunc(basis.Collections, func(name string) bool { return !readers.Here.May(name) }) {
		return m.Says("not shared", a.cfg.Texts.ShareRefused()), nil
	}
	shared := inbox.Draft{
		ChannelID: q.ChannelID, RootID: q.RootID, Text: a.cfg.Texts.Shared() + "\n\n" + q.Drafts[i].Text, Machine: true, About: q.Drafts[i].About,
	}
	return inbox.Reply{Outcome: "shared", Lasting: true, Drafts: []inbox.Draft{shared, m.Aside(answer.Notice(a.cfg.Texts, a.cfg.Texts.ShareDone()))}}, nil
}
