package bottest

import (
	"context"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// Askers returns who is to hear what becomes of a ticket.
func (d *Desk) Askers(_ context.Context, number int64) ([]officehours.Asker, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.askersOf(number), nil
}

func (d *Desk) askersOf(number int64) (all []officehours.Asker) {
	t := d.ticket(number)
	if t == nil {
		return nil
	}
	for _, a := range t.askers {
		if a.State != officehours.Left {
			a.Added = d.addedBy(a.UserID, number)
			all = append(all, a)
		}
	}
	for _, merged := range d.tickets {
		if merged.MergedInto != number {
			continue
		}
		for _, a := range d.askersOf(merged.Number) {
			if !slices.ContainsFunc(all, func(b officehours.Asker) bool { return b.UserID == a.UserID }) {
				all = append(all, a)
			}
		}
	}
	return all
}

// addedBy is what somebody has written to a ticket last.
func (d *Desk) addedBy(userID string, number int64) (text string) {
	for _, p := range d.previews {
		if p.Ticket == number && p.State == officehours.Agreed && p.AskerID == userID {
			text = p.Text
		}
	}
	return text
}

// Join adds the asker of a preview to a ticket.
func (d *Desk) Join(_ context.Context, id string, number int64, by string, _ time.Time) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, t := d.preview(id), d.ticket(number)
	if p != nil && p.decidedBy == by && p.State == officehours.Agreed {
		return d.shown(t), nil
	}
	if p == nil || p.State != officehours.Proposed || t == nil || !t.State.Waits() {
		return officehours.Ticket{}, officehours.ErrClosed
	}
	p.State, p.decidedBy, p.ticket = officehours.Agreed, by, number
	t.joins(p.Handover)
	t.steps[by] = t.Ticket
	d.raise(t)
	return d.shown(t), nil
}

func (t *ticket) joins(h officehours.Handover) {
	if a := t.asker(h.AskerID); a == nil {
		a := officehours.Asker{UserID: h.AskerID, Text: h.Text, State: officehours.Asking}
		if h.FromPublic {
			a.PostID = h.PostID
		}
		t.askers = append(t.askers, a)
	} else {
		if a.State == officehours.Left {
			a.Text = h.Text
		}
		a.State = officehours.Asking
	}
}

func (t *ticket) asker(userID string) *officehours.Asker {
	i := slices.IndexFunc(t.askers, func(a officehours.Asker) bool { return a.UserID == userID })
	if i < 0 {
		return nil
	}
	return &t.askers[i]
}

// raise sorts the agenda of a ticket by how many ask.
func (d *Desk) raise(of *ticket) {
	var agenda []*ticket
	var places []int
	for _, t := range d.tickets {
		if !t.State.Closed() && t.Format == of.Format && t.Session.Equal(of.Session) {
			agenda, places = append(agenda, t), append(places, t.Place)
		}
	}
	slices.SortFunc(agenda, func(a, b *ticket) int { return a.Place - b.Place })
	slices.SortStableFunc(agenda, func(a, b *ticket) int { return len(d.askersOf(b.Number)) - len(d.askersOf(a.Number)) })
	slices.Sort(places)
	for i, t := range agenda {
		t.Place = places[i]
	}
}

// shown is a ticket with who asks it.
func (d *Desk) shown(t *ticket) officehours.Ticket {
	s := t.Ticket
	s.Votes = len(d.askersOf(t.Number))
	s.Place = d.point(t)
	return s
}

// point is where a ticket stands among those that are still on its list.
func (d *Desk) point(t *ticket) int {
	point := 0
	for _, o := range d.tickets {
		stands := o.State == officehours.Open || o.State == officehours.Claimed
		if stands && o.Format == t.Format && o.Session.Equal(t.Session) && o.Place <= t.Place {
			point++
		}
	}
	return max(1, point)
}

// MoveFor moves a ticket at one asker's word.
func (d *Desk) MoveFor(_ context.Context, number int64, askerID string, to officehours.TicketState, by string, _ time.Time) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.ticket(number)
	if t == nil {
		return officehours.Ticket{}, officehours.ErrUnknown
	}
	if _, done := t.steps[by]; done {
		return d.shown(t), nil
	}
	a := t.asker(askerID)
	if a == nil {
		return officehours.Ticket{}, officehours.ErrUnknown
	}
	if err := officehours.Step(officehours.StateFor(t.State, a.State), to); err != nil {
		return officehours.Ticket{}, err
	}
	if a.State = officehours.AskerState(to); to == officehours.Open {
		a.State = officehours.Asking
	}
	next := slices.IndexFunc(t.askers, func(a officehours.Asker) bool { return a.State == officehours.Asking })
	if to == officehours.Open && !t.State.Waits() || to != officehours.Open && next < 0 {
		t.move(to, by)
		return d.shown(t), nil
	}
	if to == officehours.Withdrawn {
		if a.Text = ""; t.AskerID == askerID {
			t.AskerID, t.Text, t.Name = t.askers[next].UserID, t.askers[next].Text, ""
		}
	}
	t.steps[by] = t.Ticket
	return d.shown(t), nil
}
