package ics

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

func TestDatesComeFromACalendarElsewhere(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	file, err := os.ReadFile("testdata/nextcloud.in.ics")
	if err != nil {
		t.Fatal(err)
	}
	var answer atomic.Value
	var unchanged atomic.Int64
	answer.Store("file")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch answer.Load() {
		case "gone":
			http.Error(w, "no", http.StatusBadGateway)
		case "huge":
			_, _ = w.Write(make([]byte, mostBytes+1))
		case "bad":
			_, _ = w.Write([]byte("<html>Anmeldung</html>"))
		case "other":
			_, _ = w.Write([]byte(calendar("DTSTART:20261215T083000Z")))
		default:
			if r.Header.Get("If-None-Match") == `"1"` {
				unchanged.Add(1)
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("ETag", `"1"`)
			_, _ = w.Write(file)
		}
	}))
	t.Cleanup(server.Close)
	c, err := officehours.NewCalendar(zone, []officehours.Format{
		{ID: "sprechstunde", Name: "Offene KI-Sprechstunde", Entered: true},
		{ID: "wissentogo", Name: "WissenToGo", Schedule: "DTSTART;TZID=Europe/Berlin:20260114T123000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if all := c.Formats(); len(all) != 1 {
		t.Errorf("formats before the calendar came: %+v", all)
	}
	feed := NewFeed(FeedConfig{URL: server.URL + "/secret", HTTP: server.Client(), Calendar: c, Now: func() time.Time { return made }})
	december := func() string {
		from, to := time.Date(2026, 12, 1, 0, 0, 0, 0, zone), time.Date(2027, 1, 1, 0, 0, 0, 0, zone)
		var days []string
		for _, s := range c.Between("sprechstunde", from, to) {
			days = append(days, s.At.Format("02. 15:04"))
		}
		for _, s := range c.CalledOff("sprechstunde", from, to) {
			days = append(days, s.At.Format("off 02."))
		}
		return strings.Join(days, ", ")
	}
	for _, step := range []struct{ answer, fails string }{
		{"file", ""}, {"file", ""}, {"gone", "502"}, {"huge", "MB"}, {"bad", "calendar file"}, {"other", "no event names a format"}, {"file", ""},
	} {
		answer.Store(step.answer)
		err := feed.Refresh(t.Context())
		if (err != nil) != (step.fails != "") || err != nil && (!strings.Contains(err.Error(), step.fails) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %v", step.answer, err)
		}
		if got := december(); got != "03. 14:00, 09. 10:00, 31. 14:00, off 17., off 24." {
			t.Errorf("%s: %s", step.answer, got)
		}
	}
	if unchanged.Load() != 2 {
		t.Errorf("told %d times that nothing changed", unchanged.Load())
	}
	if next, ok := c.Next("wissentogo", made); !ok || next.At.Day() != 2 {
		t.Errorf("a format by its own schedule: %+v, %t", next, ok)
	}
	server.Close()
	if err := feed.Refresh(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}
