package officehours

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

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
	Schedule string   // RFC 5545: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH"
	Except   []string // days without a session, "2026-05-14"
	Accepts  []Kind   // kinds of questions that belong there
}

// Calendar knows the formats of a house and when they meet. It is immutable
// and safe for concurrent use.
type Calendar struct {
	zone    *time.Location
	formats []Format
	dates   map[string]dates
}

// dates are the sessions of one format.
type dates struct {
	schedule *rrule.Set
	except   map[string]bool // days as "2006-01-02"
}

const dayLayout = "2006-01-02"

// NewCalendar checks the formats. Schedules without a TZID are in the given
// time zone, as are the days without a session.
func NewCalendar(zone *time.Location, formats []Format) (*Calendar, error) {
	if zone == nil {
		return nil, errors.New("calendar: timezone: not set; put for example Europe/Berlin there")
	}
	c := &Calendar{zone: zone, formats: slices.Clone(formats), dates: map[string]dates{}}
	var errs []error
	for i, f := range formats {
		switch d, err := parseDates(f, zone); {
		case f.ID == "" || f.Name == "":
			errs = append(errs, fmt.Errorf("calendar: formats[%d]: needs id and name", i))
		case c.dates[f.ID].schedule != nil:
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
	set, err := rrule.StrSliceToRRuleSetInLoc(lines(f.Schedule), zone)
	if err != nil {
		return dates{}, fmt.Errorf(`schedule: %w; write it like "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH"`, err)
	}
	if set.GetDTStart().IsZero() || set.GetRRule() == nil {
		return dates{}, errors.New("schedule: needs a line DTSTART and a line RRULE")
	}
	except := map[string]bool{}
	for _, day := range f.Except {
		if _, err := time.Parse(dayLayout, day); err != nil {
			return dates{}, fmt.Errorf("except: %q is no day like 2026-05-14", day)
		}
		except[day] = true
	}
	return dates{schedule: set, except: except}, nil
}

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

// Formats returns all formats in the house's order.
func (c *Calendar) Formats() []Format { return slices.Clone(c.formats) }

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
// there is none any more, or no such format.
func (c *Calendar) Next(formatID string, now time.Time) (Session, bool) {
	d, known := c.dates[formatID]
	if !known {
		return Session{}, false
	}
	format, _ := c.Format(formatID)
	for at := d.schedule.After(now, false); !at.IsZero(); at = d.schedule.After(at, false) {
		at = at.In(c.zone)
		if !d.except[at.Format(dayLayout)] {
			return Session{Format: format, At: at}, true
		}
	}
	return Session{}, false
}

// Named returns the format that a text speaks of: its id or name stands in it,
// however it is joined ("Wissen to go", "WissenToGo"). The first one listed wins.
func (c *Calendar) Named(text string) (Format, bool) {
	joined := letters(text)
	for _, f := range c.formats {
		if strings.Contains(joined, letters(f.ID)) || strings.Contains(joined, letters(f.Name)) {
			return f, true
		}
	}
	return Format{}, false
}

// letters returns a text's letters and digits in lower case, joined.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// Propose returns the next session of the first format that takes this kind of
// question; where none does, of the one that takes single cases. False: no
// format meets any more.
func (c *Calendar) Propose(kind Kind, now time.Time) (Session, bool) {
	for _, wanted := range []Kind{kind, Single} {
		for _, f := range c.formats {
			if !slices.Contains(f.Accepts, wanted) {
				continue
			}
			if s, ok := c.Next(f.ID, now); ok {
				return s, true
			}
		}
	}
	return Session{}, false
}
