package postgres

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"lvr.example/sprechstunde/retrieval"
)

// toDate sets a calendar day as a parameter; an unset one is null.
func toDate(d retrieval.Date) pgtype.Date {
	if d.IsZero() {
		return pgtype.Date{}
	}
	return pgtype.Date{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), Valid: true}
}

// fromDate reads a calendar day.
func fromDate(d pgtype.Date) retrieval.Date {
	if !d.Valid {
		return retrieval.Date{}
	}
	return retrieval.DateOf(d.Time)
}

func toTime(t time.Time) pgtype.Timestamptz {
	return pgtype.Timestamptz{Time: t, Valid: !t.IsZero()}
}
