package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// The way back: what happens to a ticket reaches each of those who ask it once.

// askers are those who hear of a ticket and can be reached.
func (d *Desk) askers(ctx context.Context, t officehours.Ticket) ([]officehours.Asker, error) {
	for t.State == officehours.Merged {
		var err error
		if t, err = d.cfg.Store.TicketByNumber(ctx, t.MergedInto); err != nil {
			return nil, err
		}
	}
	all, err := d.cfg.Store.Askers(ctx, t.Number)
	if err != nil {
		return nil, err
	}
	reached := all[:0]
	for _, a := range all {
		reachable, err := chat.Reaches(ctx, d.cfg.Directory, a.UserID)
		if err != nil {
			return nil, err
		}
		if reachable {
			reached = append(reached, a)
		}
	}
	return reached, nil
}

// withAskers adds what all who ask a ticket are told of a step.
func (d *Desk) withAskers(ctx context.Context, reply inbox.Reply, t officehours.Ticket, text string) (inbox.Reply, error) {
	askers, err := d.askers(ctx, t)
	if err != nil {
		return inbox.Reply{}, err
	}
	reply.Drafts = append(reply.Drafts, d.tells(t, askers, text, d.stepText(t))...)
	return reply, nil
}

// tells are the messages to all who ask a ticket, each with the own question.
func (d *Desk) tells(t officehours.Ticket, askers []officehours.Asker, text string, step prompts.Step) []inbox.Draft {
	var drafts []inbox.Draft
	for _, a := range askers {
		own := step
		own.InChannel = a.PostID != ""
		own.Question = answer.SafeBlock(shortened(a.Text))
		if a.Added != "" && a.Text != "" {
			own.Added = answer.SafeBlock(shortened(a.Added))
		}
		if text == "answer" {
			own.Supplement = t.State == officehours.Settled || a.State == officehours.Helped
		}
		drafts = append(drafts, inbox.Draft{ToUserID: a.UserID, Text: d.cfg.Texts.Tells(text, own), About: noticeOf(t)})
	}
	return drafts
}

// withWaiting says in what askers are told of a ticket that an own addition to it has not
// gone over: they see it no more right above. drafts are one for each asker.
func (d *Desk) withWaiting(ctx context.Context, t officehours.Ticket, askers []officehours.Asker, drafts []inbox.Draft) error {
	for i, a := range askers {
		h, err := d.cfg.Store.HandoverFor(ctx, a.UserID, "")
		if errors.Is(err, officehours.ErrUnknown) || err == nil && (h.Ticket != t.Number || h.Expired(d.cfg.Now())) {
			continue
		}
		if err != nil {
			return fmt.Errorf("find addition: %w", err)
		}
		drafts[i].Text += "\n\n" + d.cfg.Texts.HandoverAddedNot(prompts.Addition{Number: t.Number, Text: answer.Safe(beginning(h.Text))})
	}
	return nil
}

// stepText is what texts say of a ticket after a step.
func (d *Desk) stepText(t officehours.Ticket) prompts.Step {
	shown := d.ticketText(t)
	return prompts.Step{
		Number: t.Number, Other: t.MergedInto, State: string(t.State), Format: shown.Format, At: shown.At, Place: shown.Place, Item: shown.Item,
	}
}

// questionRunes is how much of a question is said again.
const questionRunes = 300

func shortened(text string) string { return answer.Cut(text, questionRunes) }

// shortRunes is the length of a question in a list.
const shortRunes = 120

// short is a question as one line of a list.
func short(text string) string {
	if text == "" {
		return "…"
	}
	return answer.Safe(answer.InLine(text, shortRunes))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
