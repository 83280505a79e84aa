package bottest

import (
	"context"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// move changes a ticket's state at the word of its askers.
func (t *ticket) move(to officehours.TicketState, by string) {
	t.State, t.Attempt, t.HostID = to, t.Attempt+1, ""
	t.Pinned = t.Pinned && to == officehours.Open
	t.steps[by] = t.Ticket
}

// Take lets an event of a host or the house happen.
func (d *Desk) Take(_ context.Context, number int64, e officehours.Event) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.ticket(number)
	if t == nil {
		return officehours.Ticket{}, officehours.ErrUnknown
	}
	if e.Kind == officehours.EventMerge {
		root := d.ticket(e.Into)
		for root != nil && root.State == officehours.Merged {
			root = d.ticket(root.MergedInto)
		}
		switch {
		case root == nil:
			return officehours.Ticket{}, officehours.ErrUnknown
		case root.State.Closed():
			return officehours.Ticket{}, officehours.ErrClosed
		}
		e.Into = root.Number
	}
	return d.take(t, e)
}

func (d *Desk) take(t *ticket, e officehours.Event) (officehours.Ticket, error) {
	if _, done := t.steps[e.By]; done {
		return d.shown(t), nil
	}
	next, _, err := t.After(e)
	if err != nil {
		return d.shown(t), err
	}
	if next.Place != t.Place {
		t.left = append(t.left, officehours.Session{Format: officehours.Format{ID: t.Format}, At: t.Session})
		next.Place, next.Pinned = d.place(next.Format, next.Session), false
	}
	next.Pinned = next.Pinned && !next.State.Closed()
	switch e.Kind {
	case officehours.EventUnanswer, officehours.EventAskBack:
		next.Since = e.At
	}
	t.Ticket, t.steps[e.By] = next, next
	if next.State == officehours.Merged {
		d.mergeAskers(t, d.ticket(next.MergedInto))
	}
	return d.shown(t), nil
}

func (d *Desk) mergeAskers(t, into *ticket) {
	for _, a := range t.askers {
		there := into.asker(a.UserID)
		if there == nil {
			into.askers = append(into.askers, a)
			there = into.asker(a.UserID)
		}
		if there.State == officehours.Left {
			there.Text = a.Text
		}
		if a.State == officehours.Asking || there.State == officehours.Left {
			there.State = a.State
		}
		there.From = t.Number
	}
	t.askers = nil
}

// place is the next one on an agenda.
func (d *Desk) place(format string, session time.Time) int {
	place := 1
	for _, t := range d.tickets {
		if t.Format == format && t.Session.Equal(session) {
			place = max(place, t.Place+1)
		}
	}
	return place
}

// AddAnswer stores a host's answer.
func (d *Desk) AddAnswer(_ context.Context, a officehours.HostAnswer) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.ticket(a.Number)
	if t == nil {
		return officehours.Ticket{}, officehours.ErrUnknown
	}
	e := officehours.Event{Kind: officehours.EventAnswer, Actor: officehours.ByHost, By: a.QuestionID, HostID: a.HostID, At: a.At}
	if a.AskBack {
		e.Kind = officehours.EventAskBack
	}
	_, repeated := t.steps[e.By]
	after, err := d.take(t, e)
	if err == nil && !repeated {
		t.answers = append(t.answers, a)
	}
	return after, err
}

// AnswerOf finds an answer.
func (d *Desk) AnswerOf(_ context.Context, postID string) (officehours.HostAnswer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, a := d.answerOf(postID); a != nil {
		return *a, nil
	}
	return officehours.HostAnswer{}, officehours.ErrUnknown
}

func (d *Desk) answerOf(postID string) (*ticket, *officehours.HostAnswer) {
	for _, t := range d.tickets {
		for i := range t.answers {
			if a := &t.answers[i]; postID != "" && a.PostID == postID {
				return t, a
			}
		}
	}
	return nil, nil
}

// ChangeAnswer corrects an answer or takes it back.
func (d *Desk) ChangeAnswer(_ context.Context, postID, text, by string, at time.Time) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range d.tickets {
		if _, done := t.steps[by]; done {
			return d.shown(t), nil
		}
	}
	t, a := d.answerOf(postID)
	if t == nil || a.Retracted || text == a.Text {
		return officehours.Ticket{}, officehours.ErrUnknown
	}
	e := officehours.Event{Kind: officehours.EventCorrect, Actor: officehours.ByHost, By: by, HostID: a.HostID, At: at}
	if a.Retracted = text == ""; !a.Retracted {
		a.Text = text
	} else {
		e.Kind = officehours.EventRetract
		if !a.AskBack && !slices.ContainsFunc(t.answers, func(a officehours.HostAnswer) bool { return !a.Retracted && !a.AskBack }) {
			e.Kind = officehours.EventUnanswer
		}
	}
	return d.take(t, e)
}

// Answers returns what hosts have answered to a ticket.
func (d *Desk) Answers(_ context.Context, number int64) ([]officehours.HostAnswer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.ticket(number)
	if t == nil {
		return nil, nil
	}
	return slices.DeleteFunc(slices.Clone(t.answers), func(a officehours.HostAnswer) bool { return a.Retracted }), nil
}

// Discussed returns what was on an agenda.
func (d *Desk) Discussed(_ context.Context, format string, session time.Time) ([]officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []officehours.Ticket
	for _, t := range d.tickets {
		was := slices.ContainsFunc(t.left, func(s officehours.Session) bool { return s.Format.ID == format && s.At.Equal(session) })
		if (was || t.Format == format && t.Session.Equal(session)) && t.State != officehours.Withdrawn && t.State != officehours.Merged && !t.Practice {
			all = append(all, d.shown(t))
		}
	}
	return all, nil
}

// Pin puts a ticket first on its agenda.
func (d *Desk) Pin(_ context.Context, number int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if pinned := d.ticket(number); pinned != nil {
		for _, t := range d.tickets {
			if t.Format == pinned.Format && t.Session.Equal(pinned.Session) {
				t.Pinned = t == pinned
			}
		}
	}
	return nil
}

// Remind notes who wants to be reminded.
func (d *Desk) Remind(_ context.Context, number int64, askerID string, on bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t := d.ticket(number); t != nil && t.asker(askerID) != nil {
		t.asker(askerID).Remind = on
		return nil
	}
	return officehours.ErrUnknown
}
