package bottest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// Desk is an officehours.Store in memory. It forgets everything in the end and
// never expires a text by itself.
type Desk struct {
	mu       sync.Mutex
	previews []*preview
	tickets  []*ticket
}

type preview struct {
	officehours.Handover
	decidedBy string
	ticket    int64
	untold    bool
}

type ticket struct {
	officehours.Ticket
	answers []officehours.HostAnswer
	askers  []officehours.Asker
	steps   map[string]officehours.Ticket // by the question that took it: as it stood then
	left    []officehours.Session         // that it was moved from
	posts   map[officehours.PostKind][]string
}

var _ officehours.Store = (*Desk)(nil)

// Propose stores a preview.
func (d *Desk) Propose(_ context.Context, h officehours.Handover) (officehours.Handover, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.previews {
		if p.QuestionID == h.QuestionID {
			return p.Handover, nil
		}
	}
	for _, p := range d.previews {
		if p.AskerID == h.AskerID && p.State == officehours.Proposed {
			p.lapse()
		}
	}
	h.ID, h.State, h.ShownAt = fmt.Sprintf("h%d", len(d.previews)+1), officehours.Proposed, h.CreatedAt
	d.previews = append(d.previews, &preview{Handover: h})
	return h, nil
}

func (p *preview) lapse() {
	p.State = officehours.Lapsed
	p.wipe()
}

func (p *preview) wipe() {
	p.Text, p.Original, p.Instead, p.Name, p.Files, p.Answer = "", "", "", "", nil, ""
}

// HandoverFor finds the asker's preview.
func (d *Desk) HandoverFor(_ context.Context, askerID, by string) (officehours.Handover, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range slices.Backward(d.previews) {
		if p.AskerID == askerID && (p.State == officehours.Proposed || by != "" && p.decidedBy == by) {
			return p.Handover, nil
		}
	}
	return officehours.Handover{}, officehours.ErrUnknown
}

func (d *Desk) preview(id string) *preview {
	for _, p := range d.previews {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Revise replaces what a preview shows.
func (d *Desk) Revise(_ context.Context, h officehours.Handover, at time.Time) (officehours.Handover, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.preview(h.ID)
	if p == nil || p.State != officehours.Proposed {
		return officehours.Handover{}, officehours.ErrClosed
	}
	p.Text, p.Original, p.Unmasked, p.Name, p.Joins, p.Files, p.Answer, p.Format, p.Session = h.Text, h.Original, h.Unmasked, h.Name, h.Joins, h.Files, h.Answer, h.Format, h.Session
	p.ShownAt = at
	return p.Handover, nil
}

// Agree opens a ticket.
func (d *Desk) Agree(_ context.Context, id, by string, at time.Time) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.preview(id)
	if p != nil && p.decidedBy == by && p.ticket != 0 {
		return d.shown(d.ticket(p.ticket)), nil
	}
	if p == nil || p.State != officehours.Proposed {
		return officehours.Ticket{}, officehours.ErrClosed
	}
	if p.Ticket != 0 {
		p.State, p.decidedBy, p.ticket = officehours.Agreed, by, p.Ticket
		t := d.ticket(p.Ticket)
		if a := t.asker(p.AskerID); a != nil {
			a.State = officehours.Asking
		}
		if officehours.Step(t.State, officehours.Open) == nil {
			t.move(officehours.Open, by)
		}
		return d.shown(t), nil
	}
	p.State, p.decidedBy, p.ticket = officehours.Agreed, by, int64(len(d.tickets)+1)
	t := &ticket{steps: map[string]officehours.Ticket{}, posts: map[officehours.PostKind][]string{}}
	t.Ticket = officehours.Ticket{
		Number: p.ticket, QuestionID: p.QuestionID, HandoverID: p.ID, AskerID: p.AskerID, Text: p.Text, Name: p.Name, State: officehours.Open,
		Attempt: 1, Format: p.Format, Session: p.Session, Place: d.place(p.Format, p.Session), Practice: p.Practice, CreatedAt: at, Since: at, ExpiresAt: p.ExpiresAt,
	}
	t.joins(p.Handover)
	d.tickets = append(d.tickets, t)
	return d.shown(t), nil
}

// Decline closes a preview.
func (d *Desk) Decline(_ context.Context, id, by string, _ time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.preview(id)
	if p != nil && p.decidedBy == by && p.State == officehours.Declined {
		return nil
	}
	if p == nil || p.State != officehours.Proposed {
		return officehours.ErrClosed
	}
	p.State, p.decidedBy = officehours.Declined, by
	p.wipe()
	return nil
}

// Lapse closes old previews.
func (d *Desk) Lapse(_ context.Context, shownBefore time.Time) ([]officehours.Handover, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var untold []officehours.Handover
	for _, p := range d.previews {
		if p.State == officehours.Proposed && p.ShownAt.Before(shownBefore) {
			p.lapse()
			p.untold = true
		}
		if p.untold {
			untold = append(untold, p.Handover)
		}
	}
	return untold, nil
}

// ToldLapse notes that somebody is told.
func (d *Desk) ToldLapse(_ context.Context, id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p := d.preview(id); p != nil {
		p.untold = false
	}
	return nil
}

// OverOf finds the ticket of a post.
func (d *Desk) OverOf(_ context.Context, askerID, postID string) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range slices.Backward(d.previews) {
		t := d.ticket(p.ticket)
		if t == nil || postID == "" || p.PostID != postID || p.AskerID != askerID || p.Ticket != 0 {
			continue
		}
		if a := t.asker(askerID); officehours.StateFor(t.State, a.State) != officehours.Withdrawn {
			return d.shown(t), nil
		}
	}
	return officehours.Ticket{}, officehours.ErrUnknown
}

