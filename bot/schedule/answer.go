package schedule

import (
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// Answer is what the calendar says.
type Answer struct {
	Question
	Sessions  []officehours.Session // those asked for, in order, at most mostSessions
	More      int                   // further ones
	CalledOff []officehours.Session // in the period: they would be by the schedule, and are not
	Next      []officehours.Session // where there is none in the period: what comes next
	Holiday   string                // the one day asked about is this holiday
}

// mostSessions is how many dates a phone's screen takes.
const mostSessions = 12

// Ask answers the question at a moment.
func (q Question) Ask(c *officehours.Calendar, now time.Time) Answer {
	a := Answer{Question: q}
	for _, f := range q.Formats {
		switch {
		case q.Last:
			a.Sessions = appendIf(a.Sessions)(c.Last(f.ID, now))
		case q.Period.Zero():
			a.Sessions = appendIf(a.Sessions)(c.Next(f.ID, now))
		default:
			a.Sessions = append(a.Sessions, c.Between(f.ID, q.Period.ahead(now), q.Period.To)...)
			a.CalledOff = append(a.CalledOff, c.CalledOff(f.ID, q.Period.From, q.Period.To)...)
		}
	}
	if len(a.Sessions) == 0 && !q.Period.Zero() {
		for _, f := range q.Formats {
			a.Next = appendIf(a.Next)(c.Next(f.ID, q.Period.after(now)))
		}
	}
	if q.Period.OneDay() {
		a.Holiday = c.Holiday(q.Period.From.Add(12 * time.Hour))
	}
	for _, list := range [][]officehours.Session{a.Sessions, a.CalledOff, a.Next} {
		slices.SortStableFunc(list, func(a, b officehours.Session) int { return a.At.Compare(b.At) })
	}
	if n := len(a.Sessions); n > mostSessions {
		a.Sessions, a.More = a.Sessions[:mostSessions], n-mostSessions
	}
	return a
}

func appendIf(list []officehours.Session) func(officehours.Session, bool) []officehours.Session {
	return func(s officehours.Session, ok bool) []officehours.Session {
		if !ok {
			return list
		}
		return append(list, s)
	}
}

// ahead is where sessions of the period are looked for from: what has begun
// already is no answer, but days that have passed altogether are asked about as
// they were.
func (p Period) ahead(now time.Time) time.Time {
	if p.From.Before(now) && now.Before(p.To) {
		return now
	}
	return p.From
}

// after is the moment from which the next session is looked for where the period
// has none: its end, or now.
func (p Period) after(now time.Time) time.Time {
	if now.After(p.To) {
		return now
	}
	return p.To.Add(-time.Nanosecond)
}
