package ask

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// The last answer is a thing that can be spoken of. What is asked or said of it is told
// from the question that it answers and the passages that it rests on: no word of the
// message is searched.

// Source says of the last answer where it stands, who is in charge and since when it is so.
// Where that found nothing, it says so of the answer before. It lets another go on where
// nothing was asked, and where the calendar is asked who is in charge.
func (a *Asking) Source(then dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		asks := whenceAsked[act.Text]
		act.Text = "" // the name of what is asked, and no words of the asker
		above, err := a.above(ctx, m, act)
		if err != nil {
			return inbox.Reply{}, err
		}
		switch {
		case len(above.formats) > 0 && asks == prompts.WhenceWhere:
			return a.saidOfAbove(m, "source", calendarAnswer(a.cfg.Texts.DatesSource(prompts.DatesSource{Names: formatNames(above.formats)}))), nil
		case above.question == "", len(above.formats) > 0:
			return a.notOverheard(then)(ctx, m, act)
		case above.refused.Body != "":
			return a.saidOfAbove(m, "source", above.refused), nil
		}
		said, stands := a.composer().Whence(above.question, above.shown, asks, a.cfg.Now())
		if !stands || above.earlier {
			said.Body = a.cfg.Texts.NoSource(prompts.NoSource{Earlier: said.Body})
		}
		return a.saidOfAbove(m, "source", said), nil
	}
}

var whenceAsked = map[string]prompts.WhenceAsks{
	dialogue.WhereItStands: prompts.WhenceWhere, dialogue.WhoIsInCharge: prompts.WhenceOwner, dialogue.SinceWhen: prompts.WhenceAge,
}

// Shorter shows of the last answer the one statement that answers, with its source, and
// lets another go on where nothing was found.
func (a *Asking) Shorter(then dialogue.Handler) dialogue.Handler {
	return a.ofAbove("shorter", then, func(_ context.Context, above aboveAnswer) (answer.Answer, bool, error) {
		said, ok := a.composer().Statement(above.question, above.shown, a.cfg.Now())
		return said, ok, nil
	})
}

// Stays answers who says otherwise with what the documents say, and with the one that says
// so, if there is one; who says that it was otherwise, with what held before.
func (a *Asking) Stays(then dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		say := a.stays
		if act.Text == dialogue.WasOtherwise {
			say = a.wasOtherwise
		}
		return a.ofAbove("stays", then, say)(ctx, m, act)
	}
}

func (a *Asking) stays(ctx context.Context, above aboveAnswer) (answer.Answer, bool, error) {
	wider, err := a.cfg.Answerer.find(ctx, above.question+" "+above.said, above.readers)
	if err != nil {
		return answer.Answer{}, false, err
	}
	said, ok := a.composer().Against(above.question, above.said, above.found, wider, a.cfg.Now())
	return said, ok, nil
}

func (a *Asking) wasOtherwise(ctx context.Context, above aboveAnswer) (answer.Answer, bool, error) {
	day, known := a.composer().Since(above.question, above.shown)
	if !known {
		return a.stays(ctx, above)
	}
	before, err := a.cfg.Answerer.find(ctx, a.cfg.Texts.AsItWas(day.AddDate(0, 0, -1))+" "+above.question, above.readers)
	if err != nil {
		return answer.Answer{}, false, err
	}
	if said, held := a.composer().Before(above.question, before, a.cfg.Now()); held {
		return said, true, nil
	}
	return a.stays(ctx, above)
}

func (a *Asking) composer() Composer { return a.cfg.Answerer.cfg.Composer }

// ofAbove answers out of the last answer; what was led to people or came from the calendar
// is said again. It lets another go on where nothing was asked or found.
func (a *Asking) ofAbove(reason string, then dialogue.Handler, say func(context.Context, aboveAnswer) (answer.Answer, bool, error)) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		act.Text = "" // the name of what is said, and no words of the asker
		if a.RefusesPlainly(m.Text) {
			return a.Answer(ctx, m, dialogue.Act{Kind: dialogue.Question, Waits: act.Waits})
		}
		above, err := a.above(ctx, m, act)
		if err != nil {
			return inbox.Reply{}, err
		}
		switch {
		case above.refused.Body != "":
			return a.saidOfAbove(m, reason, above.refused), nil
		case above.question == "" || len(above.formats) > 0:
			return a.notOverheard(then)(ctx, m, act)
		}
		said, ok, err := say(ctx, above)
		if err != nil {
			return inbox.Reply{}, err
		}
		if !ok {
			return a.notOverheard(then)(ctx, m, act)
		}
		return a.saidOfAbove(m, reason, said), nil
	}
}