func (d *Desk) ticket(number int64) *ticket {
	if number < 1 || number > int64(len(d.tickets)) {
		return nil
	}
	return d.tickets[number-1]
}

// TicketByNumber finds a ticket.
func (d *Desk) TicketByNumber(_ context.Context, number int64) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t := d.ticket(number); t != nil {
		return d.shown(t), nil
	}
	return officehours.Ticket{}, officehours.ErrUnknown
}

// TicketByPost finds the ticket that a post shows.
func (d *Desk) TicketByPost(_ context.Context, kind officehours.PostKind, postID string) (officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range d.tickets {
		if slices.Contains(t.posts[kind], postID) {
			return d.shown(t), nil
		}
	}
	return officehours.Ticket{}, officehours.ErrUnknown
}

// TicketsFor returns the asker's tickets in some states.
func (d *Desk) TicketsFor(_ context.Context, askerID, by string, states ...officehours.TicketState) ([]officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []officehours.Ticket
	for _, t := range slices.Backward(d.tickets) {
		_, moved := t.steps[by]
		a := t.asker(askerID)
		if a == nil {
			continue
		}
		mine := d.shown(t)
		mine.AskerID, mine.Text, mine.State = askerID, cmp.Or(a.Text, t.Text), officehours.StateFor(t.State, a.State)
		if slices.Contains(states, mine.State) || moved {
			found = append(found, mine)
		}
	}
	return found, nil
}

// SavePost remembers a post.
func (d *Desk) SavePost(_ context.Context, number int64, kind officehours.PostKind, postID string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.ticket(number)
	if t == nil {
		return officehours.ErrUnknown
	}
	if !slices.Contains(t.posts[kind], postID) {
		t.posts[kind] = append(t.posts[kind], postID)
	}
	if kind == officehours.Card {
		t.CardPostID = postID
	}
	return nil
}

// OpenTickets returns an agenda.
func (d *Desk) OpenTickets(_ context.Context, format string, session time.Time) ([]officehours.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var open []officehours.Ticket
	for _, t := range d.tickets {
		if !t.State.Closed() && (format == "" || t.Format == format) && (session.IsZero() || t.Session.Equal(session)) {
			open = append(open, d.shown(t))
		}
	}
	slices.SortStableFunc(open, func(a, b officehours.Ticket) int { return a.Place - b.Place })
	return open, nil
}
