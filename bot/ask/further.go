package ask

import (
	"context"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// Further shows what other documents say to the question that the person asked
// last in this talk, out of what everybody there may read.
func (a *Asking) Further(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	last, found := a.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, a.cfg.Self)
	if !found {
		return a.says(m, "nothing before", a.cfg.Texts.Empty()), nil
	}
	readers, err := a.cfg.Readers.Of(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	before := a.chain(talk, m.UserID, last, m.RootID == "")
	more, err := a.cfg.Answerer.further(ctx, asked{text: last.Text, before: before, readers: readers.Here})
	if err != nil {
		return inbox.Reply{}, err
	}
	if more.Understood != "" {
		more.Body = a.cfg.Texts.Understood(prompts.Understood{Question: answer.Safe(more.Understood)}) + "\n\n" + more.Body
	}
	d := m.Here(answer.Render(more.Answer, a.renderOptions()))
	d.Machine, d.About = true, aboutAnswer(more.Answer)
	return inbox.Reply{Outcome: "further", Reason: more.Reason, Drafts: []inbox.Draft{d}}, nil
}

// further searches a question again and shows what was not shown of it. A
// question that no machine decides is led to its contact again.
func (a *Answerer) further(ctx context.Context, q asked) (given, error) {
	question, problem := answer.Clean(q.text, q.files)
	if refused, hit := a.Refuse(q.text); hit {
		return given{Answer: refused}, nil
	}
	if refused, hit := a.refuseAgain(q.talk(question)); hit {
		return given{Answer: refused}, nil
	}
	if problem.Kind != "" {
		return given{Answer: a.cfg.Composer.Decline(problem), declined: true}, nil
	}
	questions := parts(question)
	said := questions[len(questions)-1]
	question, found, err := a.search(ctx, said, q)
	if err != nil {
		return given{}, err
	}
	composed, err := a.cfg.Composer.Further(ctx, question, found, a.cfg.Now())
	composed.Understood = understood(said, question)
	return given{Answer: composed, question: question}, err
}

// says is a short word to whoever wrote.
func (a *Asking) says(m chat.Message, outcome, text string) inbox.Reply {
	d := m.Here(answer.Notice(a.cfg.Texts, text))
	d.Machine = true
	return inbox.Reply{Outcome: outcome, Drafts: []inbox.Draft{d}}
}
