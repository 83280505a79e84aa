package ics

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	ical "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/officehours"
)

var update = flag.Bool("update", false, "write the golden files")

var made = time.Date(2026, time.November, 29, 21, 0, 0, 0, time.UTC)

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func office() officehours.Format {
	return officehours.Format{
		ID: "sprechstunde", Name: "Offene KI-Sprechstunde", Minutes: 60,
		About: "Für alle Beschäftigten mit einer Frage; Kolleg:innen helfen Kolleg:innen,\nauch ohne Anmeldung.",
		Place: "Haus am Kanal, Raum 2.17", Link: "https://intranet.example/sprechstunde?a=1;b=2,3",
	}
}

func TestFilesOfSessions(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	for name, s := range map[string]officehours.Session{
		"winter": {Format: office(), At: time.Date(2026, time.December, 3, 14, 0, 0, 0, zone)},
		"summer": {Format: office(), At: time.Date(2027, time.July, 1, 14, 0, 0, 0, zone)},
		"short":  {Format: officehours.Format{ID: "die runde/ä", Name: "Runde"}, At: time.Date(2026, time.December, 3, 14, 0, 0, 0, time.UTC)},
	} {
		got := Write(s, made)
		golden := filepath.Join("testdata", name+".ics")
		if *update {
			if err := os.WriteFile(golden, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		c, err := ical.ParseCalendar(bytes.NewReader(got))
		if err != nil || len(c.Events()) != 1 {
			t.Fatalf("%s: read as %+v, %v", name, c, err)
		}
		if at, err := c.Events()[0].GetStartAt(); err != nil || !at.Equal(s.At) {
			t.Errorf("%s: begins %s, %v, want %s", name, at, err, s.At)
		}
		for line := range strings.Lines(string(got)) {
			if len(line) > 77 || !strings.HasSuffix(line, "\r\n") {
				t.Errorf("%s: line %q", name, line)
			}
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	if got := Name(officehours.Session{Format: officehours.Format{ID: "../Die Runde"}, At: made}); got != "---Die-Runde-2026-11-29.ics" {
		t.Error(got)
	}
}
