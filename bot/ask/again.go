package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Simpler says the answer to the question that was asked last, or that a button is
// under, in simpler words: by the model, out of the same passages and under the same
// check. Without has the word where there is no model, failed where nothing of what it
// says is carried.
func (a *Asking) Simpler(without, failed dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		composer := a.cfg.Answerer.cfg.Composer
		if !composer.Words() {
			return without(ctx, m, act)
		}
		ctx = answer.AskedBy(ctx, answer.Asker{Person: m.UserID, Channel: m.ChannelID})
		q, nothing, err := a.askedBefore(ctx, m, act)
		if err != nil || q.text == "" {
			return nothing, err
		}
		before, hits, elsewhere, err := a.cfg.Answerer.onceMore(ctx, q)
		if err != nil {
			return inbox.Reply{}, err
		}
		simple, ok := answer.Answer{}, false
		if !elsewhere {
			simple, ok = composer.Simply(a.takesAMoment(ctx, m), before.question, hits, a.basisOf(ctx, m))
		}
		if !ok {
			return failed(ctx, m, act)
		}
		return a.saidAgain(m, given{Answer: simple, question: before.question}, "simpler"), nil
	}
}

// Again answers the question anew: documents and model may have changed. Only who
// asked may have it.
func (a *Asking) Again(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	ctx = answer.AskedBy(ctx, answer.Asker{Person: m.UserID, Channel: m.ChannelID})
	if id := act.Subject.PostID; id != "" {
		asking, err := a.cfg.Posts.Post(ctx, id)
		if err != nil {
			return inbox.Reply{}, chat.Unreachable(err)
		}
		if asking.UserID != m.UserID {
			return m.Says("not the asker", answer.Notice(a.cfg.Texts, a.cfg.Texts.AgainNotYours())), nil
		}
	}
	q, nothing, err := a.askedBefore(ctx, m, act)
	if err != nil || q.text == "" {
		return nothing, err
	}
	found, err := a.cfg.Answerer.answer(a.takesAMoment(ctx, m), q)
	if err != nil {
		return inbox.Reply{}, err
	}
	return a.saidAgain(m, found, string(found.Outcome)), nil
}

// askedBefore is the question that a wish is about; without one, the reply that says
// so.
func (a *Asking) askedBefore(ctx context.Context, m chat.Message, act dialogue.Act) (asked, inbox.Reply, error) {
	last, before, err := a.meant(ctx, m, act)
	if err != nil {
		return asked{}, inbox.Reply{}, err
	}
	if last == "" {
		return asked{}, a.says(m, "nothing before", a.cfg.Texts.Empty()), nil
	}
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return asked{}, inbox.Reply{}, err
	}
	since, err := a.sinceFormat(ctx, m, readers.Here)
	if clean, _ := answer.Clean(last, 0); len(since) > 0 && since[len(since)-1] == clean {
		since = since[:len(since)-1]
	}
	return asked{text: last, before: before, since: since, readers: readers.Here}, inbox.Reply{}, err
}

// basisOf are the passages that the answer rests on which a button is under; none:
// the wish was said in words, or it is not kept.
func (a *Asking) basisOf(ctx context.Context, m chat.Message) []int64 {
	if m.Marker == "" {
		return nil
	}
	q, err := a.answered(ctx, m)
	i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool { return d.Marker == m.Marker })
	if err != nil || i < 0 {
		return nil
	}
	return q.Drafts[i].About.Basis.Passages
}

func (a *Asking) saidAgain(m chat.Message, found given, outcome string) inbox.Reply {
	d := m.Here(answer.Render(found.Answer, a.renderOptions()))
	d.Machine, d.About = true, aboutAnswer(found.Answer)
	return inbox.Reply{Outcome: outcome, Reason: found.Reason, Drafts: []inbox.Draft{d}}
}
