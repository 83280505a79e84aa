package ask

import (
	"context"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Channels says how answers reach a channel.
type Channels interface {
	// Indirect reports whether an answer to a message goes to somebody else than all
	// who read the message, or to one of them first.
	Indirect(ctx context.Context, m chat.Message) (bool, error)
}

// momentAfter is how long a model may take before its asker is told that it does.
const momentAfter = 8 * time.Second

// meanwhile has the asker of a question see something while a model words the answer:
// the quotes at once, where the house wants that, which the words take the place of;
// else, after some seconds, that it takes a moment.
func (a *Asking) meanwhile(ctx context.Context, m chat.Message) context.Context {
	if a.overheard(m) || a.indirect(ctx, m) {
		return ctx // the bot may have nothing to say there
	}
	return answer.WhileWorded(ctx, func(ctx context.Context, question string, quotes func() answer.Answer) func() {
		if a.cfg.QuotesFirst && quotes != nil {
			inbox.Meanwhile(ctx, a.answerDraft(m, given{Answer: quotes(), question: question}))
			return func() {}
		}
		return a.momentLater(ctx, m)
	})
}

// takesAMoment is meanwhile where there is an answer already.
func (a *Asking) takesAMoment(ctx context.Context, m chat.Message) context.Context {
	return answer.WhileWorded(ctx, func(ctx context.Context, _ string, _ func() answer.Answer) func() { return a.momentLater(ctx, m) })
}

// momentLater says that it takes a moment, unless what it returns is called before. It
// waits for what is being said.
func (a *Asking) momentLater(ctx context.Context, m chat.Message) (end func()) {
	said := make(chan struct{})
	timer := time.AfterFunc(a.cfg.Moment, func() {
		defer close(said)
		d := m.Here(a.cfg.Texts.Moment())
		d.Machine = true
		inbox.Meanwhile(ctx, d)
	})
	return func() {
		if !timer.Stop() {
			<-said
		}
	}
}

func (a *Asking) indirect(ctx context.Context, m chat.Message) bool {
	if m.Direct() || a.cfg.Channels == nil {
		return false
	}
	indirect, err := a.cfg.Channels.Indirect(ctx, m)
	if err != nil {
		a.cfg.Log.WarnContext(ctx, "nothing shown while an answer is worded", inbox.KeyQuestion, m.ID, inbox.KeyError, err)
	}
	return indirect || err != nil
}
