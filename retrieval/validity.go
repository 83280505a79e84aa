package retrieval

import (
	"math"
	"time"
)

// Validity is the days on which a document may carry an answer. The zero value is
// every day. It is the one rule of that in Go; in the database it is the function
// serves, and a test holds the two together.
type Validity struct{ first, last day } // both included; 0: no bound

// Never is the validity of a document that serves on no day.
var Never = Validity{first: math.MaxInt32}

// day is a date as a number that orders as dates do.
type day int32

func dayOf(d Date) day { return day((d.Year*16+int(d.Month))*32 + d.Day) }

func (d day) date() Date {
	return Date{Year: int(d) >> 9, Month: time.Month(d >> 5 & 15), Day: int(d) & 31}
}

// Between returns the days from first to last, both included; an unset bound
// bounds nothing.
func Between(first, last Date) Validity {
	return Validity{dayOf(first), dayOf(last)}
}

// Holds reports whether a day belongs to the period.
func (p Validity) Holds(d Date) bool {
	at := dayOf(d)
	return p.first <= at && (p.last == 0 || at <= p.last)
}

// Last returns the last day of the period; zero: it does not end, or has no day.
func (p Validity) Last() Date { return p.last.date() }

// String returns the period as "2026-01-01 to 2026-12-31", or "never".
func (p Validity) String() string {
	if p == Never {
		return "never"
	}
	return p.first.date().String() + " to " + p.last.date().String()
}

// Validity returns the days on which the document may carry an answer: it is valid
// then, and no other one has replaced it.
func (d Document) Validity() Validity {
	p := Between(d.ValidFrom, d.ValidUntil)
	if d.ValidFrom.IsZero() {
		p.first = dayOf(d.ReplacesFrom)
	}
	switch {
	case d.SupersededBy == "":
		return p
	case d.SupersededFrom.IsZero():
		return Never
	}
	if before := dayOf(d.SupersededFrom.AddDays(-1)); p.last == 0 || before < p.last {
		p.last = before
	}
	return p
}
