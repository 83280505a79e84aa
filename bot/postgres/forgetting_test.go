package postgres_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/reminders"
	"lvr.example/sprechstunde/retrieval"
)

// stores are all that keeps something in the database.
var stores = []any{&postgres.Questions{}, &postgres.Desk{}, &postgres.Persons{}, &postgres.Cursors{}, &postgres.Told{}, &postgres.Coffees{}, &postgres.Votes{}, &postgres.Approved{}, &postgres.Gaps{}, &postgres.Purses{}, &postgres.Queue{}, &postgres.Channels{}, &postgres.Reminders{}}

// unconcerned are methods that forgetting does not concern, and why.
var unconcerned = map[string]string{
	"Questions.List":         "gives neither text nor person, see TestListHasNeitherTextNorPerson",
	"Questions.Swept":        "takes the id of a question alone",
	"Desk.ToldLapse":         "takes the id of a hand-over alone",
	"Desk.SavePost":          "takes the number of a ticket and a post of the bot's",
	"Persons.Deletions":      "keeps keyed hashes alone",
	"Persons.Remember":       "keeps keyed hashes alone",
	"Cursors.Cursor":         "keeps channels and posts, no person",
	"Cursors.SaveCursor":     "keeps channels and posts, no person",
	"Coffees.OpenCoffee":     "keeps a channel and a question, no person",
	"Coffees.SaveCoffeeRoot": "keeps a post of the bot's",
	"Purses.Spent":           "keeps keyed hashes of one day alone",
	"Purses.Spend":           "keeps keyed hashes of one day alone",
	"Queue.Start":            "works on what Questions hands out",
	"Queue.Stop":             "works on what Questions hands out",
	"Desk.Pin":               "takes the number of a ticket",
	"Questions.AnswersAt":    "gives ids of questions alone",
	"Votes.TakeBack":         "takes a vote away",
	"Reminders.Remove":       "takes wishes away",
	"Reminders.Sessions":     "gives sessions and no person",
	"Reminders.Move":         "takes the id of a wish alone",
	"Votes.ByReaction":       "reads votes, which go with the person",
	"Approved.Reviewed":      "takes the id of a version alone",
	"Gaps.Report":            "keeps words of many and no person, see the room gaps",
	"Gaps.SaveReport":        "keeps words of many and no person, see the room gaps",
}

// forgotten is a database from which anna was just forgotten, and what others
// still know of her: a worker that is at her question, a host who looks at her
// ticket.
type forgotten struct {
	*testing.T
	pool      *pgxpool.Pool
	questions *postgres.Questions
	desk      *postgres.Desk
	persons   *postgres.Persons
	underWay  inbox.Question // saved, about to be posted
	approved  *postgres.Approved
	draft     approved.Version // by anna
	inForce   approved.Version // by berta, approved and looked after by anna
	coffees   *postgres.Coffees
	coffee    officehours.Coffee // in which anna and berta have voted
	preview   officehours.Handover
	wish      reminders.Wish
	ticket    officehours.Ticket
	shared    officehours.Ticket // asked first by anna, then by berta
}

