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
	Beside    []officehours.Session // of other formats on the one day that has none of those asked for
}

// mostSessions is how many dates a phone's screen takes.
const mostSessions = 12

// Ask answers the question at a moment.
func (q Question) Ask(c *officehours.Calendar, now time.Time) Answer {
	a := Answer{Question: q}
	for _, f := range q.Formats {
		a.Sessions = append(a.Sessions, q.sessions(c, f.ID, now)...)
		if !q.Period.Zero() && q.Count == 0 && !q.Last {
			a.CalledOff = append(a.CalledOff, c.CalledOff(f.ID, q.Period.From, q.Period.To)...)
		}
	}
	if within := q.Hours.within(a.Sessions); len(within) > 0 || !q.Period.day {
		a.Sessions = within
	}
	if q.Off && !q.Period.day && len(a.CalledOff) > 0 {
		a.Sessions = nil
	} else if len(a.Sessions) == 0 && (!q.Period.Zero() || !q.Hours.any()) {
		for _, f := range q.Formats {
			a.Next = appendIf(a.Next)(c.Next(f.ID, q.Period.after(now)))
		}
	}
	if q.Period.day {
		a.Holiday = c.Holiday(q.Period.From.Add(12 * time.Hour))
		a.Beside = a.beside(c, now)
	}
	for _, list := range [][]officehours.Session{a.Sessions, a.CalledOff, a.Next, a.Beside} {
		slices.SortStableFunc(list, func(a, b officehours.Session) int { return a.At.Compare(b.At) })
	}
	if n := len(a.Sessions); n > mostSessions {
		a.Sessions, a.More = a.Sessions[:mostSessions], n-mostSessions
	}
	return a
}

// sightYears is how far ahead sessions are looked for where no time is asked about, or
// what comes after an answer.
const sightYears = 3

// sessions are those of a format that are asked for.
func (q Question) sessions(c *officehours.Calendar, format string, now time.Time) []officehours.Session {
	if q.Last && q.Period.Zero() {
		return appendIf(nil)(c.Last(format, now))
	}
	from, to, most := q.Period.ahead(now), q.Period.To, q.Count
	if q.Period.Zero() {
		if q.Skip == 0 && q.Count == 0 {
			return appendIf(nil)(c.Next(format, now))
		}
		from, to, most = now, now.AddDate(sightYears, 0, 0), max(1, q.Count)
	}
	all := c.Between(format, from, to)
	if q.Period.weekly {
		all = slices.DeleteFunc(all, func(s officehours.Session) bool { return s.At.Weekday() != q.Period.on })
	}
	all = all[min(q.Skip, len(all)):]
	if n := len(all); q.Last && n > 0 {
		return all[n-1:]
	}
	if most > 0 {
		all = all[:min(most, len(all))]
	}
	return all
}

// beside are the sessions of other formats where the day has none of those asked for.
func (a Answer) beside(c *officehours.Calendar, now time.Time) (all []officehours.Session) {
	if len(a.Sessions) > 0 {
		return nil
	}
	for _, f := range c.Formats() {
		if !has(a.Formats, f) {
			all = append(all, c.Between(f.ID, a.Period.ahead(now), a.Period.To)...)
		}
	}
	return all
}

// about is the time that was told: the one asked for, or the day of the first session.
func (a Answer) about() Period {
	if a.Period.Zero() && len(a.Sessions) > 0 {
		return oneDay(midnight(a.Sessions[0].At))
	}
	return a.Period
}

// formats are those of the sessions that were told, in the order of the question.
func (a Answer) formats() []officehours.Format {
	return slices.DeleteFunc(slices.Clone(a.Formats), func(f officehours.Format) bool {
		return !slices.ContainsFunc(a.Sessions, func(s officehours.Session) bool { return s.Format.ID == f.ID })
	})
}

// until is the moment behind the last session that was told, or behind the time that
// was asked about.
func (a Answer) until(now time.Time) time.Time {
	from := now
	for _, s := range a.Sessions {
		if s.At.After(from) {
			from = s.At
		}
	}
	if len(a.Sessions) == 0 && a.Period.To.After(from) {
		return a.Period.To
	}
	return from.Add(time.Second)
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
// has none: its end, or now, also where one day of each week was asked about.
func (p Period) after(now time.Time) time.Time {
	if now.After(p.To) || p.weekly {
		return now
	}
	return p.To.Add(-time.Nanosecond)
}
