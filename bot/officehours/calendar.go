package officehours

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/teambition/rrule-go"
)

// Format is one way in which people of the house meet on a subject.
type Format struct {
	ID       string // stable; kept with tickets
	Name     string
	About    string
	Place    string
	Link     string // page about it; empty: none
	Minutes  int
	Seats    int      // how many people it takes; 0: not said
	Entered  bool     // its sessions come from a calendar elsewhere, so that no schedule is needed
	Schedule string   // RFC 5545: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH"; empty: it does not meet, it is written to
	Except   []string // days without a session, "2026-05-14"
	Moved    []Move   // sessions that are held at another time
	Topics   []Topic  // what single sessions are about
	Accepts  []Kind   // kinds of questions that belong there
	Owner    string   // user name of who looks after it and gets its minutes; empty: nobody

	Online       string // whether one can take part from elsewhere, a sentence; empty: not said
	Registration string // whether and how to register, a sentence; empty: not said
	Hosts        string // who is there, a sentence; empty: not said

	Days int // in which its hosts promise an answer; 0: see Promise
}

// promiseDays is what is promised where a house says nothing.
const promiseDays = 7

// Promise is in what time the hosts of a format answer.
func (f Format) Promise() time.Duration {
	if f.Days <= 0 {
		return promiseDays * 24 * time.Hour
	}
	return time.Duration(f.Days) * 24 * time.Hour
}

// Move is one session that is held at another time than its schedule says.
type Move struct {
	From string // its day, "2026-12-24"
	To   string // "2026-12-23T10:00", in the schedule's time zone
}

// Topic is what a session is about.
type Topic struct {
	Day  string // of the session as it is held, "2026-12-14"
	Text string
}

// Calendar knows the formats of a house and when they meet. But for what is entered
// it is immutable; it is safe for concurrent use.
type Calendar struct {
	zone     *time.Location
	formats  []Format
	dates    map[string]dates
	holidays *cal.Calendar // nil: no day is one
	entered  *atomic.Pointer[map[string]Entered]
}

// dates are the sessions of one format.
type dates struct {
	taken    bool                 // there is such a format
	schedule *rrule.Set           // nil: it does not meet
	except   map[string]bool      // days as "2006-01-02"
	moved    map[string]time.Time // by their day
}

const (
	dayLayout  = "2006-01-02"
	moveLayout = "2006-01-02T15:04"
)

