package officehours

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden file anew")

// eventKinds are all of them.
var eventKinds = []EventKind{
	EventOpen, EventClaim, EventGiveBack, EventAnswer, EventAskBack, EventCorrect, EventRetract, EventUnanswer, EventClose,
	EventMerge, EventMove, EventAdd, EventSettle, EventReopen, EventWithdraw, EventWait, EventForget,
}

// actors are all of them.
var actors = []Actor{ByAsker, ByHost, ByHouse}

// ticketStates are all of them.
var ticketStates = []TicketState{Open, Claimed, Replied, Settled, Merged, Withdrawn}

// event is one of a kind with all that any kind needs.
func event(kind EventKind, by Actor) Event {
	return Event{Kind: kind, Actor: by, By: "q", HostID: "heide", Into: 7, At: time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)}
}

// TestEachEventInEachStateByEachActor compares the whole table, cell by cell, with a
// reviewed file.
func TestEachEventInEachStateByEachActor(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, kind := range eventKinds {
		for _, from := range append([]TicketState{""}, ticketStates...) {
			for _, by := range actors {
				after, told, err := Ticket{Number: 4, State: from, HostID: hostIn(from), MergedInto: mergedIn(from)}.After(event(kind, by))
				fmt.Fprintf(&b, "%-9s by %-5s in %-9s ", kind, by, cmpOr(string(from), "-"))
				switch {
				case errors.Is(err, ErrActor):
					b.WriteString("refused: actor\n")
				case errors.Is(err, ErrClosed):
					b.WriteString("refused: closed\n")
				case errors.Is(err, ErrTaken):
					b.WriteString("refused: taken\n")
				case errors.Is(err, ErrStep):
					b.WriteString("refused: step\n")
				case err != nil:
					t.Errorf("%s in %s by %s: %v", kind, from, by, err)
				default:
					fmt.Fprintf(&b, "→ %s%s\n", after.State, toldText(told))
				}
			}
		}
	}
	file := filepath.Join("testdata", "events.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func hostIn(s TicketState) string {
	if s == Claimed {
		return "heide"
	}
	return ""
}

func mergedIn(s TicketState) int64 {
	if s == Merged {
		return 9
	}
	return 0
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func toldText(told Hearers) string {
	switch {
	case told.Asker && told.Hosts:
		return ", both are told"
	case told.Asker:
		return ", the asker is told"
	case told.Hosts:
		return ", the hosts are told"
	}
	return ""
}

// TestNoTicketEndsWithoutAWord holds the table to the promises of the way back.
func TestNoTicketEndsWithoutAWord(t *testing.T) {
	t.Parallel()
	for _, kind := range eventKinds {
		for _, from := range ticketStates {
			for _, by := range actors {
				before := Ticket{Number: 4, State: from, HostID: hostIn(from), MergedInto: mergedIn(from), Attempt: 3}
				after, told, err := before.After(event(kind, by))
				if err != nil {
					if after != before {
						t.Errorf("%s was refused and changed %+v to %+v", kind, before, after)
					}
					continue
				}
				if after.Attempt != 4 || (after.State == Claimed) != (after.HostID != "") && from != Claimed || (after.State == Merged) != (after.MergedInto != 0) {
					t.Errorf("%s in %s makes %+v", kind, from, after)
				}
				if by == ByHouse && kind != EventForget && after.State != from {
					t.Errorf("the house alone brings a ticket from %s to %s by %s", from, after.State, kind)
				}
				if by != ByAsker && kind != EventForget && after.State != from && !told.Asker {
					t.Errorf("%s by %s brings a ticket from %s to %s, and its asker hears nothing", kind, by, from, after.State)
				}
				if by == ByAsker && after.State != from && !told.Hosts {
					t.Errorf("%s by the asker brings a ticket from %s to %s, and its hosts hear nothing", kind, from, after.State)
				}
			}
		}
	}
}

func TestOneHostTakesATicket(t *testing.T) {
	t.Parallel()
	claim := event(EventClaim, ByHost)
	taken, _, err := Ticket{Number: 4, State: Open}.After(claim)
	if err != nil || taken.State != Claimed || taken.HostID != "heide" {
		t.Fatalf("claimed %+v, %v", taken, err)
	}
	claim.HostID = "holger"
	if _, _, err := taken.After(claim); !errors.Is(err, ErrTaken) {
		t.Errorf("a second host gets %v", err)
	}
	taken.HostID = "" // forgotten, or gone
	if again, _, err := taken.After(claim); err != nil || again.HostID != "holger" {
		t.Errorf("nobody's ticket is %+v, %v", again, err)
	}
}

func TestATicketMovesWithItsWholeAgendaEntry(t *testing.T) {
	t.Parallel()
	move := event(EventMove, ByHouse)
	move.Format, move.Session = "leancoffee", time.Date(2026, 3, 12, 13, 0, 0, 0, time.UTC)
	moved, told, err := Ticket{Number: 4, State: Claimed, HostID: "heide", Format: "sprechstunde", Place: 3}.After(move)
	if err != nil || moved.Format != "leancoffee" || !moved.Session.Equal(move.Session) || moved.Place != 0 || moved.State != Claimed || moved.HostID != "heide" || !told.Asker {
		t.Errorf("moved %+v, %+v, %v", moved, told, err)
	}
	merge := event(EventMerge, ByHost)
	merge.Into = 4
	if _, _, err := (Ticket{Number: 4, State: Open}).After(merge); !errors.Is(err, ErrStep) {
		t.Errorf("merged into itself: %v", err)
	}
}

func TestAgendaIsSortedWithoutTies(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	sorted := Sorted([]Ticket{
		{Number: 1, Votes: 1, CreatedAt: day(3)}, {Number: 2, Votes: 4, CreatedAt: day(4)}, {Number: 3, Votes: 4, CreatedAt: day(2)},
		{Number: 4, Votes: 1, CreatedAt: day(9), Pinned: true}, {Number: 5, Votes: 1, CreatedAt: day(3)},
	})
	var got []int64
	for _, s := range sorted {
		got = append(got, s.Number)
	}
	if diff := cmp.Diff([]int64{4, 3, 2, 1, 5}, got); diff != "" {
		t.Errorf("agenda (-want +got):\n%s", diff)
	}
}

func TestTheNextInTurnStandsInForWhoIsAway(t *testing.T) {
	t.Parallel()
	absent, err := ParseAbsences([]string{"Heide 2026-03-02 2026-03-13", "holger 2026-03-05"})
	if err != nil {
		t.Fatal(err)
	}
	d := Duty{Hosts: []string{"heide", "holger"}, Absent: absent}
	alone := Duty{Hosts: []string{"heide"}, Absent: absent}
	week := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	if d.On(week) != "holger" || d.On(week.AddDate(0, 0, 2)) != "" || alone.On(week) != "" || alone.On(week.AddDate(0, 0, 14)) != "heide" {
		t.Errorf("on duty are %q, %q, %q, %q", d.On(week), d.On(week.AddDate(0, 0, 2)), alone.On(week), alone.On(week.AddDate(0, 0, 14)))
	}
	for _, bad := range []string{"", "heide", "heide 2026-03-13 2026-03-02", "heide 13.3.2026", "heide 2026-03-02 2026-03-03 2026-03-04"} {
		if _, err := ParseAbsences([]string{bad}); err == nil {
			t.Errorf("%q is an absence", bad)
		}
	}
}

// The house moves a ticket off the session that it knows of: another one since is a host's
// or an asker's choice.
func TestTheHouseMovesATicketOffOneSessionOnly(t *testing.T) {
	t.Parallel()
	was := time.Date(2026, time.March, 5, 13, 0, 0, 0, time.UTC)
	ticket := Ticket{State: Open, Format: "sprechstunde", Session: was}
	move := Event{Kind: EventMove, Actor: ByHouse, Format: "sprechstunde", From: was, Session: was.AddDate(0, 0, 7)}
	if after, _, err := ticket.After(move); err != nil || !after.Session.Equal(move.Session) {
		t.Errorf("moved to %s, %v", after.Session, err)
	}
	ticket.Session = was.AddDate(0, 0, 14)
	if after, _, err := ticket.After(move); !errors.Is(err, ErrStep) || !after.Session.Equal(ticket.Session) {
		t.Errorf("moved from another session to %s, %v", after.Session, err)
	}
}
