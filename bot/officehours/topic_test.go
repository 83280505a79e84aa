package officehours

import (
	"testing"
	"time"
)

// The house's word on a session comes before that of the calendar elsewhere.
func TestTheTopicOfASession(t *testing.T) {
	t.Parallel()
	zone := time.UTC
	first, second := time.Date(2026, 12, 2, 12, 30, 0, 0, zone), time.Date(2026, 12, 16, 12, 30, 0, 0, zone)
	c, err := NewCalendar(zone, []Format{{ID: "wissentogo", Name: "WissenToGo", Entered: true, Topics: []Topic{{Day: "2026-12-16", Text: "Bilder prüfen"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if topic, said := c.Topic("wissentogo", first); said {
		t.Errorf("before anything was entered: %q", topic)
	}
	c.Enter(map[string]Entered{"wissentogo": {Sessions: []time.Time{first, second}, Topics: []string{"Stimmen nachahmen", "Prompts"}}})
	for at, want := range map[time.Time]string{first: "Stimmen nachahmen", second: "Bilder prüfen", first.Add(time.Hour): ""} {
		if got, said := c.Topic("wissentogo", at); got != want || said != (want != "") {
			t.Errorf("%s: %q, %t, want %q", at, got, said, want)
		}
	}
}
