package ics

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"
)

// Occurrence is one dated event of a calendar file.
type Occurrence struct {
	Key        string    // the same one in each file of a calendar, whenever it is
	Planned    time.Time // when the rule of a repeated event has it; zero: the event has none
	Summary    string
	Categories string
	At         time.Time
	Off        bool // it would be then, and was cancelled or taken out
}

// What a calendar may hold; above, it is not one of a house's formats.
const (
	mostEvents      = 5000
	mostOccurrences = 20000
	mostNever       = 20 // rules that never meet, which are searched for long
)

// Read returns the events of a calendar file (RFC 5545, as Nextcloud and Exchange
// write it) that begin from a time up to another, in order: repeated ones by their
// rule without what was taken out, moved ones where they are now. Events of whole
// days are no sessions and left out. Times without a zone are in the given one.
func Read(file []byte, in *time.Location, from, to time.Time) ([]Occurrence, error) {
	c, err := ical.ParseCalendar(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("calendar file: %w", err)
	}
	events := c.Events()
	if len(events) > mostEvents {
		return nil, fmt.Errorf("calendar file: %d events, at most %d are read; name a calendar of the formats alone", len(events), mostEvents)
	}
	r := reader{zone: in, from: from, to: to, alone: map[string]bool{}}
	for _, e := range events {
		if at := r.planned(e); !at.IsZero() {
			r.alone[key(e, at)] = true
		}
	}
	for _, e := range events {
		if err := r.event(e); err != nil {
			return nil, fmt.Errorf("calendar file: event %q: %w", plain(text(e, ical.ComponentPropertySummary)), err)
		}
		if len(r.found) > mostOccurrences {
			return nil, fmt.Errorf("calendar file: more than %d dates", mostOccurrences)
		}
	}
	slices.SortStableFunc(r.found, func(a, b Occurrence) int { return a.At.Compare(b.At) })
	return r.found, nil
}

type reader struct {
	zone     *time.Location
	from, to time.Time
	alone    map[string]bool // dates of repeated events that have an event of their own
	never    int             // rules without any date
	found    []Occurrence
}

// key is one date of a repeated event, by when its rule has it; the zero time: an event
// that has no rule.
func key(e *ical.VEvent, planned time.Time) string { return e.Id() + planned.UTC().Format(utc) }

// planned is when the rule has the one date that an event is about; zero: it is about
// itself.
func (r *reader) planned(e *ical.VEvent) time.Time {
	at, err := r.time(e.GetProperty(ical.ComponentPropertyRecurrenceId))
	if err != nil {
		return time.Time{}
	}
	return at
}

// errNoTime is a property that is not there or is a whole day.
var errNoTime = errors.New("no time")

func (r *reader) event(e *ical.VEvent) error {
	begin, err := r.time(e.GetProperty(ical.ComponentPropertyDtStart))
	if errors.Is(err, errNoTime) {
		return nil
	}
	if err != nil {
		return err
	}
	off := strings.EqualFold(text(e, ical.ComponentPropertyStatus), "CANCELLED")
	rule := e.GetProperty(ical.ComponentPropertyRrule)
	if rule == nil || e.HasProperty(ical.ComponentPropertyRecurrenceId) {
		r.add(e, r.planned(e), begin, off)
		return nil
	}
	out, err := r.takenOut(e)
	if err != nil {
		return err
	}
	option, err := rrule.StrToROption(rule.Value)
	if err != nil {
		return fmt.Errorf("rule %q: %w", rule.Value, err)
	}
	if option.Freq > rrule.DAILY {
		return fmt.Errorf("rule %q: repeats more than once a day", rule.Value)
	}
	option.Dtstart = begin
	all, err := r.follow(*option)
	if err != nil {
		return fmt.Errorf("rule %q: %w", rule.Value, err)
	}
	for _, at := range all {
		if !r.alone[key(e, at)] {
			r.add(e, at, at, off || out[at.Unix()])
		}
	}
	return nil
}

