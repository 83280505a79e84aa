package bottest

import (
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// joined has somebody join a ticket.
func (d *deskSuite) joined(asker, text string, number int64) officehours.Ticket {
	d.Helper()
	t, err := d.store.Join(ctx, d.proposes(asker, text).ID, number, d.id(), d.at)
	d.ok(err)
	return t
}

// ask looks who asks a ticket: "user text state".
func (d *deskSuite) ask(number int64, want ...string) {
	d.Helper()
	askers, err := d.store.Askers(ctx, number)
	d.ok(err)
	var got []string
	for _, a := range askers {
		got = append(got, a.UserID+" "+a.Text+" "+string(a.State))
	}
	if len(got) != len(want) {
		d.Errorf("ticket %d is asked by %q, want %q", number, got, want)
		return
	}
	for i := range got {
		if got[i] != want[i] {
			d.Errorf("ticket %d is asked by %q, want %q", number, got, want)
		}
	}
}

func (d *deskSuite) joins() {
	ticket := d.ticket("anna", "Darf ich?")
	h, by := d.proposes("berta", "Dürfen wir?"), d.id()
	joined, err := d.store.Join(ctx, h.ID, ticket.Number, by, d.at)
	d.ok(err)
	if joined.Number != ticket.Number || joined.Votes != 2 || joined.AskerID != "anna" || joined.Text != "Darf ich?" || joined.State != officehours.Open {
		d.Errorf("joined %+v", joined)
	}
	again, err := d.store.Join(ctx, h.ID, ticket.Number, by, d.at)
	d.ok(err)
	if again.Votes != 2 {
		d.Errorf("the same word joined twice: %+v", again)
	}
	_, err = d.store.Join(ctx, h.ID, ticket.Number, d.id(), d.at)
	d.wants(err, officehours.ErrClosed)
	if once := d.joined("berta", "Noch einmal.", ticket.Number); once.Votes != 2 {
		d.Errorf("who asks it already counts twice: %+v", once)
	}
	d.ask(ticket.Number, "anna Darf ich? asking", "berta Dürfen wir? asking")
	mine, err := d.store.TicketsFor(ctx, "berta", d.id(), officehours.Open)
	d.ok(err)
	if len(mine) != 1 || mine[0].Number != ticket.Number || mine[0].Text != "Dürfen wir?" || mine[0].Votes != 2 {
		d.Errorf("berta's: %+v", mine)
	}
	d.takesStep(ticket.Number, officehours.Event{Kind: officehours.EventClose, Actor: officehours.ByHost, HostID: "heide"})
	_, err = d.store.Join(ctx, d.proposes("carl", "Ich auch.").ID, ticket.Number, d.id(), d.at)
	d.wants(err, officehours.ErrClosed)
	d.ask(ticket.Number + 1)
}

func (d *deskSuite) rises() {
	first, second, third := d.ticket("anna", "eins"), d.ticket("berta", "zwei"), d.ticket("carl", "drei")
	agenda := func(want ...int64) {
		d.Helper()
		open, err := d.store.OpenTickets(ctx, first.Format, first.Session)
		d.ok(err)
		for i, t := range open {
			if t.Number != want[i] || t.Place != i+1 {
				d.Errorf("agenda %+v, want %v", open, want)
				return
			}
		}
	}
	if t := d.joined("anna", "auch drei", third.Number); t.Place != 1 {
		d.Errorf("joined %+v", t)
	}
	agenda(third.Number, first.Number, second.Number)
	d.joined("carl", "auch zwei", second.Number)
	agenda(third.Number, second.Number, first.Number)
	d.joined("dora", "auch zwei", second.Number)
	agenda(second.Number, third.Number, first.Number)
	if t := d.ticket("dora", "vier"); t.Place != 4 {
		d.Errorf("the next one %+v", t)
	}
}

func (d *deskSuite) leaves() {
	ticket := d.ticket("anna", "Darf ich?")
	d.joined("berta", "Dürfen wir?", ticket.Number)
	by := d.id()
	for range 2 {
		left, err := d.store.MoveFor(ctx, ticket.Number, "anna", officehours.Withdrawn, by, d.at)
		d.ok(err)
		if left.State != officehours.Open || left.AskerID != "berta" || left.Text != "Dürfen wir?" || left.Votes != 1 {
			d.Errorf("after anna left: %+v", left)
		}
	}
	d.ask(ticket.Number, "berta Dürfen wir? asking")
	if mine, err := d.store.TicketsFor(ctx, "anna", d.id(), officehours.Withdrawn); err != nil || len(mine) != 1 {
		d.Errorf("anna's: %+v, %v", mine, err)
	}
	_, err := d.store.MoveFor(ctx, ticket.Number, "anna", officehours.Withdrawn, d.id(), d.at)
	d.wants(err, officehours.ErrStep)
	_, err = d.store.MoveFor(ctx, ticket.Number, "carl", officehours.Withdrawn, d.id(), d.at)
	d.wants(err, officehours.ErrUnknown)
	gone, err := d.store.MoveFor(ctx, ticket.Number, "berta", officehours.Withdrawn, d.id(), d.at)
	d.ok(err)
	if gone.State != officehours.Withdrawn || gone.Votes != 0 {
		d.Errorf("after the last one left: %+v", gone)
	}
	back, err := d.store.MoveFor(ctx, ticket.Number, "berta", officehours.Open, d.id(), d.at)
	d.ok(err)
	if back.State != officehours.Open || back.Text != "Dürfen wir?" || back.Votes != 1 {
		d.Errorf("berta is back: %+v", back)
	}
}

func (d *deskSuite) helpsOne() {
	ticket := d.ticket("anna", "Darf ich?")
	d.joined("berta", "Dürfen wir?", ticket.Number)
	early, err := d.store.MoveFor(ctx, ticket.Number, "anna", officehours.Settled, d.id(), d.at)
	d.ok(err)
	if early.State != officehours.Open {
		d.Errorf("one of two needs no answer any more: %+v", early)
	}
	_, err = d.store.MoveFor(ctx, ticket.Number, "anna", officehours.Open, d.id(), d.at)
	d.ok(err)
	_, err = d.store.AddAnswer(ctx, officehours.HostAnswer{Number: ticket.Number, QuestionID: d.id(), HostID: "heide", Text: "Ja.", At: d.at})
	d.ok(err)
	d.at = d.at.Add(time.Minute)
	helped, err := d.store.MoveFor(ctx, ticket.Number, "anna", officehours.Settled, d.id(), d.at)
	d.ok(err)
	if helped.State != officehours.Replied {
		d.Errorf("it helped one of two: %+v", helped)
	}
	d.ask(ticket.Number, "anna Darf ich? settled", "berta Dürfen wir? asking")
	open, err := d.store.MoveFor(ctx, ticket.Number, "berta", officehours.Open, d.id(), d.at)
	d.ok(err)
	if open.State != officehours.Open {
		d.Errorf("still open for one of two: %+v", open)
	}
	if mine, err := d.store.TicketsFor(ctx, "anna", d.id(), officehours.Settled); err != nil || len(mine) != 1 {
		d.Errorf("anna's: %+v, %v", mine, err)
	}
	_, err = d.store.AddAnswer(ctx, officehours.HostAnswer{Number: ticket.Number, QuestionID: d.id(), HostID: "heide", Text: "Doch.", At: d.at})
	d.ok(err)
	settled, err := d.store.MoveFor(ctx, ticket.Number, "berta", officehours.Settled, d.id(), d.at)
	d.ok(err)
	if settled.State != officehours.Settled {
		d.Errorf("it helped all: %+v", settled)
	}
}