func forgetAnna(t *testing.T) *forgotten {
	t.Helper()
	f := &forgotten{T: t, pool: migrated(t)}
	f.questions, f.desk, f.persons = newQuestions(t, f.pool, nil), postgres.NewDesk(f.pool, 0), postgres.NewPersons(f.pool)
	answered(t, f.pool, "anna")
	under := f.arrival("post-under-way")
	under.Fields = map[string]string{inbox.CommandText: "secret"}
	id, _, err := f.questions.Add(t.Context(), under)
	f.ok(err)
	f.underWay, err = f.questions.Claim(t.Context(), id, time.Minute)
	f.ok(err)
	r := inboxtest.Answer(f.underWay, 1)
	r.Drafts[0].Marker, r.Drafts[0].Text = "under.way.1", "secret"
	f.underWay, err = f.questions.Save(t.Context(), f.underWay, r, false)
	f.ok(err)
	handed, err := f.desk.Propose(t.Context(), f.handover())
	f.ok(err)
	f.ticket, err = f.desk.Agree(t.Context(), handed.ID, uuid.NewString(), time.Now())
	f.ok(err)
	f.ok(f.desk.SavePost(t.Context(), f.ticket.Number, officehours.Card, "card"))
	opened, err := f.desk.Propose(t.Context(), f.handover())
	f.ok(err)
	f.shared, err = f.desk.Agree(t.Context(), opened.ID, uuid.NewString(), time.Now())
	f.ok(err)
	f.joins("berta", "ours")
	f.ok(postgres.NewChannels(f.pool).Set(f.Context(), "looked-at-by-anna", channels.Setting{Mode: dialogue.ModeReview, Reviewer: "anna"}, ""))
	f.votes()
	f.writes()
	kept := postgres.NewReminders(f.pool)
	f.ok(kept.Add(t.Context(), reminders.Wish{UserID: "anna", Format: "ethikrunde", Session: time.Now().Add(time.Hour), Since: time.Now()}, ""))
	wishes, err := kept.Of(t.Context(), "anna")
	f.ok(err)
	f.wish = wishes[0]
	f.preview, err = f.desk.Propose(t.Context(), f.handover())
	f.ok(err)
	_, err = newRegistry(t, f.pool).Forget(t.Context(), "anna")
	f.ok(err)
	return f
}

func (f *forgotten) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *forgotten) arrival(key string) inbox.Arrival {
	return inbox.Arrival{Origin: inbox.FromPost, Key: key, ChannelID: "dm-anna", UserID: "anna", At: time.Now()}
}

func (f *forgotten) handover() officehours.Handover {
	return officehours.Handover{QuestionID: uuid.NewString(), AskerID: "anna", ChannelID: "dm-anna", PostID: "secret-post", Text: "secret", Original: "secret",
		Name: "secret", Instead: "secret", Answer: "secret", Format: "f", CreatedAt: time.Now()}
}

// votes has anna and berta vote in a LeanCoffee.
func (f *forgotten) votes() {
	f.Helper()
	f.coffees = postgres.NewCoffees(f.pool, 0)
	c, err := f.coffees.OpenCoffee(f.Context(), "channel", uuid.NewString(), time.Now())
	f.ok(err)
	f.ok(f.coffees.SaveCoffeeRoot(f.Context(), c.ID, "root"))
	f.coffee, err = f.coffees.ChangeCoffee(f.Context(), c.ID, uuid.NewString(), func(c *officehours.Coffee) error {
		return errors.Join(c.Add("topic", uuid.NewString(), func(string, string) bool { return false }), c.Ballot(time.Now()),
			c.Vote("anna", []int{1, 1}, true), c.Vote("berta", []int{1}, true))
	})
	f.ok(err)
}

// writes has anna write a draft, and approve what berta has written.
func (f *forgotten) writes() {
	f.Helper()
	f.approved = postgres.NewApproved(f.pool, 0)
	v := approved.Version{Number: f.shared.Number, AuthorID: "berta", Answer: approved.Answer{Questions: []string{"ours?"}, Text: "ours", ContactID: "anna", Until: retrieval.DateOf(time.Now())}}
	written, err := f.approved.Write(f.Context(), v, uuid.NewString(), time.Now())
	f.ok(err)
	f.inForce, err = f.approved.Decide(f.Context(), written.ID, approved.Decision{To: approved.StageApproved, By: uuid.NewString(), UserID: "anna", At: time.Now()})
	f.ok(err)
	v.Text, v.Questions, v.AuthorID = "secret", []string{"secret?"}, "anna"
	f.draft, err = f.approved.Write(f.Context(), v, uuid.NewString(), time.Now())
	f.ok(err)
}

// hers is nil where a LeanCoffee holds berta's votes and none of anna's.
func hers(c officehours.Coffee, err error) error {
	if err != nil || len(c.Votes) != 1 || len(c.Votes["berta"]) != 1 {
		return fmt.Errorf("%+v, %w", c, err)
	}
	return nil
}

