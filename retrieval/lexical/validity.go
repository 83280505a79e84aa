package lexical

import "lvr.example/sprechstunde/retrieval"

// validity says when an entry may be found, in twelve bytes.
type validity struct {
	from, until day
	superseded  bool
}

func validityOf(e Entry) validity {
	return validity{dayOf(e.ValidFrom), dayOf(e.ValidUntil), e.Superseded}
}

// on reports whether the entry is valid on a day, as retrieval.ValidOn does.
func (v validity) on(d day) bool {
	return !v.superseded && v.from <= d && (v.until == 0 || d <= v.until)
}

// day is a date as a number that orders as dates do; 0: not set.
type day int32

func dayOf(d retrieval.Date) day { return day((d.Year*16+int(d.Month))*32 + d.Day) }
