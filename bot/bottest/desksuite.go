package bottest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/officehours"
)

// TestDesk is the conformance suite of stores of the office hours. Each call of
// open returns a store without hand-overs and tickets; newID makes the id of a
// question that the store accepts.
func TestDesk(t *testing.T, open func(t *testing.T) officehours.Store, newID func() string) {
	t.Helper()
	for name, test := range map[string]func(*deskSuite){
		"a preview becomes a ticket once":               (*deskSuite).agreesOnce,
		"a newer preview lapses the older one":          (*deskSuite).newerLapsesOlder,
		"a declined preview keeps no text":              (*deskSuite).declines,
		"old previews lapse":                            (*deskSuite).lapses,
		"a changed text starts the time anew":           (*deskSuite).revises,
		"numbers rise and places count per session":     (*deskSuite).places,
		"points are those of the list as it stands":     (*deskSuite).points,
		"an answer waits for its asker's word":          (*deskSuite).answers,
		"an event happens once and only where it can":   (*deskSuite).takes,
		"merged tickets are answered together":          (*deskSuite).merges,
		"answers are corrected and taken back":          (*deskSuite).changes,
		"a moved ticket gets the next place":            (*deskSuite).moves,
		"posts lead to their ticket":                    (*deskSuite).posts,
		"others join a ticket and all of them are told": (*deskSuite).joins,
		"a ticket that many ask rises":                  (*deskSuite).rises,
		"who leaves takes the own words alone":          (*deskSuite).leaves,
		"what helped one is still open for others":      (*deskSuite).helpsOne,
		"one post is one ticket":                        (*deskSuite).over,
	} {
		t.Run(name, func(t *testing.T) {
			test(&deskSuite{T: t, store: open(t), id: newID, at: time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)})
		})
	}
}

type deskSuite struct {
	*testing.T
	store officehours.Store
	id    func() string
	at    time.Time
}

var ctx = context.Background()

func (d *deskSuite) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *deskSuite) wants(err, want error) {
	d.Helper()
	if !errors.Is(err, want) {
		d.Errorf("error %v, want %v", err, want)
	}
}

// proposes stores a preview of the asker.
func (d *deskSuite) proposes(asker, text string) officehours.Handover {
	d.Helper()
	return d.proposesFor(asker, text, d.id())
}

func (d *deskSuite) proposesFor(asker, text, question string) officehours.Handover {
	d.Helper()
	h, err := d.store.Propose(ctx, officehours.Handover{
		QuestionID: question, AskerID: asker, ChannelID: "dm", Text: text, FromPublic: true, Format: "sprechstunde",
		Session: time.Date(2026, time.March, 5, 13, 0, 0, 0, time.UTC), State: officehours.Proposed, CreatedAt: d.at, ShownAt: d.at,
	})
	d.ok(err)
	return h
}

// ticket hands a text over.
func (d *deskSuite) ticket(asker, text string) officehours.Ticket {
	d.Helper()
	ticket, err := d.store.Agree(ctx, d.proposes(asker, text).ID, d.id(), d.at)
	d.ok(err)
	return ticket
}

