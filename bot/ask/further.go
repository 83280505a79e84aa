package ask

import (
	"context"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/schedule"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// Further shows what other documents say to the question that the person asked
// last in this talk, out of what everybody there may read. Who asks the calendar for more
// is answered by it: "und danach das nächste Mal".
func (a *Asking) Further(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if m.Marker == "" && a.cfg.Answerer.cfg.Calendar != nil && schedule.Continues(m.Text, a.cfg.Answerer.cfg.Calendar, a.cfg.Now()) {
		return a.Answer(ctx, m, dialogue.Act{Kind: dialogue.Date, Waits: act.Waits})
	}
	q, nothing, err := a.askedBefore(ctx, m, act)
	if err != nil || q.text == "" {
		return nothing, err
	}
	more, err := a.cfg.Answerer.further(ctx, q)
	if err != nil {
		return inbox.Reply{}, err
	}
	if more.Understood != "" {
		more.Body = a.cfg.Texts.Understood(prompts.Understood{Question: answer.Safe(more.Understood)}) + "\n\n" + more.Body
	}
	return a.saidAgain(m, more, "further"), nil
}

// meant is the question whose further passages are wanted: what a button is under
// answers, or else the last in the talk, with those that it leans on; empty: there
// is none.
func (a *Asking) meant(ctx context.Context, m chat.Message, act dialogue.Act) (question string, before []string, err error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return "", nil, err
	}
	who := m.UserID
	var asking chat.Post
	if id := act.Subject.PostID; id != "" {
		if asking, err = a.cfg.Posts.Post(ctx, id); err != nil {
			return "", nil, chat.Unreachable(err)
		}
		who = asking.UserID
	} else if asking, _ = a.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, a.cfg.Self, a.Refuses); asking.Text == "" {
		return "", nil, nil
	}
	text := chat.WithoutMention(asking.Text, a.cfg.Self.Username)
	return text, a.chain(talk, who, asking, m.RootID == ""), nil
}

// further searches a question again and shows what was not shown of it.
func (a *Answerer) further(ctx context.Context, q asked) (given, error) {
	before, found, elsewhere, err := a.onceMore(ctx, q)
	if elsewhere || err != nil {
		return before, err
	}
	composed, err := a.cfg.Composer.Further(ctx, before.question, found, a.cfg.Now())
	composed.Understood = before.Understood
	return given{Answer: composed, question: before.question}, err
}

// onceMore searches a question again. Elsewhere: it is led to a contact, as the first
// time, or is none.
func (a *Answerer) onceMore(ctx context.Context, q asked) (g given, found retrieval.Result, elsewhere bool, err error) {
	question, problem := answer.Clean(q.text, q.files)
	if refused, hit := a.Refuse(q.text); hit {
		return given{Answer: refused}, found, true, nil
	}
	q, refused, hit := a.behindRefused(q, question)
	if hit {
		return given{Answer: refused}, found, true, nil
	}
	if problem.Kind != "" {
		return given{Answer: a.cfg.Composer.Decline(problem), declined: true}, found, true, nil
	}
	questions := parts(question)
	said := questions[len(questions)-1]
	if f, points := a.pointsAt(said, q); points {
		question, found, _, err = a.ofFormat(ctx, said, f, q.readers)
		g.question = question
		return g, found, false, err
	}
	question, found, err = a.search(ctx, said, q)
	g.question, g.Understood = question, understood(said, question)
	return g, found, false, err
}

// says is a short word to whoever wrote.
func (a *Asking) says(m chat.Message, outcome, text string) inbox.Reply {
	d := m.Here(answer.Notice(a.cfg.Texts, text))
	d.Machine = true
	return inbox.Reply{Outcome: outcome, Drafts: []inbox.Draft{d}}
}
