package ics

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func said(list []Occurrence) []string {
	var lines []string
	for _, o := range list {
		line := o.At.Format("2006-01-02 15:04 ") + o.Summary
		if o.Off {
			line += " off"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestFilesOfOtherCalendars(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	for name, want := range map[string][]string{
		"nextcloud": {
			"2026-12-03 14:00 Offene KI-Sprechstunde", "2026-12-09 10:00 Offene KI-Sprechstunde", "2026-12-15 09:30 LeanCoffee off",
			"2026-12-17 14:00 Offene KI-Sprechstunde off", "2026-12-24 14:00 Offene KI-Sprechstunde off", "2026-12-31 14:00 Offene KI-Sprechstunde",
		},
		"exchange": {"2026-12-02 12:30 WissenToGo", "2026-12-16 12:30 WissenToGo", "2026-12-30 12:30 WissenToGo off"},
	} {
		file, err := os.ReadFile("testdata/" + name + ".in.ics")
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(file, zone, time.Date(2026, 12, 1, 0, 0, 0, 0, zone), time.Date(2027, 1, 1, 0, 0, 0, 0, zone))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, said(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTheClockStaysThroughSummerTime(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	file := calendar("DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH")
	got, err := Read([]byte(file), zone, time.Date(2026, 1, 1, 0, 0, 0, 0, zone), time.Date(2031, 1, 1, 0, 0, 0, 0, zone))
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for day := time.Date(2026, 1, 8, 14, 0, 0, 0, zone); day.Year() < 2031; day = day.AddDate(0, 0, 7) {
		if !got[want].At.Equal(day) {
			t.Fatalf("%s, want %s", got[want].At, day)
		}
		want++
	}
	if len(got) != want {
		t.Errorf("%d sessions, want %d", len(got), want)
	}
}

// calendar is a file with one event of such lines.
func calendar(lines string) string {
	return strings.ReplaceAll(fmt.Sprintf("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nSUMMARY:Runde\n%s\nEND:VEVENT\nEND:VCALENDAR\n", lines), "\n", "\r\n")
}

func TestBadCalendarsAreRefused(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"<html>": "calendar file",
		calendar("DTSTART;TZID=Mars:20260108T140000"):                          "Mars",
		calendar("DTSTART:20260108T990000"):                                    "990000",
		calendar("DTSTART:20260108T140000Z\nRRULE:FREQ=SECONDLY"):              "more than once a day",
		calendar("DTSTART:20260108T140000Z\nRRULE:FREQ=SOMETIMES"):             "SOMETIMES",
		calendar("DTSTART:20260108T140000Z\nRRULE:FREQ=DAILY\nEXDATE:heute!!"): "heute",
	} {
		_, err := Read([]byte(file), time.UTC, made.AddDate(-1, 0, 0), made.AddDate(1, 0, 0))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", file, err, want)
		}
	}
	for _, file := range []string{calendar("DTSTART;VALUE=DATE:20260108"), calendar("DTSTART:20260108T140000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")} {
		if got, err := Read([]byte(file), time.UTC, made.AddDate(-1, 0, 0), made.AddDate(1, 0, 0)); err != nil || len(got) > 0 {
			t.Errorf("%q: %v, %v", file, got, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(calendar("DTSTART:20260108T140000Z\nRRULE:FREQ=DAILY;COUNT=3")))
	f.Fuzz(func(_ *testing.T, file []byte) {
		_, _ = Read(file, time.UTC, made, made.AddDate(0, 1, 0))
	})
}