func (d *deskSuite) agreesOnce() {
	question := d.id()
	h := d.proposesFor("anna", "Darf ich?", question)
	if again := d.proposesFor("anna", "Etwas anderes", question); again.ID != h.ID || again.Text != h.Text {
		d.Errorf("the same question proposed %+v, then %+v", h, again)
	}
	if h.ID == "" || h.State != officehours.Proposed || !h.FromPublic || !h.ShownAt.Equal(d.at) {
		d.Errorf("proposed %+v", h)
	}
	by := d.id()
	found, err := d.store.HandoverFor(ctx, "anna", by)
	d.ok(err)
	if found.ID != h.ID || found.Text != "Darf ich?" || found.Format != "sprechstunde" || !found.Session.Equal(h.Session) {
		d.Errorf("found %+v, want %+v", found, h)
	}
	_, err = d.store.HandoverFor(ctx, "berta", by)
	d.wants(err, officehours.ErrUnknown)

	ticket, err := d.store.Agree(ctx, h.ID, by, d.at)
	d.ok(err)
	if ticket.Number < 1 || ticket.Text != "Darf ich?" || ticket.AskerID != "anna" || ticket.State != officehours.Open || ticket.HandoverID != h.ID || ticket.Place != 1 {
		d.Errorf("ticket %+v", ticket)
	}
	again, err := d.store.Agree(ctx, h.ID, by, d.at)
	d.ok(err)
	if again.Number != ticket.Number {
		d.Errorf("the same yes made tickets %d and %d", ticket.Number, again.Number)
	}
	_, err = d.store.Agree(ctx, h.ID, d.id(), d.at)
	d.wants(err, officehours.ErrClosed)
	decided, err := d.store.HandoverFor(ctx, "anna", by)
	d.ok(err)
	if decided.ID != h.ID || decided.State != officehours.Agreed {
		d.Errorf("the yes sees %+v", decided)
	}
	_, err = d.store.HandoverFor(ctx, "anna", d.id())
	d.wants(err, officehours.ErrUnknown)
}

func (d *deskSuite) newerLapsesOlder() {
	older, newer := d.proposes("anna", "alt"), d.proposes("anna", "neu")
	other := d.proposes("berta", "andere")
	_, err := d.store.Agree(ctx, older.ID, d.id(), d.at)
	d.wants(err, officehours.ErrClosed)
	found, err := d.store.HandoverFor(ctx, "anna", d.id())
	d.ok(err)
	if found.ID != newer.ID {
		d.Errorf("a yes means %+v, want %+v", found, newer)
	}
	_, err = d.store.Agree(ctx, other.ID, d.id(), d.at)
	d.ok(err)
}

func (d *deskSuite) declines() {
	h, by := d.proposes("anna", "Darf ich?"), d.id()
	d.ok(d.store.Decline(ctx, h.ID, by, d.at))
	d.ok(d.store.Decline(ctx, h.ID, by, d.at))
	d.wants(d.store.Decline(ctx, h.ID, d.id(), d.at), officehours.ErrClosed)
	_, err := d.store.Revise(ctx, h, d.at)
	d.wants(err, officehours.ErrClosed)
	found, err := d.store.HandoverFor(ctx, "anna", by)
	d.ok(err)
	if found.State != officehours.Declined || found.Text != "" {
		d.Errorf("declined %+v", found)
	}
}

func (d *deskSuite) lapses() {
	old := d.proposes("anna", "alt")
	d.at = d.at.Add(20 * time.Minute)
	d.proposes("berta", "neu")
	lapsed, err := d.store.Lapse(ctx, d.at.Add(-10*time.Minute))
	d.ok(err)
	if len(lapsed) != 1 || lapsed[0].ID != old.ID || lapsed[0].AskerID != "anna" || lapsed[0].Text != "" {
		d.Errorf("lapsed %+v", lapsed)
	}
	if again, err := d.store.Lapse(ctx, d.at.Add(-10*time.Minute)); err != nil || len(again) != 1 {
		d.Errorf("not told yet: %+v, %v", again, err)
	}
	d.ok(d.store.ToldLapse(ctx, old.ID))
	if again, err := d.store.Lapse(ctx, d.at.Add(-10*time.Minute)); err != nil || len(again) != 0 {
		d.Errorf("told, and again: %+v, %v", again, err)
	}
	_, err = d.store.HandoverFor(ctx, "anna", d.id())
	d.wants(err, officehours.ErrUnknown)
	_, err = d.store.HandoverFor(ctx, "berta", d.id())
	d.ok(err)
}

