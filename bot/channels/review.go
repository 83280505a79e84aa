package channels

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// shownRunes is how much of a question stands above its answer.
const shownRunes = 300

// reviewed sends the answer to the admin who looks at answers, who reads the channel
// and so may read what it rests on, and says so in the channel. Without such an
// admin the asker alone gets it.
func (r *Room) reviewed(ctx context.Context, m chat.Message, s Setting, reply inbox.Reply) (inbox.Reply, error) {
	looks, err := r.looks(ctx, m, s.Reviewer)
	if err != nil {
		return inbox.Reply{}, err
	}
	if !looks {
		return private(m, reply), nil
	}
	i := slices.IndexFunc(reply.Drafts, isAnswer(m))
	found := reply.Drafts[i]
	found.ToUserID, found.ChannelID, found.RootID, found.Buttons = s.Reviewer, "", "", nil
	asked := inbox.Draft{
		ToUserID: s.Reviewer,
		Text:     r.cfg.Texts.ChannelReview(prompts.Review{Channel: answer.Safe(m.Channel.Name), Question: answer.Safe(answer.InLine(m.Text, shownRunes))}),
		Buttons: []inbox.Button{
			{Label: r.cfg.Texts.WordPublish(), Action: inbox.Publish, Primary: true, Spends: inbox.SpendsAll},
			{Label: r.cfg.Texts.WordWithhold(), Action: inbox.Withhold, Spends: inbox.SpendsAll},
		},
	}
	waits := m.Here(r.cfg.Texts.ChannelReviewed())
	waits.Machine = true
	reply.Drafts = append([]inbox.Draft{waits, asked, found}, slices.Delete(reply.Drafts, i, i+1)...)
	return reply, nil
}

// looks reports whether there is somebody to look at an answer.
func (r *Room) looks(ctx context.Context, m chat.Message, reviewer string) (bool, error) {
	if reviewer == "" {
		return false, nil
	}
	return r.may(ctx, m.Channel, reviewer)
}

// Publish puts an answer that was looked at below its question.
func (r *Room) Publish(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	q, found, err := r.looked(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	said := inbox.Draft{ChannelID: q.ChannelID, RootID: chat.RootOf(q.Key, q.RootID), Text: found.Text, Machine: true, About: found.About}
	return inbox.Reply{Outcome: q.Outcome, Lasting: true, Drafts: []inbox.Draft{said, m.Aside(r.cfg.Texts.ChannelDone())}}, nil
}

// Withhold says below the question that there is no answer.
func (r *Room) Withhold(ctx context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
	q, _, err := r.looked(ctx, m)
	if err != nil {
		return inbox.Reply{}, err
	}
	said := inbox.Draft{
		ChannelID: q.ChannelID, RootID: chat.RootOf(q.Key, q.RootID), Machine: true,
		Text: answer.Notice(r.cfg.Texts, r.cfg.Texts.ChannelWithheld(prompts.Where{People: r.cfg.People.Open()})),
	}
	return inbox.Reply{Outcome: string(answer.NotFound), Lasting: true, Drafts: []inbox.Draft{said, m.Aside(r.cfg.Texts.ChannelKept())}}, nil
}

// looked is the question whose answer somebody has looked at, and that answer.
// inbox.ErrGone: one of them is gone, or somebody else was to look at it.
func (r *Room) looked(ctx context.Context, m chat.Message) (q inbox.Question, found inbox.Draft, err error) {
	q, err = r.cfg.Questions.Question(ctx, inbox.QuestionOf(m.Marker))
	if errors.Is(err, inbox.ErrDone) {
		err = inbox.ErrGone
	}
	if err != nil {
		return q, found, fmt.Errorf("find what was looked at (%s): %w", m.Marker, err)
	}
	i := slices.IndexFunc(q.Drafts, func(d inbox.Draft) bool {
		return d.About.Kind == inbox.AboutAnswer && d.ToUserID == m.UserID && d.Text != ""
	})
	if i < 0 || q.Origin != inbox.FromPost {
		return q, found, fmt.Errorf("find answer that was looked at (%s): %w", q.ID, inbox.ErrGone)
	}
	if _, err := r.cfg.Posts.Post(ctx, q.Key); err != nil {
		return q, found, chat.Unreachable(err)
	}
	return q, q.Drafts[i], nil
}