// notOverheard keeps silent in a thread where nobody spoke to the bot and there is nothing
// to say of an answer above.
func (a *Asking) notOverheard(then dialogue.Handler) dialogue.Handler {
	return func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
		if a.overheard(m) {
			return inbox.Reply{Drop: true, Reason: "no question"}, nil
		}
		return then(ctx, m, act)
	}
}

func (a *Asking) saidOfAbove(m chat.Message, reason string, said answer.Answer) inbox.Reply {
	reply := a.saidAgain(m, given{Answer: said}, string(answer.Answered))
	reply.Reason = reason
	return reply
}

// aboveAnswer is an answer that stands above, searched again, and what is said of it. The
// zero value: there is none.
type aboveAnswer struct {
	question string // as it was understood
	said     string
	readers  retrieval.Readers
	found    retrieval.Result
	shown    retrieval.Result     // found, but only what the answer rests on
	refused  answer.Answer        // it led to people, and was not searched
	formats  []officehours.Format // the calendar gave it, of these
	earlier  bool                 // the last one found nothing, this is the one before
}

// above is the last answer, or where that found nothing the one before, if that did.
func (a *Asking) above(ctx context.Context, m chat.Message, act dialogue.Act) (aboveAnswer, error) {
	q, _, err := a.askedBefore(ctx, m, act)
	if err != nil || q.text == "" {
		return aboveAnswer{}, err
	}
	last, err := a.answerTo(ctx, m, q)
	if err != nil || last.found.Sufficiency.Band != retrieval.NotFound || act.Subject.PostID != "" {
		return last, err
	}
	if q, err = a.askedEarlier(ctx, m, q.readers); err != nil || q.text == "" {
		return last, err
	}
	before, err := a.answerTo(ctx, m, q)
	if err != nil || before.question == "" || len(before.formats) > 0 || before.refused.Body != "" || before.found.Sufficiency.Band == retrieval.NotFound {
		return last, err
	}
	before.earlier = true
	return before, nil
}

// answerTo searches a question again that was answered.
func (a *Asking) answerTo(ctx context.Context, m chat.Message, q asked) (above aboveAnswer, err error) {
	clean, _ := answer.Clean(q.text, 0)
	above = aboveAnswer{question: clean, said: m.Text, readers: q.readers}
	if read, calendar := a.cfg.Answerer.readDates(clean, q); calendar {
		above.formats = read.Formats
		return above, nil
	}
	once, found, elsewhere, err := a.cfg.Answerer.onceMore(ctx, q)
	if err != nil {
		return aboveAnswer{}, err
	}
	if elsewhere {
		if above.refused = once.Answer; once.Outcome != answer.Refused {
			above = aboveAnswer{}
		}
		return above, nil
	}
	last, err := chat.LastAnswer(ctx, a.cfg.Posts, a.cfg.Answers, m, a.cfg.Self)
	if err != nil {
		return aboveAnswer{}, err
	}
	above.question, above.found, above.shown = once.question, found, found
	if kept := found.Only(restsOn(last.About.Basis.Passages)); len(kept.Hits) > 0 {
		above.shown = kept
	}
	return above, nil
}

// askedEarlier is the question before the last one; the zero value: there is none.
func (a *Asking) askedEarlier(ctx context.Context, m chat.Message, readers retrieval.Readers) (asked, error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return asked{}, err
	}
	last, found := a.cfg.Ear.LastQuestion(talk, m.UserID, m.Post, a.cfg.Self, a.Refuses)
	if !found {
		return asked{}, nil
	}
	earlier, found := a.cfg.Ear.LastQuestion(talk, m.UserID, last, a.cfg.Self, a.Refuses)
	if !found || m.RootID == "" && m.Post.CreatedAt.Sub(earlier.CreatedAt) > sameTalk {
		return asked{}, nil
	}
	before := a.chain(talk, m.UserID, earlier, m.RootID == "")
	return asked{text: chat.WithoutMention(earlier.Text, a.cfg.Self.Username), before: before, since: a.cfg.Answerer.still(before), readers: readers}, nil
}

func formatNames(formats []officehours.Format) (names []string) {
	for _, f := range formats {
		names = append(names, answer.Link(f.Name, f.Link))
	}
	return names
}

// restsOn keeps the hits that passages are read with.
func restsOn(passages []int64) func(retrieval.Hit) bool {
	return func(h retrieval.Hit) bool {
		return slices.ContainsFunc(h.Passages(), func(p retrieval.Passage) bool { return slices.Contains(passages, p.ID) })
	}
}