func (d *deskSuite) revises() {
	h := d.proposes("anna", "alt")
	later := d.at.Add(20 * time.Minute)
	h.Text, h.Original, h.Unmasked, h.Name, h.Format = "neu", "neu von Petra", true, "anna", "ethikrunde"
	h.Session, h.Files, h.Answer = h.Session.AddDate(0, 0, 7), []string{"f1", "f2"}, "marker"
	revised, err := d.store.Revise(ctx, h, later)
	d.ok(err)
	h.ShownAt = later
	if diff := cmp.Diff(h, revised); diff != "" {
		d.Errorf("revised (-want +got):\n%s", diff)
	}
	ticket, err := d.store.Agree(ctx, h.ID, d.id(), later)
	d.ok(err)
	if ticket.Text != "neu" || ticket.Name != "anna" || ticket.Format != "ethikrunde" || !ticket.Session.Equal(h.Session) {
		d.Errorf("what went over is %+v", ticket)
	}
}

// points are those of the list as it stands: what was taken back is none.
func (d *deskSuite) points() {
	first, second := d.ticket("anna", "eins"), d.ticket("berta", "zwei")
	_, err := d.store.MoveFor(context.Background(), first.Number, "anna", officehours.Withdrawn, d.id(), first.CreatedAt)
	d.ok(err)
	third := d.ticket("carl", "drei")
	open, err := d.store.OpenTickets(context.Background(), second.Format, second.Session)
	d.ok(err)
	if third.Place != 2 || len(open) != 2 || open[0].Place != 1 || open[1].Number != third.Number {
		d.Errorf("point %d of %+v", third.Place, open)
	}
}

func (d *deskSuite) places() {
	first, second := d.ticket("anna", "eins"), d.ticket("berta", "zwei")
	if second.Number <= first.Number || first.Place != 1 || second.Place != 2 {
		d.Errorf("tickets %+v and %+v", first, second)
	}
	open, err := d.store.OpenTickets(ctx, "sprechstunde", first.Session)
	d.ok(err)
	if len(open) != 2 || open[0].Number != first.Number || open[1].Number != second.Number {
		d.Errorf("agenda %+v", open)
	}
	for _, none := range []struct {
		format  string
		session time.Time
	}{{"ethikrunde", time.Time{}}, {"", first.Session.Add(time.Hour)}} {
		if open, err = d.store.OpenTickets(ctx, none.format, none.session); err != nil || len(open) != 0 {
			d.Errorf("agenda of %q at %s: %+v, %v", none.format, none.session, open, err)
		}
	}
	found, err := d.store.TicketByNumber(ctx, second.Number)
	d.ok(err)
	if found.Text != "zwei" || found.AskerID != "berta" {
		d.Errorf("ticket %d is %+v", second.Number, found)
	}
	_, err = d.store.TicketByNumber(ctx, second.Number+1)
	d.wants(err, officehours.ErrUnknown)
}

