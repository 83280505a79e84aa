package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval"
)

const (
	// mostSpoken is how many answers out of documents a talk is about: the last one, and
	// those before it.
	mostSpoken = 3
	// mostUnanswered is over how many posts without a source what was spoken of before them
	// is kept: a question that found nothing, a word of thanks.
	mostUnanswered = 3
)

// spoken is what the talk before a message is about: what the bot's last answers out of
// documents rest on, whoever asked them. It ends where the calendar or a contact has
// answered, where nothing was said for long, and behind several posts that rest on
// nothing.
func (a *Asking) spoken(ctx context.Context, m chat.Message) (s retrieval.Spoken, err error) {
	talk, err := chat.Before(ctx, a.cfg.Posts, m)
	if err != nil {
		return s, err
	}
	answers, empty := 0, 0
	for _, p := range slices.Backward(talk) {
		if answers == mostSpoken || empty == mostUnanswered {
			break
		}
		if !p.MadeBy(a.cfg.Self) || !m.Post.Behind(p) {
			continue
		}
		if m.RootID == "" && m.Post.CreatedAt.Sub(p.CreatedAt) > sameTalk {
			return s, nil
		}
		q, err := a.cfg.Answers.Question(ctx, inbox.QuestionOf(p.Marker))
		if err != nil && !errors.Is(err, inbox.ErrDone) {
			return s, fmt.Errorf("find answer (%s): %w", p.Marker, err)
		}
		switch passages, ended := restOf(q); {
		case ended:
			return s, nil
		case len(passages) == 0:
			empty++
		case answers == 0:
			s.Passages, answers = passages, 1
		default:
			s.Earlier, answers = append(s.Earlier, passages...), answers+1
		}
	}
	return s, nil
}

// restOf are the passages that a reply rests on; ended: it turned the talk to something
// that stands in no document.
func restOf(q inbox.Question) (passages []int64, ended bool) {
	for _, d := range q.Drafts {
		if d.About.Kind == inbox.AboutAnswer && len(d.About.Basis.Passages) > 0 {
			return d.About.Basis.Passages, false
		}
	}
	return nil, q.Reason == ReasonCalendar || q.Outcome == string(answer.Refused) || q.Outcome == string(answer.Elsewhere)
}
