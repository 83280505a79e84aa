package bottest

import (
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

func (d *deskSuite) takesStep(number int64, e officehours.Event) officehours.Ticket {
	d.Helper()
	if e.By == "" {
		e.By = d.id()
	}
	e.At = d.at
	t, err := d.store.Take(ctx, number, e)
	d.ok(err)
	return t
}

func (d *deskSuite) takes() {
	ticket, by := d.ticket("anna", "eins"), d.id()
	claim := officehours.Event{Kind: officehours.EventClaim, Actor: officehours.ByHost, By: by, HostID: "heide", At: d.at}
	_, err := d.store.Take(ctx, ticket.Number, officehours.Event{Kind: officehours.EventGiveBack, Actor: officehours.ByHost, By: d.id(), At: d.at})
	d.wants(err, officehours.ErrStep)
	_, err = d.store.Take(ctx, ticket.Number, officehours.Event{Kind: officehours.EventClose, Actor: officehours.ByHouse, By: d.id(), At: d.at})
	d.wants(err, officehours.ErrActor)
	claimed, err := d.store.Take(ctx, ticket.Number, claim)
	d.ok(err)
	if claimed.State != officehours.Claimed || claimed.HostID != "heide" {
		d.Errorf("claimed %+v", claimed)
	}
	again, err := d.store.Take(ctx, ticket.Number, claim)
	d.ok(err)
	if again.Attempt != claimed.Attempt {
		d.Errorf("the same event counted twice: %+v, then %+v", claimed, again)
	}
	claim.By, claim.HostID = d.id(), "holger"
	taken, err := d.store.Take(ctx, ticket.Number, claim)
	d.wants(err, officehours.ErrTaken)
	if taken.HostID != "heide" {
		d.Errorf("the slower host hears of %+v", taken)
	}
	if closed := d.takesStep(ticket.Number, officehours.Event{Kind: officehours.EventClose, Actor: officehours.ByHost, HostID: "heide"}); closed.HostID != "" || closed.State != officehours.Settled {
		d.Errorf("closed %+v", closed)
	}
	_, err = d.store.Take(ctx, ticket.Number, claim)
	d.wants(err, officehours.ErrClosed)
	open, err := d.store.OpenTickets(ctx, "", time.Time{})
	d.ok(err)
	if len(open) != 0 {
		d.Errorf("open: %+v", open)
	}
	_, err = d.store.Take(ctx, ticket.Number+1, claim)
	d.wants(err, officehours.ErrUnknown)
}

func (d *deskSuite) merges() {
	first, second, third := d.ticket("anna", "eins"), d.ticket("berta", "zwei"), d.ticket("carl", "drei")
	again := d.ticket("berta", "vier")
	merge := func(number, into int64) (officehours.Ticket, error) {
		return d.store.Take(ctx, number, officehours.Event{Kind: officehours.EventMerge, Actor: officehours.ByHost, By: d.id(), HostID: "heide", Into: into, At: d.at})
	}
	merged, err := merge(third.Number, second.Number)
	d.ok(err)
	if merged.State != officehours.Merged || merged.MergedInto != second.Number {
		d.Errorf("merged %+v", merged)
	}
	if merged, err = merge(first.Number, third.Number); err != nil || merged.MergedInto != second.Number {
		d.Errorf("merged into one that is merged: %+v, %v", merged, err)
	}
	_, err = merge(again.Number, second.Number)
	d.ok(err)
	_, err = merge(second.Number, third.Number)
	d.wants(err, officehours.ErrStep)
	who := func(number int64) string {
		d.Helper()
		all, err := d.store.Askers(ctx, number)
		d.ok(err)
		var names []string
		for _, a := range all {
			names = append(names, a.UserID)
		}
		return strings.Join(names, " ")
	}
	if got := who(second.Number); len(strings.Fields(got)) != 3 || !strings.Contains(got, "anna") || !strings.Contains(got, "carl") {
		d.Errorf("who hears: %s", got)
	}
	// The one whose ticket stays takes the words back: it goes on for the others.
	left, err := d.store.MoveFor(ctx, second.Number, "berta", officehours.Withdrawn, d.id(), d.at)
	d.ok(err)
	if left.State != officehours.Open || strings.Contains(who(second.Number), "berta") || left.Text == "zwei" {
		d.Errorf("after one has left: %+v, asked by %s", left, who(second.Number))
	}
	// Who has left it comes back with another ticket.
	if _, err = merge(d.ticket("berta", "fünf").Number, second.Number); err != nil || !strings.Contains(who(second.Number), "berta") {
		d.Errorf("who has another question is not heard: %s, %v", who(second.Number), err)
	}
	_, err = merge(first.Number, second.Number)
	d.wants(err, officehours.ErrClosed)
	_, err = merge(second.Number, 1<<40)
	d.wants(err, officehours.ErrUnknown)
}

func (d *deskSuite) changes() {
	ticket := d.ticket("anna", "eins")
	answer := func(post, text string, back bool) officehours.Ticket {
		d.Helper()
		t, err := d.store.AddAnswer(ctx, officehours.HostAnswer{Number: ticket.Number, QuestionID: d.id(), PostID: post, HostID: "heide", Text: text, AskBack: back, At: d.at})
		d.ok(err)
		return t
	}
	change := func(post, text string) officehours.Ticket {
		d.Helper()
		t, err := d.store.ChangeAnswer(ctx, post, text, d.id(), d.at)
		d.ok(err)
		return t
	}
	if asked := answer("frage", "Wie viele?", true); asked.State != officehours.Claimed || asked.HostID != "heide" {
		d.Errorf("asked back: %+v", asked)
	}
	answer("erste", "Ja.", false)
	answer("zweite", "Nein.", false)
	by := d.id()
	for range 2 {
		if t, err := d.store.ChangeAnswer(ctx, "erste", "Ja, ab März.", by, d.at); err != nil || t.State != officehours.Replied {
			d.Errorf("corrected %+v, %v", t, err)
		}
	}
	_, err := d.store.ChangeAnswer(ctx, "erste", "Ja, ab März.", d.id(), d.at) // the same words, told already
	d.wants(err, officehours.ErrUnknown)
	if a, err := d.store.AnswerOf(ctx, "erste"); err != nil || a.Text != "Ja, ab März." || a.HostID != "heide" || a.Number != ticket.Number {
		d.Errorf("answer %+v, %v", a, err)
	}
	if t := change("erste", ""); t.State != officehours.Replied {
		d.Errorf("one of two taken back: %+v", t)
	}
	if t := change("zweite", ""); t.State != officehours.Open {
		d.Errorf("all taken back: %+v", t)
	}
	_, err = d.store.ChangeAnswer(ctx, "zweite", "Doch.", d.id(), d.at)
	d.wants(err, officehours.ErrUnknown)
	if a, err := d.store.AnswerOf(ctx, "zweite"); err != nil || !a.Retracted || a.Text != "Nein." {
		d.Errorf("taken back: %+v, %v", a, err)
	}
	_, err = d.store.AnswerOf(ctx, "")
	d.wants(err, officehours.ErrUnknown)
}

func (d *deskSuite) moves() {
	first, second := d.ticket("anna", "eins"), d.ticket("berta", "zwei")
	to := first.Session.AddDate(0, 0, 7)
	d.ok(d.store.Pin(ctx, second.Number))
	d.ok(d.store.Remind(ctx, second.Number, "berta", true))
	d.wants(d.store.Remind(ctx, second.Number, "anna", true), officehours.ErrUnknown)
	if askers, err := d.store.Askers(ctx, second.Number); err != nil || len(askers) != 1 || !askers[0].Remind {
		d.Errorf("askers %+v, %v", askers, err)
	}
	for i, number := range []int64{second.Number, first.Number} {
		e := officehours.Event{Kind: officehours.EventMove, Actor: officehours.ByHouse, Format: first.Format, Session: to}
		if moved := d.takesStep(number, e); !moved.Session.Equal(to) || moved.Place != i+1 || moved.State != officehours.Open || moved.Pinned {
			d.Errorf("moved %+v", moved)
		}
	}
	for _, number := range []int64{first.Number, second.Number} {
		d.ok(d.store.Pin(ctx, number))
	}
	open, err := d.store.OpenTickets(ctx, first.Format, to)
	d.ok(err)
	if len(open) != 2 || !open[0].Pinned || open[1].Pinned {
		d.Errorf("agenda %+v", open)
	}
}