// joins has somebody else ask the shared ticket, too.
func (f *forgotten) joins(userID, text string) {
	f.Helper()
	h := f.handover()
	h.AskerID, h.ChannelID, h.Text, h.PostID, h.Name, h.Answer = userID, "dm-"+userID, text, "", "", ""
	h, err := f.desk.Propose(f.Context(), h)
	f.ok(err)
	_, err = f.desk.Join(f.Context(), h.ID, f.shared.Number, uuid.NewString(), time.Now())
	f.ok(err)
}

// wants is nil for the error that is due.
func wants(due, err error) error {
	if errors.Is(err, due) {
		return nil
	}
	return fmt.Errorf("not the error that is due (%w): %w", due, err)
}

// silent is nil where a question says nothing of anna.
func silent(q inbox.Question, err error) error {
	if err != nil || q.UserID != "" || q.ChannelID != "" || len(q.Drafts)+len(q.Obsolete)+len(q.Fields) > 0 || q.Subject != (inbox.Subject{}) {
		return fmt.Errorf("%+v, %w", q, err)
	}
	return nil
}

func none(wishes []reminders.Wish, err error) error {
	if err != nil || len(wishes) > 0 {
		return fmt.Errorf("%+v, %w", wishes, err)
	}
	return nil
}

func anonymous(t officehours.Ticket, err error) error {
	if err != nil || t.AskerID != "" || t.Text != "" || !t.State.Closed() {
		return fmt.Errorf("%+v, %w", t, err)
	}
	return nil
}

