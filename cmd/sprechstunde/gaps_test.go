package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/postgres"
)

// gapsOfMonth keeps a report of February 2026 in the database of an environment.
func gapsOfMonth(t *testing.T, environ []string) {
	t.Helper()
	i := slices.IndexFunc(environ, func(v string) bool { return strings.HasPrefix(v, "SPRECHSTUNDE_DATABASE_URL=") })
	pool, err := postgres.Open(t.Context(), strings.TrimPrefix(environ[i], "SPRECHSTUNDE_DATABASE_URL="), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	month := time.Date(2026, time.February, 1, 0, 0, 0, 0, time.UTC)
	report := gaps.Report{Month: month, Gaps: []gaps.Gap{{Words: []string{"Grundkurs", "Ukrainisch"}, People: 10, Missing: true, Document: 7, Title: "Fortbildungsplan"}}}
	if err := postgres.NewGaps(pool).SaveReport(t.Context(), report, time.Now()); err != nil {
		t.Fatal(err)
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	environ := people(t)
	gapsOfMonth(t, environ)
	call(t, environ, "gaps", "--month", "2026-02").exits(exitOK).shows("missing", "about 10 people", "Grundkurs, Ukrainisch", "Fortbildungsplan")
	var none gapsForm
	call(t, environ, "gaps", "--month", "2026-01", "--json").exits(exitNothing).decode(&none)
	if none.Month != "2026-01" || none.Gaps == nil {
		t.Errorf("%+v", none)
	}
	call(t, environ, "gaps").exits(exitNothing)
	call(t, environ, "gaps", "--month", "Februar").exits(exitUsage).complains("2026-02")
}
