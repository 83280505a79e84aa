// Package ics writes sessions as calendar files, and brings the dates of a calendar
// elsewhere into the house's own.
//
// Limits: a file holds a session as it stands when it is made; one that is moved
// later has a file of its own. Nobody's name is in it. Of a calendar elsewhere the
// last good state is kept in memory alone.
package ics

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"lvr.example/sprechstunde/bot/officehours"
)

// The forms of RFC 5545, sections 3.3.5 and 3.3.14.
const (
	local  = "20060102T150405"
	utc    = "20060102T150405Z"
	offset = "-0700"
)

// Write returns the calendar file (RFC 5545, UTF-8) of one session, made at a time.
// The same session has the same UID in each, so that it is entered once.
func Write(s officehours.Session, made time.Time) []byte {
	c := ical.NewCalendar()
	c.SetProductId("-//Sprechstunde//Kalender//DE")
	inZone := zone(c, s.At)
	e := c.AddEvent(uid(s))
	e.SetProperty(ical.ComponentPropertyDtstamp, made.UTC().Format(utc))
	e.SetProperty(ical.ComponentPropertyDtStart, s.At.Format(local), inZone)
	if s.Format.Minutes > 0 {
		e.SetProperty(ical.ComponentPropertyDtEnd, s.At.Add(time.Duration(s.Format.Minutes)*time.Minute).Format(local), inZone)
	}
	e.SetSummary(plain(s.Format.Name))
	for _, p := range []struct {
		text string
		set  func(string, ...ical.PropertyParameter)
	}{{s.Format.About, e.SetDescription}, {s.Format.Place, e.SetLocation}, {s.Format.Link, e.SetURL}} {
		if text := plain(p.text); text != "" {
			p.set(text)
		}
	}
	return []byte(c.Serialize(ical.WithNewLine("\r\n")))
}

// zone describes a time's zone in the file, as far as the time needs it, and returns
// what names it.
func zone(c *ical.Calendar, at time.Time) ical.PropertyParameter {
	name := at.Location().String()
	z := c.AddTimezone(name)
	z.RemoveProperty(ical.ComponentPropertyUniqueId)
	z.SetProperty(ical.ComponentProperty(ical.PropertyTzid), name)
	begin, _ := at.ZoneBounds()
	before := at
	if begin.IsZero() {
		begin = time.Date(1970, time.January, 1, 0, 0, 0, 0, at.Location()) // there never was another
	} else {
		before = begin.Add(-time.Second)
	}
	rule := ical.ComponentBase{}
	_, offsetBefore := before.Zone()
	rule.SetProperty(ical.ComponentPropertyDtStart, begin.In(time.FixedZone("", offsetBefore)).Format(local))
	rule.SetProperty(ical.ComponentProperty(ical.PropertyTzname), at.Format("MST"))
	rule.SetProperty(ical.ComponentProperty(ical.PropertyTzoffsetfrom), before.Format(offset))
	rule.SetProperty(ical.ComponentProperty(ical.PropertyTzoffsetto), at.Format(offset))
	if at.IsDST() {
		z.Components = append(z.Components, &ical.Daylight{ComponentBase: rule})
	} else {
		z.Components = append(z.Components, &ical.Standard{ComponentBase: rule})
	}
	return ical.WithTZID(name)
}

func uid(s officehours.Session) string {
	return fmt.Sprintf("%s-%s@sprechstunde", word(s.Format.ID), s.At.UTC().Format(utc))
}

// Name is what a session's file is called.
func Name(s officehours.Session) string {
	return word(s.Format.ID) + "-" + s.At.Format(time.DateOnly) + ".ics"
}

// word is an id as it may stand in a file's name.
func word(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return r
		}
		return '-'
	}, id)
}

// plain is a text in one line, without what does not print.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
}