// afterwards are the methods that could bring something of anna back, each with
// what is wrong after it was tried; nil: nothing.
var afterwards = map[string]func(f *forgotten) error{
	"Questions.Lookup": func(f *forgotten) error {
		return silent(f.questions.Lookup(f.Context(), inbox.FromPost, "post-of-anna"))
	},
	"Questions.Question": func(f *forgotten) error { return silent(f.questions.Question(f.Context(), f.underWay.ID)) },
	"Questions.OutcomeOf": func(f *forgotten) error {
		for _, d := range f.underWay.Drafts {
			if _, err := f.questions.OutcomeOf(f.Context(), d.Marker); !errors.Is(err, inbox.ErrDone) {
				return fmt.Errorf("the outcome of a forgotten question: %w", err)
			}
		}
		return nil
	},
	"Questions.Commands": func(f *forgotten) error {
		found, err := f.questions.Commands(f.Context(), []string{f.underWay.ID})
		if err != nil || len(found) > 0 {
			return fmt.Errorf("%v, %w", found, err)
		}
		return nil
	},
	"Questions.Recent": func(f *forgotten) error {
		ids, err := f.questions.Recent(f.Context(), 10)
		if err != nil || len(ids) > 0 {
			return fmt.Errorf("%v, %w", ids, err)
		}
		return nil
	},
	"Questions.Add": func(f *forgotten) error { // a catch-up finds the post again
		_, added, err := f.questions.Add(f.Context(), f.arrival("post-of-anna"))
		if added || err != nil {
			return fmt.Errorf("added %t, %w", added, err)
		}
		return nil
	},
	"Questions.Edited": func(f *forgotten) error {
		if err := f.questions.Edited(f.Context(), f.arrival("post-of-anna"), time.Now().UnixMilli()); err != nil {
			return err
		}
		_, err := f.questions.Claim(f.Context(), f.underWay.ID, time.Minute)
		return wants(inbox.ErrDone, err)
	},
	"Questions.Deleted": func(f *forgotten) error { return f.questions.Deleted(f.Context(), inbox.FromPost, "post-of-anna") },
	"Questions.Claim": func(f *forgotten) error {
		_, err := f.questions.Claim(f.Context(), f.underWay.ID, time.Minute)
		return wants(inbox.ErrDone, err)
	},
	"Questions.Extend": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Extend(f.Context(), f.underWay, time.Minute))
	},
	"Questions.Release": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Release(f.Context(), f.underWay, 0, true))
	},
	"Questions.Start": func(f *forgotten) error { return wants(inbox.ErrStale, f.questions.Start(f.Context(), f.underWay)) },
	"Questions.Early": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Early(f.Context(), f.underWay, inboxtest.Answer(f.underWay, 1).Drafts[0]))
	},
	"Questions.Save": func(f *forgotten) error {
		_, err := f.questions.Save(f.Context(), f.underWay, inboxtest.Answer(f.underWay, 1), false)
		return wants(inbox.ErrStale, err)
	},
	"Questions.Try": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Try(f.Context(), f.underWay, "under.way.1"))
	},
	"Questions.Posted": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Posted(f.Context(), f.underWay, "under.way.1", "post"))
	},
	"Questions.Lost": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Lost(f.Context(), f.underWay, "under.way.1"))
	},
	"Questions.Removed": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Removed(f.Context(), f.underWay, "under.way.1"))
	},
	"Questions.Restart": func(f *forgotten) error {
		_, err := f.questions.Restart(f.Context(), f.underWay)
		return wants(inbox.ErrStale, err)
	},
	"Questions.Renew": func(f *forgotten) error {
		_, err := f.questions.Renew(f.Context(), f.underWay)
		return wants(inbox.ErrStale, err)
	},
	"Questions.Spend": func(f *forgotten) error {
		_, err := f.questions.Spend(f.Context(), f.underWay)
		return wants(inbox.ErrStale, err)
	},
	"Questions.Moot": func(f *forgotten) error {
		q := f.underWay
		q.Drafts = []inbox.Draft{{Moot: []inbox.Choice{{Subject: inbox.Subject{HandoverID: f.preview.ID}}}}}
		found, err := f.questions.Moot(f.Context(), q)
		if err != nil || len(found) > 0 {
			return fmt.Errorf("%v, %w", found, err)
		}
		return nil
	},
	"Questions.Mooted": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Mooted(f.Context(), f.underWay, inbox.Draft{Marker: "under.way.1"}))
	},
	"Questions.Finish": func(f *forgotten) error {
		return wants(inbox.ErrStale, f.questions.Finish(f.Context(), f.underWay, inbox.Posted, "answered", ""))
	},
	"Questions.Requeue": func(f *forgotten) error {
		if n, err := f.questions.Requeue(f.Context(), 10); n > 0 || err != nil {
			return fmt.Errorf("%d queued, %w", n, err)
		}
		return nil
	},
	"Questions.Sweepable": func(f *forgotten) error {
		if qs, err := f.questions.Sweepable(f.Context(), 10); len(qs) > 0 || err != nil {
			return fmt.Errorf("%+v, %w", qs, err)
		}
		return nil
	},
	"Desk.Propose": func(f *forgotten) error { // by the worker that was at her question
		h := f.handover()
		h.QuestionID = f.underWay.ID
		_, err := f.desk.Propose(f.Context(), h)
		return wants(officehours.ErrUnknown, err)
	},
	"Desk.HandoverFor": func(f *forgotten) error {
		_, err := f.desk.HandoverFor(f.Context(), "anna", "")
		return wants(officehours.ErrUnknown, err)
	},
	"Desk.Revise": func(f *forgotten) error {
		_, err := f.desk.Revise(f.Context(), f.preview, time.Now())
		return wants(officehours.ErrClosed, err)
	},
	"Desk.Agree": func(f *forgotten) error {
		_, err := f.desk.Agree(f.Context(), f.preview.ID, uuid.NewString(), time.Now())
		return wants(officehours.ErrClosed, err)
	},
	"Desk.Decline": func(f *forgotten) error {
		return wants(officehours.ErrClosed, f.desk.Decline(f.Context(), f.preview.ID, uuid.NewString(), time.Now()))
	},
	"Desk.Lapse": func(f *forgotten) error {
		if lapsed, err := f.desk.Lapse(f.Context(), time.Now().Add(time.Hour)); len(lapsed) > 0 || err != nil {
			return fmt.Errorf("%+v, %w", lapsed, err)
		}
		return nil
	},
	"Desk.OverOf": func(f *forgotten) error {
		_, err := f.desk.OverOf(f.Context(), "anna", "secret-post")
		return wants(officehours.ErrUnknown, err)
	},
	"Desk.TicketByNumber": func(f *forgotten) error { return anonymous(f.desk.TicketByNumber(f.Context(), f.ticket.Number)) },
	"Desk.TicketByPost":   func(f *forgotten) error { return anonymous(f.desk.TicketByPost(f.Context(), officehours.Card, "card")) },
	"Desk.TicketsFor": func(f *forgotten) error {
		if tickets, err := f.desk.TicketsFor(f.Context(), "anna", ""); len(tickets) > 0 || err != nil {
			return fmt.Errorf("%+v, %w", tickets, err)
		}
		return nil
	},
	"Desk.AddAnswer": func(f *forgotten) error {
		_, err := f.desk.AddAnswer(f.Context(), officehours.HostAnswer{Number: f.ticket.Number, QuestionID: f.underWay.ID, HostID: "anna", Text: "secret", At: time.Now()})
		if err := wants(officehours.ErrUnknown, err); err != nil {
			return err
		}
		_, err = f.desk.AddAnswer(f.Context(), officehours.HostAnswer{Number: f.ticket.Number, QuestionID: uuid.NewString(), HostID: "heide", Text: "secret", At: time.Now()})
		return wants(officehours.ErrClosed, err)
	},
	"Desk.Take": func(f *forgotten) error {
		_, err := f.desk.Take(f.Context(), f.ticket.Number, officehours.Event{Kind: officehours.EventClaim, Actor: officehours.ByHost, By: uuid.NewString(), HostID: "heide", At: time.Now()})
		return wants(officehours.ErrClosed, err)
	},
	"Desk.Answers": func(f *forgotten) error {
		if answers, err := f.desk.Answers(f.Context(), f.ticket.Number); len(answers) > 0 || err != nil {
			return fmt.Errorf("%+v, %w", answers, err)
		}
		return nil
	},
	"Desk.Remind": func(f *forgotten) error {
		return wants(officehours.ErrUnknown, f.desk.Remind(f.Context(), f.shared.Number, "anna", true))
	},
	"Desk.Discussed": func(f *forgotten) error {
		tickets, err := f.desk.Discussed(f.Context(), f.ticket.Format, f.ticket.Session)
		if len(tickets) > 0 {
			return fmt.Errorf("%+v, %w", tickets, err)
		}
		return err
	},
	"Desk.AnswerOf": func(f *forgotten) error {
		_, err := f.desk.AnswerOf(f.Context(), "hosts-post")
		return wants(officehours.ErrUnknown, err)
	},
	"Desk.ChangeAnswer": func(f *forgotten) error {
		_, err := f.desk.ChangeAnswer(f.Context(), "hosts-post", "secret", uuid.NewString(), time.Now())
		return wants(officehours.ErrUnknown, err)
	},
	"Desk.OpenTickets": func(f *forgotten) error { // what others ask, too, stays with their words
		tickets, err := f.desk.OpenTickets(f.Context(), "", time.Time{})
		if err != nil || len(tickets) != 1 || tickets[0].AskerID != "berta" || tickets[0].Text != "ours" || tickets[0].Votes != 1 {
			return fmt.Errorf("%+v, %w", tickets, err)
		}
		return nil
	},
	"Desk.Askers": func(f *forgotten) error {
		askers, err := f.desk.Askers(f.Context(), f.shared.Number)
		if err != nil || len(askers) != 1 || askers[0] != (officehours.Asker{UserID: "berta", Text: "ours", State: officehours.Asking}) {
			return fmt.Errorf("%+v, %w", askers, err)
		}
		return nil
	},
	"Desk.Join": func(f *forgotten) error {
		_, err := f.desk.Join(f.Context(), f.preview.ID, f.shared.Number, uuid.NewString(), time.Now())
		return wants(officehours.ErrClosed, err)
	},
	"Desk.MoveFor": func(f *forgotten) error {
		_, err := f.desk.MoveFor(f.Context(), f.shared.Number, "anna", officehours.Withdrawn, uuid.NewString(), time.Now())
		return wants(officehours.ErrUnknown, err)
	},
	"Coffees.Coffee":       func(f *forgotten) error { return hers(f.coffees.Coffee(f.Context(), f.coffee.ID)) },
	"Coffees.CoffeeByRoot": func(f *forgotten) error { return hers(f.coffees.CoffeeByRoot(f.Context(), "root")) },
	"Coffees.RunningCoffees": func(f *forgotten) error {
		all, err := f.coffees.RunningCoffees(f.Context())
		if err != nil || len(all) != 1 {
			return fmt.Errorf("%+v, %w", all, err)
		}
		return hers(all[0], nil)
	},
	"Coffees.ChangeCoffee": func(f *forgotten) error { // by the worker that was at her vote
		_, err := f.coffees.ChangeCoffee(f.Context(), f.coffee.ID, f.underWay.ID, func(c *officehours.Coffee) error {
			return c.Vote("anna", []int{1}, false)
		})
		return wants(officehours.ErrUnknown, err)
	},
	"Approved.Write": func(f *forgotten) error { // by the worker that was at her word
		_, err := f.approved.Write(f.Context(), approved.Version{Number: f.shared.Number, AuthorID: "anna", Answer: approved.Answer{Text: "secret"}}, f.underWay.ID, time.Now())
		return wants(approved.ErrUnknown, err)
	},
	"Approved.Decide": func(f *forgotten) error {
		_, err := f.approved.Decide(f.Context(), f.inForce.ID, approved.Decision{To: approved.StageWithdrawn, By: f.underWay.ID, UserID: "anna", At: time.Now()})
		return wants(approved.ErrUnknown, err)
	},
	"Approved.Version": func(f *forgotten) error {
		if _, err := f.approved.Version(f.Context(), f.draft.ID); !errors.Is(err, approved.ErrUnknown) {
			return fmt.Errorf("a draft of hers: %w", err)
		}
		v, err := f.approved.Version(f.Context(), f.inForce.ID)
		if err != nil || v.Text != "ours" || v.AuthorID != "berta" || v.ApproverID != "" || v.ContactID != "" {
			return fmt.Errorf("%+v, %w", v, err)
		}
		return nil
	},
	"Approved.Current": func(f *forgotten) error {
		all, err := f.approved.Current(f.Context(), 0, "")
		if err != nil || len(all) != 1 || all[0].ID != f.inForce.ID {
			return fmt.Errorf("%+v, %w", all, err)
		}
		return nil
	},
	"Gaps.InVain": func(f *forgotten) error {
		all, err := postgres.NewGaps(f.pool).InVain(f.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour), 100)
		for _, q := range all {
			if strings.Contains(q.PostID, "anna") || q.Person == "" || q.Typed != "" {
				return fmt.Errorf("%+v", q)
			}
		}
		return err
	},
	"Told.First": func(f *forgotten) error {
		_, err := postgres.NewTold(f.pool).First(f.Context(), "anna", "pilot", "2026-03-01", f.underWay.ID)
		return wants(inbox.ErrStale, err)
	},
	"Questions.RecentAnswers": func(f *forgotten) error {
		ids, err := f.questions.RecentAnswers(f.Context(), 10)
		if err != nil || len(ids) > 0 {
			return fmt.Errorf("%v, %w", ids, err)
		}
		return nil
	},
	"Reminders.Add": func(f *forgotten) error {
		w := reminders.Wish{UserID: "anna", Format: "ethikrunde", Session: time.Now().Add(time.Hour), Since: time.Now()}
		return wants(inbox.ErrStale, postgres.NewReminders(f.pool).Add(f.Context(), w, f.underWay.ID))
	},
	"Reminders.Of": func(f *forgotten) error {
		all, err := postgres.NewReminders(f.pool).Of(f.Context(), "anna")
		return none(all, err)
	},
	"Reminders.For": func(f *forgotten) error {
		all, err := postgres.NewReminders(f.pool).For(f.Context(), f.wish.Format, f.wish.Session)
		return none(all, err)
	},
	"Reminders.Wish": func(f *forgotten) error {
		_, err := postgres.NewReminders(f.pool).Wish(f.Context(), f.wish.ID)
		return wants(reminders.ErrUnknown, err)
	},
	"Votes.Cast": func(f *forgotten) error { // by the worker that was at hers, and on her answer
		votes := postgres.NewVotes(f.pool)
		others, _, err := f.questions.Add(f.Context(), inbox.Arrival{Origin: inbox.FromCommand, Key: uuid.NewString(), UserID: "berta", At: time.Now()})
		if err != nil {
			return err
		}
		err = votes.Cast(f.Context(), feedback.Vote{Answer: others, By: f.underWay.ID, UserID: "anna", At: time.Now()})
		if err := wants(inbox.ErrStale, err); err != nil {
			return err
		}
		return wants(inbox.ErrStale, votes.Cast(f.Context(), feedback.Vote{Answer: f.underWay.ID, UserID: "berta", At: time.Now()}))
	},
	"Channels.Set": func(f *forgotten) error {
		err := postgres.NewChannels(f.pool).Set(f.Context(), "c", channels.Setting{Mode: dialogue.ModeReview, Reviewer: "anna"}, f.underWay.ID)
		return wants(inbox.ErrStale, err)
	},
	"Channels.Setting": func(f *forgotten) error {
		set, err := postgres.NewChannels(f.pool).Setting(f.Context(), "looked-at-by-anna")
		if err != nil || set.Mode != dialogue.ModeReview || set.Reviewer != "" {
			return fmt.Errorf("%+v, %w", set, err)
		}
		return nil
	},
	"Persons.Users": func(f *forgotten) error {
		if users, err := f.persons.Users(f.Context()); slices.Contains(users, "anna") || err != nil {
			return fmt.Errorf("%v, %w", users, err)
		}
		return nil
	},
	"Persons.Export": func(f *forgotten) error {
		e, err := f.persons.Export(f.Context(), "anna")
		if err != nil || len(e.Questions)+len(e.Handovers)+len(e.Tickets)+len(e.Answers) > 0 {
			return fmt.Errorf("%+v, %w", e, err)
		}
		return nil
	},
	"Persons.Forget": func(f *forgotten) error {
		gone, err := newRegistry(f.T, f.pool).Forget(f.Context(), "anna")
		if err != nil || !gone.Nothing() {
			return fmt.Errorf("%+v, %w", gone, err)
		}
		return nil
	},
}

