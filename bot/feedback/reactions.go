package feedback

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Inbox takes what the bot has to say of its own accord.
type Inbox interface {
	Receive(ctx context.Context, a inbox.Arrival) error
}

// who is one person and one answer.
type who struct{ answer, user string }

// Reacted counts the thumbs under posts, as they stand now, as votes on the answers
// there. A thumb that was put there before since counts only where another of the
// same person counted: what came earlier is known, and a person who was forgotten
// stays it. Posts that are no answers are left out.
func (f *Feedback) Reacted(ctx context.Context, in Inbox, since time.Time, postIDs []string) error {
	if f.cfg.Reactions == nil {
		return nil
	}
	answers, err := f.cfg.Answers.AnswersAt(ctx, postIDs)
	if err != nil || len(answers) == 0 {
		return err
	}
	var posts, ids []string
	for post, id := range answers {
		posts, ids = append(posts, post), append(ids, id)
	}
	thumbs, err := f.cfg.Reactions.Reactions(ctx, posts)
	if err != nil {
		return chat.Unreachable(err)
	}
	counted, err := f.cfg.Votes.ByReaction(ctx, ids)
	if err != nil {
		return err
	}
	return f.reconcile(ctx, in, since, newest(thumbs, answers), counted)
}

// newest is each person's last thumb under each answer.
func newest(thumbs []chat.Reaction, answers map[string]string) map[who]chat.Reaction {
	last := map[who]chat.Reaction{}
	for _, r := range thumbs {
		of := who{answers[r.PostID], r.UserID}
		if old, known := last[of]; !known || r.At.After(old.At) {
			last[of] = r
		}
	}
	return last
}

// reconcile takes back what stands there no more, and counts what is new.
func (f *Feedback) reconcile(ctx context.Context, in Inbox, since time.Time, thumbs map[who]chat.Reaction, counted []Vote) error {
	left := map[who]bool{} // of who had a younger thumb there that is gone
	for _, v := range counted {
		of := who{v.Answer, v.UserID}
		r, stands := thumbs[of]
		if stands && r.Up == v.Helpful {
			continue
		}
		if err := f.cfg.Votes.TakeBack(ctx, v.Answer, v.UserID); err != nil {
			return err
		}
		left[of] = stands
	}
	for of, r := range thumbs {
		if r.At.Before(since) && !left[of] {
			continue
		}
		if err := f.counts(ctx, in, of.answer, r); err != nil {
			return err
		}
	}
	return nil
}

// counts casts the vote of a person's thumb, and has the asker of a direct message
// asked why an answer did not help.
func (f *Feedback) counts(ctx context.Context, in Inbox, answerID string, r chat.Reaction) error {
	user, err := f.cfg.Directory.User(ctx, r.UserID, false)
	if errors.Is(err, inbox.ErrGone) || err == nil && (user.Bot || user.Remote) {
		return nil
	}
	if err != nil {
		return chat.Unreachable(err)
	}
	err = f.cfg.Votes.Cast(ctx, Vote{Answer: answerID, UserID: r.UserID, Helpful: r.Up, Reaction: true, At: r.At})
	if errors.Is(err, inbox.ErrStale) {
		return nil
	}
	if err != nil || r.Up {
		return err
	}
	return in.Receive(ctx, inbox.Arrival{
		Origin: inbox.FromHouse, Key: "why:" + r.PostID, UserID: r.UserID, Action: inbox.Why, Subject: inbox.Subject{PostID: r.PostID}, At: f.cfg.Now(),
	})
}

// Why asks below an answer what did not fit, where its asker is alone with the bot
// and the thumb still points down. In a channel a thumb gets no reply.
func (f *Feedback) Why(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	nobody := inbox.Reply{Drop: true, Reason: "not asked why"}
	post, err := f.cfg.Posts.Post(ctx, act.Subject.PostID)
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	there, err := f.cfg.Directory.Channel(ctx, post.ChannelID, false)
	if err != nil {
		return inbox.Reply{}, chat.Unreachable(err)
	}
	votes, err := f.cfg.Votes.ByReaction(ctx, []string{inbox.QuestionOf(post.Marker)})
	if err != nil {
		return inbox.Reply{}, fmt.Errorf("look at the vote: %w", err)
	}
	if there.Kind != chat.DirectChannel || !down(votes, m.UserID) {
		return nobody, nil
	}
	return inbox.Reply{Outcome: dialogue.Voted, Lasting: true, Drafts: []inbox.Draft{
		{ChannelID: post.ChannelID, RootID: post.Root(), Text: f.cfg.Texts.VoteUnhelpful()},
	}}, nil
}

func down(votes []Vote, userID string) bool {
	for _, v := range votes {
		if v.UserID == userID && !v.Helpful {
			return true
		}
	}
	return false
}
