package officehours

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// EventKind is what happens to a ticket.
type EventKind string

// The events. Their names stand in the history of tickets.
const (
	EventOpen     EventKind = "open"     // handed over: the first of all
	EventClaim    EventKind = "claim"    // a host takes it
	EventGiveBack EventKind = "giveback" // and puts it back
	EventAnswer   EventKind = "answer"
	EventAskBack  EventKind = "askback" // a host asks the asker
	EventCorrect  EventKind = "correct" // an answer that went out
	EventRetract  EventKind = "retract" // one of several answers
	EventUnanswer EventKind = "unanswer"
	EventClose    EventKind = "close" // a host ends it
	EventMerge    EventKind = "merge"
	EventMove     EventKind = "move" // to another session
	EventAdd      EventKind = "add"  // the asker writes more
	EventSettle   EventKind = "settle"
	EventReopen   EventKind = "reopen"
	EventWithdraw EventKind = "withdraw"
	EventWait     EventKind = "wait"   // nobody has answered in the time promised
	EventForget   EventKind = "forget" // the asker is nobody any more
)

// Actor is whose doing an event is.
type Actor string

// The actors.
const (
	ByAsker Actor = "asker"
	ByHost  Actor = "host"
	ByHouse Actor = "house" // its calendar and clock
)

// Event is one thing that happens to a ticket.
type Event struct {
	Kind    EventKind
	Actor   Actor
	By      string // id of what caused it, a question of the inbox; the same again changes nothing
	HostID  string // chat user id of the host whose doing it is
	Into    int64  // EventMerge: the ticket that stays
	Format  string // EventMove: the agenda that it goes on; with Session
	Session time.Time
	From    time.Time // EventMove: the session that it comes from; on another one by now, it stays there. Zero: any
	At      time.Time
}

// Hearers are those who hear of an event besides whoever caused it.
type Hearers struct{ Asker, Hosts bool }

// Errors of an event that cannot happen to a ticket as it stands.
var (
	// ErrActor: not for this actor. In another state than those of the event it is
	// ErrStep, or ErrClosed where the ticket waits for nobody any more.
	ErrActor = errors.New("not theirs to do")
	// ErrTaken: a host was faster, or has it already.
	ErrTaken = errors.New("taken by a host")
)

// step is one transition: where the event leads, and who is told.
type step struct {
	to   TicketState
	told Hearers
}

var (
	tellHosts = Hearers{Hosts: true}
	tellBoth  = Hearers{Asker: true, Hosts: true}
)

// rule is a row of the table: who may, and from which states.
type rule struct {
	actors []Actor
	steps  map[TicketState]step
}

