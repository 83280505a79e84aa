package desk

import (
	"context"
	"errors"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// hostAnswerRunes is the length up to which a host's answer fits one message
// with what stands around it.
const hostAnswerRunes = 10000

// HostAnswer brings a host's answer to the asker, as a person's, and says so
// below the card.
func (d *Desk) HostAnswer(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	say := func(outcome, text string) (inbox.Reply, error) {
		return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{m.Here(text)}}, nil
	}
	ticket, err := d.cfg.Store.TicketByPost(ctx, officehours.Card, m.RootID)
	if m.RootID == "" || errors.Is(err, officehours.ErrUnknown) {
		return say("nowhere", d.cfg.Texts.HandoverAnswerNowhere())
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	text := act.Text
	switch {
	case quoted(text) == "":
		return say("empty", d.cfg.Texts.HandoverAnswerEmpty())
	case runes(text) > hostAnswerRunes:
		return say("too long", d.cfg.Texts.HandoverAnswerTooLong(prompts.Length{Length: runes(text), Limit: hostAnswerRunes}))
	}
	if reachable, err := d.reaches(ctx, ticket.AskerID); err != nil || !reachable {
		reply, _ := say("nobody", d.cfg.Texts.HandoverAnswerNobody(d.ticketText(ticket)))
		return reply, err
	}
	ticket, err = d.cfg.Store.AddAnswer(ctx, officehours.HostAnswer{
		Number:     ticket.Number,
		QuestionID: m.ID,
		HostID:     m.UserID,
		Text:       text,
		At:         d.cfg.Now(),
	})
	if errors.Is(err, officehours.ErrClosed) {
		return say("closed", d.cfg.Texts.HandoverAnswerClosed(d.ticketText(ticket)))
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply, err := say("host answer", d.cfg.Texts.HandoverAnswered(d.ticketText(ticket)))
	reply.Drafts = append([]inbox.Draft{d.hostAnswerDraft(ticket, text)}, reply.Drafts...)
	return reply, err
}

func (d *Desk) hostAnswerDraft(ticket officehours.Ticket, text string) inbox.Draft {
	shown := d.ticketText(ticket)
	shown.Text = quoted(text)
	draft := inbox.Draft{ToUserID: ticket.AskerID, Text: d.cfg.Texts.HandoverAnswer(shown), About: noticeOf(ticket)}
	if d.cfg.Buttons {
		on := inbox.Subject{Ticket: ticket.Number}
		draft.Buttons = []inbox.Button{
			{Label: d.cfg.Texts.WordSettled(), Action: inbox.Settle, Subject: on, Primary: true, Spends: inbox.SpendsAll},
			{Label: d.cfg.Texts.WordOpen(), Action: inbox.Reopen, Subject: on, Spends: inbox.SpendsAll},
		}
	}
	return draft
}

// reaches reports whether a direct message to the user arrives.
func (d *Desk) reaches(ctx context.Context, userID string) (bool, error) {
	if userID == "" { // forgotten
		return false, nil
	}
	user, err := d.cfg.Directory.User(ctx, userID, false)
	if errors.Is(err, inbox.ErrGone) {
		return false, nil
	}
	if err != nil {
		return false, chat.Unreachable(err)
	}
	return !user.Deactivated, nil
}
