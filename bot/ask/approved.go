package ask

import (
	"context"

	"lvr.example/sprechstunde/retrieval"
)

// approved answers with what people have written and approved for a question;
// false: there is nothing, and the documents are searched.
func (a *Answerer) approved(ctx context.Context, t Talk, r retrieval.Readers) (given, bool, error) {
	if a.cfg.Approved == nil {
		return given{}, false, nil
	}
	question := t.Question
	if t.leans() {
		question = t.whole()
	}
	found, ok, err := a.cfg.Approved.Approved(ctx, question, r)
	if err != nil || !ok {
		return given{}, false, err
	}
	found.Understood = understood(t.Question, question)
	return given{Answer: found, question: question}, true, nil
}