// NewCalendar checks the formats. Schedules without a TZID are in the given
// time zone, as are the days without a session.
func NewCalendar(zone *time.Location, formats []Format) (*Calendar, error) {
	if zone == nil {
		return nil, errors.New("calendar: timezone: not set; put for example Europe/Berlin there")
	}
	c := &Calendar{zone: zone, formats: slices.Clone(formats), dates: map[string]dates{}, entered: &atomic.Pointer[map[string]Entered]{}}
	var errs []error
	for i, f := range formats {
		switch d, err := parseDates(f, zone); {
		case f.ID == "" || f.Name == "":
			errs = append(errs, fmt.Errorf("calendar: formats[%d]: needs id and name", i))
		case c.dates[f.ID].taken:
			errs = append(errs, fmt.Errorf("calendar: formats[%d]: the id %q is taken", i, f.ID))
		case err != nil:
			errs = append(errs, fmt.Errorf("calendar: format %q: %w", f.ID, err))
		default:
			c.dates[f.ID] = d
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

func parseDates(f Format, zone *time.Location) (dates, error) {
	for _, k := range f.Accepts {
		if !slices.Contains(Kinds, k) {
			return dates{}, fmt.Errorf("accepts: %q is no kind of question; kinds are %v", k, Kinds)
		}
	}
	if strings.TrimSpace(f.Schedule) == "" && (len(f.Accepts) > 0 || f.Entered) {
		return dates{taken: true}, nil
	}
	set, err := rrule.StrSliceToRRuleSetInLoc(lines(f.Schedule), zone)
	if err != nil {
		return dates{}, fmt.Errorf(`schedule: %w; write it like "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH"`, err)
	}
	if set.GetDTStart().IsZero() || set.GetRRule() == nil {
		return dates{}, errors.New("schedule: needs a line DTSTART and a line RRULE")
	}
	d := dates{taken: true, schedule: set, except: map[string]bool{}, moved: map[string]time.Time{}}
	for _, day := range f.Except {
		if _, err := time.Parse(dayLayout, day); err != nil {
			return dates{}, fmt.Errorf("except: %q is no day like 2026-05-14", day)
		}
		d.except[day] = true
	}
	for _, t := range f.Topics {
		if _, err := time.Parse(dayLayout, t.Day); err != nil {
			return dates{}, fmt.Errorf("topics: day: %q is no day like 2026-05-14", t.Day)
		}
	}
	for _, m := range f.Moved {
		if _, err := time.Parse(dayLayout, m.From); err != nil {
			return dates{}, fmt.Errorf("moved: from: %q is no day like 2026-12-24", m.From)
		}
		to, err := time.ParseInLocation(moveLayout, m.To, set.GetDTStart().Location())
		if err != nil {
			return dates{}, fmt.Errorf("moved: to: %q is no time like 2026-12-23T10:00", m.To)
		}
		d.moved[m.From] = to
	}
	if begin := set.GetDTStart(); len(set.Between(begin, begin.AddDate(sightYears, 0, 0), true)) == 0 {
		return dates{}, fmt.Errorf("schedule: no session in the %d years from %s on", sightYears, begin.Format(dayLayout))
	}
	return d, nil
}

// sightYears is how far ahead sessions are looked for.
const sightYears = 10

func lines(text string) []string {
	var list []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Zone is the house's time zone.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Formats returns all formats that meet, in the house's order.
func (c *Calendar) Formats() []Format {
	return slices.DeleteFunc(slices.Clone(c.formats), func(f Format) bool { return !c.meets(f.ID) })
}

// Format finds a format by its id.
func (c *Calendar) Format(id string) (Format, bool) {
	i := slices.IndexFunc(c.formats, func(f Format) bool { return f.ID == id })
	if i < 0 {
		return Format{}, false
	}
	return c.formats[i], true
}

// Session is one dated occurrence of a format.
type Session struct {
	Format Format
	At     time.Time // in the house's time zone
}

// Next returns the first session of a format that begins after now; false if
// there is none any more within ten years, or no such format.
func (c *Calendar) Next(formatID string, now time.Time) (Session, bool) {
	for from := now; from.Before(now.AddDate(sightYears, 0, 0)); from = from.AddDate(1, 0, 0) {
		for _, s := range c.Between(formatID, from, from.AddDate(1, 0, 0)) {
			if s.At.After(now) {
				return s, true
			}
		}
	}
	return Session{}, false
}

// Last returns the last session of a format that began before now; false if
// there was none within ten years, or there is no such format.
func (c *Calendar) Last(formatID string, now time.Time) (Session, bool) {
	for to := now; to.After(now.AddDate(-sightYears, 0, 0)); to = to.AddDate(-1, 0, 0) {
		if all := c.Between(formatID, to.AddDate(-1, 0, 0), to); len(all) > 0 {
			return all[len(all)-1], true
		}
	}
	return Session{}, false
}

// Between returns the sessions of a format that begin from a time up to, not at,
// another, in order.
func (c *Calendar) Between(formatID string, from, to time.Time) []Session {
	sessions, _ := c.look(formatID, from, to)
	return sessions
}

// At returns the session of a format that begins at a time; false: none is held then.
func (c *Calendar) At(formatID string, at time.Time) (Session, bool) {
	held := c.Between(formatID, at, at.Add(time.Second))
	if len(held) == 0 {
		return Session{}, false
	}
	return held[0], true
}

// CalledOff returns the times from one up to another at which a format would
// meet by its schedule and does not: a day taken out, or a holiday. One that was
// moved is not among them.
func (c *Calendar) CalledOff(formatID string, from, to time.Time) []Session {
	_, off := c.look(formatID, from, to)
	return off
}

// moveReach is how far a session may be moved.
const moveReach = 62 * 24 * time.Hour

func (c *Calendar) look(formatID string, from, to time.Time) (sessions, off []Session) {
	d, known := c.dates[formatID]
	format, _ := c.Format(formatID)
	if e, entered := c.enteredOf(formatID); entered {
		return c.lookEntered(format, e, from, to)
	}
	if !known || d.schedule == nil {
		return nil, nil
	}
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	for _, at := range d.schedule.Between(from.Add(-moveReach), to.Add(moveReach), true) {
		s := Session{Format: format, At: at.In(c.zone)}
		day := s.At.Format(dayLayout)
		moved, isMoved := d.moved[day]
		switch {
		case isMoved:
			if s.At = moved.In(c.zone); within(s.At) {
				sessions = append(sessions, s)
			}
		case !within(at):
		case d.except[day] || c.Holiday(s.At) != "":
			off = append(off, s)
		default:
			sessions = append(sessions, s)
		}
	}
	slices.SortFunc(sessions, func(a, b Session) int { return a.At.Compare(b.At) })
	return sessions, off
}

// MovedFrom returns the session that is held instead of one that was to begin at a
// time; false: that one was not moved.
func (c *Calendar) MovedFrom(formatID string, at time.Time) (Session, bool) {
	to, moved := c.dates[formatID].moved[at.In(c.zone).Format(dayLayout)]
	if e, entered := c.enteredOf(formatID); entered {
		to, moved = e.moved(at)
	}
	format, _ := c.Format(formatID)
	return Session{Format: format, At: to.In(c.zone)}, moved
}

// Instead returns the session to go to where the one at a time is not held, or is over:
// the one that it was moved to, else the next one of its day or later that has not begun.
// False: there is none.
func (c *Calendar) Instead(formatID string, at, now time.Time) (Session, bool) {
	if s, moved := c.MovedFrom(formatID, at); moved && s.At.After(now) {
		return s, true
	}
	year, month, day := at.In(c.zone).Date()
	from := time.Date(year, month, day, 0, 0, 0, 0, c.zone)
	if now.After(from) {
		from = now
	}
	return c.Next(formatID, from)
}

// Topic is what a session of a format is about, by the house or else by the calendar
// elsewhere; false: nothing is said of it.
func (c *Calendar) Topic(formatID string, at time.Time) (string, bool) {
	f, _ := c.Format(formatID)
	i := slices.IndexFunc(f.Topics, func(t Topic) bool { return t.Day == at.In(c.zone).Format(dayLayout) })
	if i < 0 {
		e, _ := c.enteredOf(formatID)
		topic := e.topic(at)
		return topic, topic != ""
	}
	return f.Topics[i].Text, true
}

// Settled reports whether it is known when a format meets: there is one, and where its
// sessions come from a calendar elsewhere, that was read.
func (c *Calendar) Settled(formatID string) bool {
	f, known := c.Format(formatID)
	_, entered := c.enteredOf(formatID)
	return known && (entered || !f.Entered) && c.meets(formatID)
}

// Propose returns the next session of the first format that takes this kind of
// question, or that format without a date if it is one that is written to; where none
// does, of the one that takes single cases. False: there is none.
func (c *Calendar) Propose(kind Kind, now time.Time) (Session, bool) {
	for _, wanted := range []Kind{kind, Single} {
		for _, f := range c.formats {
			if !slices.Contains(f.Accepts, wanted) {
				continue
			}
			if s, ok := c.Next(f.ID, now); ok {
				return s, true
			}
			if !c.meets(f.ID) {
				return Session{Format: f}, true
			}
		}
	}
	return Session{}, false
}
