package ics

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/teambition/rrule-go"
)

// TestRulesMeetInTheLastCycleAsNow compares the dates of rules with those that the
// library finds where it begins.
func TestRulesMeetInTheLastCycleAsNow(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	from, to := time.Date(2025, 6, 1, 0, 0, 0, 0, zone), time.Date(2029, 6, 1, 0, 0, 0, 0, zone)
	for _, line := range []string{
		"FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR;WKST=SU", "FREQ=DAILY;INTERVAL=11", "FREQ=DAILY;COUNT=900",
		"FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330T120000Z",
	} {
		option, err := rrule.StrToROption(line)
		if err != nil {
			t.Fatal(err)
		}
		option.Dtstart = time.Date(2024, 2, 29, 14, 0, 0, 0, zone)
		plain, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatal(err)
		}
		r := reader{zone: zone, from: from, to: to}
		all, err := r.follow(*option)
		if err != nil {
			t.Fatal(err)
		}
		var got []time.Time
		for _, at := range all {
			if !at.Before(from) && !at.After(to) {
				got = append(got, at)
			}
		}
		if diff := cmp.Diff(plain.Between(from, to, true), got); diff != "" || len(got) == 0 {
			t.Errorf("%s: %d dates (-want +got):\n%s", line, len(got), diff)
		}
	}
}

func TestRulesThatNeverMeetAreBounded(t *testing.T) {
	t.Parallel()
	event := "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Runde\r\nDTSTART:20260108T140000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n"
	file := func(n int) []byte {
		return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + strings.Repeat(event, n) + "END:VCALENDAR\r\n")
	}
	read := func(n int) error {
		_, err := Read(file(n), time.UTC, made.AddDate(-1, 0, 0), made.AddDate(3, 0, 0))
		return err
	}
	if err := read(mostNever); err != nil {
		t.Error(err)
	}
	if err := read(mostNever + 1); err == nil || !strings.Contains(err.Error(), "never meet") {
		t.Errorf("too many: %v", err)
	}
}

func BenchmarkRuleThatNeverMeets(b *testing.B) {
	file := []byte(calendar("DTSTART:20260108T140000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))
	for b.Loop() {
		if _, err := Read(file, time.UTC, made.AddDate(-1, 0, 0), made.AddDate(3, 0, 0)); err != nil {
			b.Fatal(err)
		}
	}
}