func (d *deskSuite) answers() {
	ticket, by := d.ticket("anna", "eins"), d.id()
	d.ticket("anna", "zwei")
	a := officehours.HostAnswer{Number: ticket.Number, QuestionID: by, HostID: "heide", Text: "Ja.", At: d.at}
	answered, err := d.store.AddAnswer(ctx, a)
	d.ok(err)
	if answered.State != officehours.Replied || answered.Number != ticket.Number || answered.AskerID != "anna" {
		d.Errorf("answered %+v", answered)
	}
	again, err := d.store.AddAnswer(ctx, a)
	d.ok(err)
	if again.Attempt != answered.Attempt {
		d.Errorf("the same answer counted twice: %+v, then %+v", answered, again)
	}
	waiting, err := d.store.TicketsFor(ctx, "anna", d.id(), officehours.Replied)
	d.ok(err)
	if len(waiting) != 1 || waiting[0].Number != ticket.Number {
		d.Errorf("waiting for anna: %+v", waiting)
	}
	if waiting, err = d.store.TicketsFor(ctx, "berta", d.id(), officehours.Replied); err != nil || len(waiting) != 0 {
		d.Errorf("waiting for berta: %+v, %v", waiting, err)
	}
	a.QuestionID = d.id()
	more, err := d.store.AddAnswer(ctx, a)
	d.ok(err)
	settled := d.id()
	_, err = d.store.MoveFor(ctx, more.Number, "anna", officehours.Settled, settled, d.at)
	d.ok(err)
	a.QuestionID = d.id()
	supplement, err := d.store.AddAnswer(ctx, a)
	d.ok(err)
	if supplement.State != officehours.Settled {
		d.Errorf("a supplement left the ticket %+v", supplement)
	}
	if all, err := d.store.Answers(ctx, ticket.Number); err != nil || len(all) != 3 || all[0].Text != "Ja." || all[0].HostID != "heide" {
		d.Errorf("answers %+v, %v", all, err)
	}
	if waiting, err = d.store.TicketsFor(ctx, "anna", settled, officehours.Replied); err != nil || len(waiting) != 1 {
		d.Errorf("what the word itself has moved: %+v, %v", waiting, err)
	}
	if waiting, err = d.store.TicketsFor(ctx, "anna", d.id(), officehours.Replied); err != nil || len(waiting) != 0 {
		d.Errorf("still waiting: %+v, %v", waiting, err)
	}
}

func (d *deskSuite) posts() {
	ticket := d.ticket("anna", "eins")
	d.ok(d.store.SavePost(ctx, ticket.Number, officehours.Card, "karte"))
	d.ok(d.store.SavePost(ctx, ticket.Number, officehours.Card, "karte"))
	d.ok(d.store.SavePost(ctx, ticket.Number, officehours.Notice, "eingang"))
	d.ok(d.store.SavePost(ctx, ticket.Number, officehours.Notice, "antwort"))
	for post, kind := range map[string]officehours.PostKind{"karte": officehours.Card, "eingang": officehours.Notice, "antwort": officehours.Notice} {
		found, err := d.store.TicketByPost(ctx, kind, post)
		d.ok(err)
		if found.Number != ticket.Number || found.CardPostID != "karte" {
			d.Errorf("%s %q shows %+v", kind, post, found)
		}
	}
	_, err := d.store.TicketByPost(ctx, officehours.Notice, "karte")
	d.wants(err, officehours.ErrUnknown)
}

func (d *deskSuite) over() {
	h := officehours.Handover{QuestionID: d.id(), AskerID: "anna", PostID: "frage", Text: "Darf ich?", CreatedAt: d.at}
	h, err := d.store.Propose(ctx, h)
	d.ok(err)
	_, err = d.store.OverOf(ctx, "anna", "frage")
	d.wants(err, officehours.ErrUnknown)
	ticket, err := d.store.Agree(ctx, h.ID, d.id(), d.at)
	d.ok(err)
	found, err := d.store.OverOf(ctx, "anna", "frage")
	d.ok(err)
	if found.Number != ticket.Number {
		d.Errorf("found %+v, want %+v", found, ticket)
	}
	for asker, post := range map[string]string{"berta": "frage", "anna": "andere"} {
		_, err = d.store.OverOf(ctx, asker, post)
		d.wants(err, officehours.ErrUnknown)
	}
	_, err = d.store.MoveFor(ctx, ticket.Number, "anna", officehours.Withdrawn, d.id(), d.at)
	d.ok(err)
	_, err = d.store.OverOf(ctx, "anna", "frage")
	d.wants(err, officehours.ErrUnknown)

	commanded, err := d.store.Propose(ctx, officehours.Handover{QuestionID: d.id(), AskerID: "anna", Text: "Und das?", CreatedAt: d.at})
	d.ok(err)
	_, err = d.store.Agree(ctx, commanded.ID, d.id(), d.at)
	d.ok(err)
	_, err = d.store.OverOf(ctx, "anna", "")
	d.wants(err, officehours.ErrUnknown)
}