// cycle is the years after which the Gregorian calendar repeats, to the weekday.
const cycle = 400

// follow returns the dates of a rule that may be in sight. The library looks for a
// date up to its last year, 9999, which takes seconds where a rule has none (30
// February). So the rule is followed in the last cycle before that year: its dates are
// the same there, and the search ends within 400 years.
func (r *reader) follow(option rrule.ROption) ([]time.Time, error) {
	if option.Dtstart.After(r.to) {
		return nil, nil
	}
	years := (rrule.MAXYEAR - r.to.Year()) / cycle * cycle
	option.Dtstart = option.Dtstart.AddDate(years, 0, 0)
	if !option.Until.IsZero() {
		option.Until = option.Until.AddDate(years, 0, 0)
	}
	rule, err := rrule.NewRRule(option)
	if err != nil {
		return nil, err
	}
	if _, meets := rule.Iterator()(); !meets {
		if r.never++; r.never > mostNever {
			return nil, fmt.Errorf("it and %d others never meet; correct or delete them", mostNever)
		}
		return nil, nil
	}
	all := rule.Between(r.from.AddDate(years, 0, -1), r.to.AddDate(years, 0, 1), true)
	for i, at := range all {
		all[i] = at.AddDate(-years, 0, 0)
	}
	return all, nil
}

func (r *reader) add(e *ical.VEvent, planned, at time.Time, off bool) {
	if at.Before(r.from) || !at.Before(r.to) {
		return
	}
	var categories []string
	for _, p := range e.GetProperties(ical.ComponentPropertyCategories) {
		categories = append(categories, p.Value)
	}
	r.found = append(r.found, Occurrence{
		Key: key(e, planned), Planned: planned,
		Summary: plain(text(e, ical.ComponentPropertySummary)), Categories: plain(strings.Join(categories, " ")), At: at.In(r.zone), Off: off,
	})
}

// takenOut are the dates of a repeated event that do not take place.
func (r *reader) takenOut(e *ical.VEvent) (map[int64]bool, error) {
	out := map[int64]bool{}
	for _, p := range e.GetProperties(ical.ComponentPropertyExdate) {
		for value := range strings.SplitSeq(p.Value, ",") {
			one := *p
			one.Value = value
			at, err := r.time(&one)
			if err != nil && !errors.Is(err, errNoTime) {
				return nil, err
			}
			out[at.Unix()] = true
		}
	}
	return out, nil
}

func text(e *ical.VEvent, property ical.ComponentProperty) string {
	if p := e.GetProperty(property); p != nil {
		return p.Value
	}
	return ""
}

// time reads a property that is a time.
func (r *reader) time(p *ical.IANAProperty) (time.Time, error) {
	if p == nil || len(p.Value) == len("20060102") {
		return time.Time{}, errNoTime
	}
	if strings.HasSuffix(p.Value, "Z") {
		at, err := time.Parse(utc, p.Value)
		if err != nil {
			return at, fmt.Errorf("time %q: %w", p.Value, err)
		}
		return at.In(r.zone), nil
	}
	zone := r.zone
	if named := p.ICalParameters["TZID"]; len(named) > 0 {
		var err error
		if zone, err = zoneNamed(named[0]); err != nil {
			return time.Time{}, err
		}
	}
	at, err := time.ParseInLocation(local, p.Value, zone)
	if err != nil {
		return at, fmt.Errorf("time %q: %w", p.Value, err)
	}
	return at, nil
}

// windows are the zones of Europe as Exchange names them (Unicode CLDR,
// windowsZones.xml).
var windows = map[string]string{
	"W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest", "Central European Standard Time": "Europe/Warsaw",
	"Romance Standard Time": "Europe/Paris", "GMT Standard Time": "Europe/London", "UTC": "UTC",
}

func zoneNamed(name string) (*time.Location, error) {
	if known, ok := windows[name]; ok {
		name = known
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q is unknown; use one like Europe/Berlin", name)
	}
	return zone, nil
}