// table is the state machine of a ticket. What is not in it cannot happen. No ticket ends
// but by its asker, or by a host with a word to the asker; the house ends none but
// of people who are nobody any more.
var table = map[EventKind]rule{
	EventOpen: {[]Actor{ByAsker}, map[TicketState]step{"": {Open, tellBoth}}},
	EventClaim: {[]Actor{ByHost}, map[TicketState]step{
		Open: {Claimed, tellBoth}, Claimed: {Claimed, tellBoth}, // by a host who is nobody any more
	}},
	EventGiveBack: {[]Actor{ByHost}, map[TicketState]step{Claimed: {Open, tellBoth}}},
	EventAnswer: {[]Actor{ByHost}, map[TicketState]step{
		Open: {Replied, tellBoth}, Claimed: {Replied, tellBoth}, Replied: {Replied, tellBoth},
		Settled: {Settled, tellBoth}, // a supplement
	}},
	EventAskBack: {[]Actor{ByHost}, map[TicketState]step{
		Open: {Claimed, tellBoth}, Claimed: {Claimed, tellBoth}, Replied: {Claimed, tellBoth},
	}},
	EventCorrect: {[]Actor{ByHost}, same(tellBoth, Open, Claimed, Replied, Settled, Withdrawn, Merged)},
	EventRetract: {[]Actor{ByHost}, same(tellBoth, Open, Claimed, Replied, Settled, Withdrawn, Merged)},
	EventUnanswer: {[]Actor{ByHost}, map[TicketState]step{
		Open: {Open, tellBoth}, Claimed: {Claimed, tellBoth}, Replied: {Open, tellBoth}, Settled: {Open, tellBoth},
		Withdrawn: {Withdrawn, tellBoth}, Merged: {Merged, tellBoth},
	}},
	EventClose: {[]Actor{ByHost}, map[TicketState]step{
		Open: {Settled, tellBoth}, Claimed: {Settled, tellBoth}, Replied: {Settled, tellBoth},
	}},
	EventMerge: {[]Actor{ByHost}, map[TicketState]step{
		Open: {Merged, tellBoth}, Claimed: {Merged, tellBoth}, Replied: {Merged, tellBoth},
	}},
	EventMove: {[]Actor{ByHost, ByHouse}, same(tellBoth, Open, Claimed)},
	EventAdd: {[]Actor{ByAsker}, map[TicketState]step{
		Open: {Open, tellHosts}, Claimed: {Claimed, tellHosts}, Replied: {Open, tellHosts}, Settled: {Open, tellHosts},
		Withdrawn: {Open, tellHosts},
	}},
	EventSettle: {[]Actor{ByAsker}, map[TicketState]step{
		Replied: {Settled, tellHosts}, Open: {Settled, tellHosts}, Claimed: {Settled, tellHosts}, // found without an answer
	}},
	EventReopen: {[]Actor{ByAsker}, map[TicketState]step{
		Replied: {Open, tellHosts}, Settled: {Open, tellHosts}, Withdrawn: {Open, tellHosts},
	}},
	EventWithdraw: {[]Actor{ByAsker}, map[TicketState]step{
		Open: {Withdrawn, tellHosts}, Claimed: {Withdrawn, tellHosts}, Replied: {Withdrawn, tellHosts},
	}},
	EventWait: {[]Actor{ByHouse}, same(tellBoth, Open, Claimed)},
	EventForget: {[]Actor{ByHouse}, map[TicketState]step{
		Open: {Withdrawn, tellHosts}, Claimed: {Withdrawn, tellHosts}, Replied: {Withdrawn, tellHosts},
		Settled: {Settled, Hearers{}}, Withdrawn: {Withdrawn, Hearers{}}, Merged: {Merged, Hearers{}},
	}},
}

func same(told Hearers, states ...TicketState) map[TicketState]step {
	steps := map[TicketState]step{}
	for _, s := range states {
		steps[s] = step{s, told}
	}
	return steps
}

// After returns the ticket as it stands after an event, and who is to be told.
// ErrActor, ErrTaken, ErrClosed or ErrStep: it cannot happen.
func (t Ticket) After(e Event) (Ticket, Hearers, error) {
	row := table[e.Kind]
	if !slices.Contains(row.actors, e.Actor) {
		return t, Hearers{}, fmt.Errorf("%s by %s: %w", e.Kind, e.Actor, ErrActor)
	}
	next, can := row.steps[t.State]
	switch {
	case !can && t.State.Closed():
		return t, Hearers{}, fmt.Errorf("%s in state %q: %w", e.Kind, t.State, ErrClosed)
	case !can:
		return t, Hearers{}, fmt.Errorf("%s in state %q: %w", e.Kind, t.State, ErrStep)
	case e.Kind == EventClaim && t.State == Claimed && t.HostID != "":
		return t, Hearers{}, fmt.Errorf("claim: %w", ErrTaken)
	case e.Kind == EventMove && !e.From.IsZero() && !e.From.Equal(t.Session):
		return t, Hearers{}, fmt.Errorf("move from %s: %w", e.From, ErrStep)
	case e.Kind == EventMerge && (e.Into == 0 || e.Into == t.Number):
		return t, Hearers{}, fmt.Errorf("merge into %d: %w", e.Into, ErrStep)
	}
	return t.moved(next.to, e), next.told, nil
}

func (t Ticket) moved(to TicketState, e Event) Ticket {
	switch {
	case to == Claimed && e.Actor == ByHost:
		t.HostID = e.HostID
	case to != Claimed:
		t.HostID = ""
	}
	switch {
	case e.Kind == EventMerge:
		t.MergedInto = e.Into
	case to != Merged:
		t.MergedInto = 0
	}
	if !e.Session.IsZero() && to != Merged && to != Withdrawn && to != Settled {
		t.Format, t.Session, t.Place = e.Format, e.Session, 0
	}
	t.State, t.Attempt = to, t.Attempt+1
	return t
}
