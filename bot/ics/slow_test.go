package ics

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// A server that says nothing, and one that stops in the middle of the file, are left
// after a time; the dates of the last good file stand.
func TestASlowCalendarIsLeft(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/nextcloud.in.ics")
	if err != nil {
		t.Fatal(err)
	}
	var slow atomic.Value
	slow.Store("")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch slow.Load() {
		case "silent":
			<-r.Context().Done()
		case "half":
			_, _ = w.Write(file[:len(file)/2])
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		default:
			_, _ = w.Write(file)
		}
	}))
	t.Cleanup(server.Close)
	c, err := officehours.NewCalendar(berlin(t), []officehours.Format{{ID: "sprechstunde", Name: "Offene KI-Sprechstunde", Entered: true}})
	if err != nil {
		t.Fatal(err)
	}
	config := FeedConfig{URL: server.URL + "/secret", HTTP: server.Client(), Calendar: c, Now: func() time.Time { return made }}
	feed := NewFeed(config)
	if feed.cfg.Patience != fetchTime {
		t.Errorf("waits %s", feed.cfg.Patience)
	}
	if err := feed.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, ok := c.Next("sprechstunde", made)
	if !ok {
		t.Fatal("no dates")
	}
	feed.cfg.Patience = time.Millisecond
	for _, how := range []string{"silent", "half"} {
		slow.Store(how)
		err := feed.Refresh(t.Context())
		if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", how, err)
		}
		if now, ok := c.Next("sprechstunde", made); !ok || !now.At.Equal(before.At) {
			t.Errorf("%s: %+v", how, now)
		}
	}
}