// TestEveryMethodAnswersForForgetting has each exported method of the stores in
// one of the two lists: a new one is either tested with somebody forgotten or
// says why it need not be.
func TestEveryMethodAnswersForForgetting(t *testing.T) {
	t.Parallel()
	methods := map[string]bool{}
	for _, store := range stores {
		typ := reflect.TypeOf(store)
		for i := range typ.NumMethod() {
			name := typ.Elem().Name() + "." + typ.Method(i).Name
			methods[name] = true
			if _, tested := afterwards[name]; tested == (unconcerned[name] != "") {
				t.Errorf("%s must stand either in afterwards, with a test, or in unconcerned, with a reason", name)
			}
		}
	}
	for name := range afterwards {
		if !methods[name] {
			t.Errorf("there is no method %s", name)
		}
	}
	for name := range unconcerned {
		if !methods[name] {
			t.Errorf("there is no method %s", name)
		}
	}
}

func TestNothingComesBackOfAForgottenPerson(t *testing.T) {
	t.Parallel()
	f := forgetAnna(t)
	for name, try := range afterwards {
		if err := try(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if kept := dump(t, f.pool); strings.Contains(kept, "secret") || strings.Contains(kept, "dm-anna") || strings.Contains(kept, ",anna,") {
			t.Fatalf("%s brought something of anna back:\n%s", name, kept)
		}
	}
}
