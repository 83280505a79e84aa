package retrieval

import (
	"cmp"
	"fmt"
	"time"

	"lvr.example/sprechstunde/retrieval/german"
)

// DateOf returns the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether the date is not set.
func (d Date) IsZero() bool { return d == Date{} }

// Compare orders dates; an unset one comes first.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// DaysTo returns how many days other is later.
func (d Date) DaysTo(other Date) int {
	at := func(d Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
	return int(at(other).Sub(at(d)).Hours()) / 24
}

// String returns the date as 2026-12-03, or nothing if it is not set.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Days returns the first and the last day of what a date names: a day, a month
// or a year. False: it lacks its year, or no calendar has such a day.
func Days(m german.Moment) (first, last Date, ok bool) {
	switch {
	case m.Year == 0:
		return Date{}, Date{}, false
	case m.Month == 0:
		return Date{m.Year, time.January, 1}, Date{m.Year, time.December, 31}, true
	case m.Day == 0:
		first = Date{m.Year, time.Month(m.Month), 1}
		return first, DateOf(time.Date(m.Year, time.Month(m.Month)+1, 0, 0, 0, 0, 0, time.UTC)), true
	}
	first = Date{m.Year, time.Month(m.Month), m.Day}
	return first, first, first.AddDays(0) == first
}
