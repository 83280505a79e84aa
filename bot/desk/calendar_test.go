package desk_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/ics"
	"lvr.example/sprechstunde/bot/officehours"
)

// sessions is a calendar file of the office hour.
func sessions(events ...string) string {
	file := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//DE\r\n"
	for _, e := range events {
		file += "BEGIN:VEVENT\r\nDTSTAMP:20260301T000000Z\r\nSUMMARY:Offene KI-Sprechstunde\r\n" + strings.ReplaceAll(e, " ", "\r\n") + "\r\nEND:VEVENT\r\n"
	}
	return file + "END:VCALENDAR\r\n"
}

// replicas are two on one calendar elsewhere, each with what it has read of it.
type replicas struct {
	*bottest.House
	file  atomic.Pointer[string]
	desks [2]*desk.Desk
	feeds [2]*ics.Feed
}

func newReplicas(t *testing.T) *replicas {
	t.Helper()
	r := &replicas{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(*r.file.Load())) }))
	t.Cleanup(server.Close)
	var calendars [2]*officehours.Calendar
	r.House = bottest.NewHouse(t, func(c *bottest.Setup) {
		c.Desk.Certain = 20 * time.Minute
		late, err := officehours.NewCalendar(c.Desk.Calendar.Zone(), c.Desk.Calendar.Formats())
		if err != nil {
			t.Fatal(err)
		}
		calendars = [2]*officehours.Calendar{c.Desk.Calendar, late}
	})
	r.desks = [2]*desk.Desk{r.Desk, r.Replica(func(c *desk.Config) { c.Calendar = calendars[1] })}
	for i, c := range calendars {
		r.feeds[i] = ics.NewFeed(ics.FeedConfig{URL: server.URL, HTTP: server.Client(), Calendar: c, Now: func() time.Time { return r.Now }})
	}
	return r
}

// reads has a replica read the calendar.
func (r *replicas) reads(i int) { r.Check(r.feeds[i].Refresh(context.Background())) }

func (r *replicas) ticks() {
	for _, d := range r.desks {
		r.Check(d.Tick(context.Background(), r.Pipeline))
	}
	r.Works()
}

// changes puts other events into the calendar, which the replicas read ten minutes apart,
// and returns what is said of that in the next hour and a half.
func (r *replicas) changes(events ...string) (made []bottest.Made) {
	r.Helper()
	file := sessions(events...)
	r.file.Store(&file)
	return r.New(func() {
		for minutes := 0; minutes < 90; minutes += 5 {
			r.Now = r.Now.Add(5 * time.Minute)
			switch minutes % 15 {
			case 0:
				r.reads(0)
			case 10:
				r.reads(1)
			}
			r.ticks()
		}
	})
}

// waiting are replicas that have read these events, with a ticket for the first session.
func waiting(t *testing.T, events ...string) *replicas {
	t.Helper()
	r := newReplicas(t)
	r.changes(events...)
	handsOver(r.House, "anna", "Darf ich Musik komponieren lassen?")
	r.New(r.ticks) // the list of the morning
	return r
}

// TestASessionThatIsMovedOrCancelledElsewhere has the dates in a calendar at an address.
// Who asks hears of each change once, and the ticket goes where the session went.
func TestASessionThatIsMovedOrCancelledElsewhere(t *testing.T) {
	t.Parallel()
	const first, second = "UID:1 DTSTART:20260305T130000Z", "UID:2 DTSTART:20260312T130000Z"
	r := waiting(t, first, second)
	for _, c := range []struct {
		events []string
		why    string
		want   string
	}{
		{[]string{"UID:1 DTSTART:20260305T150000Z", second}, "ist verlegt", "5. März 2026, 16:00 Uhr"},
		{[]string{"UID:1 DTSTART:20260313T090000Z", second}, "ist verlegt", "13. März 2026, 10:00 Uhr"}, // beyond the next one
		{[]string{"UID:4 DTSTART:20260319T130000Z"}, "fällt aus oder ist verlegt", "19. März 2026, 14:00 Uhr"},
		{[]string{"UID:4 DTSTART:20260319T130000Z STATUS:CANCELLED", "UID:3 DTSTART:20260326T130000Z"}, "fällt aus oder ist verlegt", "26. März 2026, 14:00 Uhr"},
	} {
		made := r.changes(c.events...)
		if len(made) != 2 {
			t.Fatalf("%s: %d posts, want one to who asks and one below the card: %+v", c.want, len(made), made)
		}
		for _, m := range made {
			r.Wants(m, " "+c.why+".", c.want)
		}
	}
}

// A session that is missing twice for a short time was never missing for long.
func TestASessionThatIsMissingForAMomentTwice(t *testing.T) {
	t.Parallel()
	const first, second = "UID:1 DTSTART:20260305T130000Z", "UID:2 DTSTART:20260312T130000Z"
	r := waiting(t, first, second)
	made := r.New(func() {
		for range 2 {
			for _, events := range []string{sessions(second), sessions(first, second)} {
				r.file.Store(&events)
				r.Now = r.Now.Add(15 * time.Minute)
				r.reads(0)
				r.reads(1)
				r.ticks()
			}
		}
	})
	if len(made) != 0 {
		t.Errorf("%d posts, want none: %+v", len(made), made)
	}
}

// One date of a repeated event that is moved is known as such from the file alone.
func TestADateOfARepeatedEventIsMoved(t *testing.T) {
	t.Parallel()
	const weekly = "UID:1 DTSTART;TZID=Europe/Berlin:20260305T140000 RRULE:FREQ=WEEKLY;BYDAY=TH"
	const moved = "UID:1 RECURRENCE-ID;TZID=Europe/Berlin:20260305T140000 DTSTART;TZID=Europe/Berlin:20260316T"
	r := waiting(t, weekly)
	for _, hour := range []string{"09", "11"} { // and once more
		made := r.changes(weekly, moved+hour+"0000")
		if len(made) != 2 {
			t.Fatalf("%s: %d posts, want one to who asks and one below the card: %+v", hour, len(made), made)
		}
		for _, m := range made {
			r.Wants(m, " ist verlegt.", "16. März 2026, "+hour+":00 Uhr")
		}
	}
}
