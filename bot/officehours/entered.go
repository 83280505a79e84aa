package officehours

import (
	"slices"
	"time"
)

// Entered are the sessions of a format as a calendar elsewhere has them, each list in
// order.
type Entered struct {
	Sessions  []time.Time
	Topics    []string // of Sessions, in their order; empty: nothing is said of one
	CalledOff []time.Time
	Moved     []Moved // to one of the Sessions
}

// Moved is one session that is held at another time than was told.
type Moved struct{ From, To time.Time }

// Enter takes the sessions of formats, by their ids, from a calendar elsewhere: they
// come instead of those by the schedule, and of all that was entered before. The
// calendar elsewhere knows which days are holidays.
func (c *Calendar) Enter(formats map[string]Entered) { c.entered.Store(&formats) }

// enteredOf are the sessions of a format that were entered; false: none ever was.
func (c *Calendar) enteredOf(formatID string) (Entered, bool) {
	all := c.entered.Load()
	if all == nil {
		return Entered{}, false
	}
	e, known := (*all)[formatID]
	return e, known
}

// moved is where the session that was to begin at a time has gone.
func (e Entered) moved(at time.Time) (to time.Time, moved bool) {
	i := slices.IndexFunc(e.Moved, func(m Moved) bool { return m.From.Equal(at) })
	if i < 0 {
		return to, false
	}
	return e.Moved[i].To, true
}

// topic is what the session at a time is about; empty: nothing is said of it.
func (e Entered) topic(at time.Time) string {
	i := slices.IndexFunc(e.Sessions, at.Equal)
	if i < 0 || i >= len(e.Topics) {
		return ""
	}
	return e.Topics[i]
}

// meets reports whether a format has dates at all.
func (c *Calendar) meets(formatID string) bool {
	_, entered := c.enteredOf(formatID)
	return entered || c.dates[formatID].schedule != nil
}

// lookEntered finds what was entered from a time up to another.
func (c *Calendar) lookEntered(format Format, e Entered, from, to time.Time) (sessions, off []Session) {
	within := func(times []time.Time) (list []Session) {
		for _, at := range times {
			if !at.Before(from) && at.Before(to) {
				list = append(list, Session{Format: format, At: at.In(c.zone)})
			}
		}
		return list
	}
	return within(e.Sessions), within(e.CalledOff)
}
