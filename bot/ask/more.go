package ask

import (
	"context"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/rights"
)

// firstShare is how much of the time for a question goes into the answer that
// everybody here reads, where the asker alone may read more.
const firstShare = 0.6

// first answers with what everybody here may read.
func (a *Asking) first(ctx context.Context, q asked, readers rights.Audience) (given, error) {
	if end, ok := ctx.Deadline(); ok && readers.Wider() {
		within, cancel := context.WithTimeout(ctx, time.Duration(firstShare*float64(time.Until(end))))
		defer cancel()
		ctx = within
	}
	return a.cfg.Answerer.answer(ctx, q)
}

// more is what follows by direct message: the answer out of what the asker may
// read. If that cannot be had in time, a word says so; the first answer is
// finished and goes out whatever becomes of this one.
func (a *Asking) more(ctx context.Context, m chat.Message, q asked, found given, readers rights.Audience) []inbox.Draft {
	own, err := a.wider(ctx, q, found, readers)
	switch {
	case err != nil:
		a.cfg.Log.WarnContext(ctx, "no second answer out of what the asker alone may read", inbox.KeyQuestion, m.ID, inbox.KeyError, err)
		return []inbox.Draft{{ToUserID: m.UserID, Text: answer.Notice(a.cfg.Texts, a.cfg.Texts.MoreFailed()), Machine: true}}
	case own.question == "":
		return nil
	}
	return []inbox.Draft{{
		ToUserID: m.UserID,
		Text:     a.cfg.Texts.More() + "\n\n" + answer.Render(own.Answer, a.renderOptions()),
		Machine:  true,
		About:    aboutAnswer(own.Answer),
	}}
}

// wider answers again with what the asker may read, if that settles what the
// channel's documents do not, or has a better basis.
func (a *Asking) wider(ctx context.Context, q asked, found given, readers rights.Audience) (given, error) {
	if !readers.Wider() || found.question == "" && found.Reason != reasonNoCollection {
		return given{}, nil
	}
	q.readers = readers.Personal
	own, err := a.cfg.Answerer.answer(ctx, q)
	if err != nil || !own.answered() {
		return given{}, err
	}
	restricted := slices.ContainsFunc(own.Sources, func(s answer.Source) bool { return !readers.Here.May(s.Collection) })
	if !restricted || found.answered() && own.Probability <= found.Probability {
		return given{}, nil
	}
	return own, nil
}
