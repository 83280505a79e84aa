package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// The last answer is a thing that can be spoken of. What is asked or said of it is told
// from the question that it answers and the passages that it rests on: no word of the
// message is searched.

// Source says of the last answer where it stands, who is in charge and since when it is so,
// and lets another go on where there is none out of documents.
func (a *Asking) Source(then dialogue.Handler) dialogue.Handler {
	return a.ofAbove("source", then, func(_ context.Context, above aboveAnswer, act dialogue.Act) (answer.Answer, bool, error) {
		said, ok := a.composer().Whence(above.question, above.shown, whenceAsked[act.Text], a.cfg.Now())
		return said, ok, nil
	})
}

var whenceAsked = map[string]prompts.WhenceAsks{
	dialogue.WhereItStands: prompts.WhenceWhere, dialogue.WhoIsInCharge: prompts.WhenceOwner, dialogue.SinceWhen: prompts.WhenceAge,
}

// Shorter shows of the last answer the one statement that answers, with its source, and
// lets another go on where nothing was found.
func (a *Asking) Shorter(then dialogue.Handler) dialogue.Handler {
	return a.ofAbove("shorter", then, func(_ context.Context, above aboveAnswer, _ dialogue.Act) (answer.Answer, bool, error) {
		said, ok := a.composer().Statement(above.question, above.shown, a.cfg.Now())
		return said, ok, nil
	})
}

// Stays answers who says otherwise with what the documents say, and with the one that says
// so, if there is one.
func (a *Asking) Stays(then dialogue.Handler) dialogue.Handler {
	return a.ofAbove("stays", then, func(ctx context.Context, above aboveAnswer, _ dialogue.Act) (answer.Answer, bool, error) {
		wider, err := a.cfg.Answerer.find(ctx, above.question+" "+above.said, above.readers)
		if err != nil {
			return answer.Answer{}, false, err
		}
		said, ok := a.composer().Against(above.question, above.said, above.found, wider, a.cfg.Now())
		return said, ok, nil
	})
}

func (a *Asking) composer() Composer { return a.cfg.Answerer.cfg.Composer }

// aboveAnswer is the last answer, searched again, and what is said of it.
type aboveAnswer struct {
	question string // as it was understood
	said     string
	readers  retrieval.Readers
	found    retrieval.Result
	shown    retrieval.Result // found, but only what the answer rests on
}

// ofAbove answers out of the last answer, or lets another go on: where nothing was asked,
// where the calendar or a contact answered, or where nothing was found.
func (a *Asking) ofAbove(reason string, then dialogue.Handler, say func(context.Context, aboveAnswer, dialogue.Act) (answer.Answer, bool, error)) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		above, there, err := a.above(ctx, m, act)
		if err != nil {
			return inbox.Reply{}, err
		}
		var said answer.Answer
		ok := false
		if there {
			if said, ok, err = say(ctx, above, act); err != nil {
				return inbox.Reply{}, err
			}
		}
		if !ok {
			act.Text = "" // the name of what is asked, and no words of the asker
			return then(ctx, m, act)
		}
		reply := a.saidAgain(m, given{Answer: said}, string(answer.Answered))
		reply.Reason = reason
		return reply, nil
	}
}

// above searches the question of the last answer again; false: there is none, or it was
// not answered out of documents.
func (a *Asking) above(ctx context.Context, m chat.Message, act dialogue.Act) (above aboveAnswer, there bool, err error) {
	q, _, err := a.askedBefore(ctx, m, act)
	if err != nil || q.text == "" {
		return above, false, err
	}
	clean, _ := answer.Clean(q.text, 0)
	if _, calendar := a.cfg.Answerer.dates(clean, q); calendar {
		return above, false, nil
	}
	once, found, elsewhere, err := a.cfg.Answerer.onceMore(ctx, q)
	if elsewhere || err != nil {
		return above, false, err
	}
	last, err := chat.LastAnswer(ctx, a.cfg.Posts, a.cfg.Answers, m, a.cfg.Self)
	if err != nil {
		return above, false, err
	}
	above = aboveAnswer{question: once.question, said: m.Text, readers: q.readers, found: found, shown: found}
	if kept := found.Only(restsOn(last.About.Basis.Passages)); len(kept.Hits) > 0 {
		above.shown = kept
	}
	return above, true, nil
}

// restsOn keeps the hits that passages are read with.
func restsOn(passages []int64) func(retrieval.Hit) bool {
	return func(h retrieval.Hit) bool {
		return slices.ContainsFunc(h.Passages(), func(p retrieval.Passage) bool { return slices.Contains(passages, p.ID) })
	}
}
