package officehours

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

var house = []Format{
	{ID: "sprechstunde", Name: "Sprechstunde", Schedule: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH", Except: []string{"2026-05-14"}, Accepts: []Kind{Single, Rule}},
	{ID: "leancoffee", Name: "LeanCoffee", Schedule: "DTSTART;TZID=Europe/Berlin:20260106T093000\nRRULE:FREQ=MONTHLY;BYDAY=1TU", Accepts: []Kind{Discussion}},
	{ID: "wissentogo", Name: "WissenToGo", Schedule: "DTSTART;TZID=Europe/Berlin:20260114T123000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;COUNT=2", Accepts: []Kind{Many}},
	{ID: "ethikrunde", Name: "Ethikrunde", Schedule: "DTSTART:20260119T150000\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=3MO", Accepts: []Kind{Values}},
}

func TestNextSessionKeepsTheClockThroughSummerTimeAndHolidays(t *testing.T) {
	t.Parallel()
	c, err := NewCalendar(berlin(t), house)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ format, now, want string }{
		"winter":                       {"sprechstunde", "2026-03-20T10:00:00Z", "2026-03-26T14:00:00+01:00"},
		"summer":                       {"sprechstunde", "2026-03-27T10:00:00Z", "2026-04-02T14:00:00+02:00"},
		"winter again":                 {"sprechstunde", "2026-10-23T10:00:00Z", "2026-10-29T14:00:00+01:00"},
		"before it begins, same day":   {"sprechstunde", "2026-03-05T12:59:59Z", "2026-03-05T14:00:00+01:00"},
		"it has just begun":            {"sprechstunde", "2026-03-05T13:00:00Z", "2026-03-12T14:00:00+01:00"},
		"before the first":             {"sprechstunde", "2025-01-01T00:00:00Z", "2026-01-08T14:00:00+01:00"},
		"holiday":                      {"sprechstunde", "2026-05-08T10:00:00Z", "2026-05-21T14:00:00+02:00"},
		"first Tuesday":                {"leancoffee", "2026-02-04T10:00:00Z", "2026-03-03T09:30:00+01:00"},
		"every other week":             {"wissentogo", "2026-01-15T10:00:00Z", "2026-01-28T12:30:00+01:00"},
		"schedule without a time zone": {"ethikrunde", "2026-04-01T10:00:00Z", "2026-05-18T15:00:00+02:00"},
		"years later":                  {"sprechstunde", "2031-07-01T10:00:00Z", "2031-07-03T14:00:00+02:00"},
	} {
		now, err := time.Parse(time.RFC3339, tc.now)
		if err != nil {
			t.Fatal(err)
		}
		s, ok := c.Next(tc.format, now)
		if got := s.At.Format(time.RFC3339); !ok || got != tc.want || s.Format.ID != tc.format {
			t.Errorf("%s: Next = %s of %q (%t), want %s", name, got, s.Format.ID, ok, tc.want)
		}
	}
	if s, ok := c.Next("wissentogo", time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)); ok {
		t.Errorf("a format that has ended meets at %s", s.At)
	}
	if _, ok := c.Next("unbekannt", time.Time{}); ok {
		t.Error("an unknown format meets")
	}
}

func TestProposeFitsTheKindOfQuestion(t *testing.T) {
	t.Parallel()
	c, err := NewCalendar(berlin(t), house)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for question, want := range map[string]string{
		"Darf ich Protokolle mit KI schreiben?":                        "sprechstunde",
		"Wie fülle ich den Antrag aus?":                                "sprechstunde",
		"Ist es fair, Bewerbungen mit KI vorzusortieren?":              "ethikrunde",
		"Wer verantwortet das eigentlich?":                             "ethikrunde",
		"Welche Erfahrungen habt ihr mit Assistenten?":                 "leancoffee",
		"Gibt es eine Einführung in das neue Werkzeug?":                "sprechstunde", // WissenToGo has ended
		"Darf ich ein Bild des Bewerbers mit KI retuschieren (Würde)?": "sprechstunde",
		"": "sprechstunde",
	} {
		s, ok := c.Propose(KindOf(question), now)
		if !ok || s.Format.ID != want {
			t.Errorf("%q (%s) goes to %q (%t), want %q", question, KindOf(question), s.Format.ID, ok, want)
		}
	}
	none, err := NewCalendar(berlin(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := none.Propose(Single, now); ok {
		t.Error("a house without formats proposes one")
	}
}

func TestCalendarSaysWhatIsWrongWithAFormat(t *testing.T) {
	t.Parallel()
	good := house[0]
	for want, change := range map[string]func(*Format){
		"needs id and name":         func(f *Format) { f.ID = "" },
		"schedule:":                 func(f *Format) { f.Schedule = "jeden Donnerstag" },
		"needs a line DTSTART":      func(f *Format) { f.Schedule = "DTSTART;TZID=Europe/Berlin:20260108T140000" },
		`except: "14.5.2026"`:       func(f *Format) { f.Except = []string{"14.5.2026"} },
		`accepts: "alles"`:          func(f *Format) { f.Accepts = []Kind{"alles"} },
		`the id "ethikrunde" is ta`: func(f *Format) { f.ID = "ethikrunde" },
	} {
		bad := good
		change(&bad)
		_, err := NewCalendar(berlin(t), []Format{house[3], bad})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("NewCalendar = %v, want %q in it", err, want)
		}
	}
	if _, err := NewCalendar(nil, house); err == nil {
		t.Error("a calendar without a time zone is accepted")
	}
}

func TestDutyGoesRoundByWeek(t *testing.T) {
	t.Parallel()
	d := Duty{Hosts: []string{"heide", "holger", "hatice"}, Zone: berlin(t)}
	sunday := time.Date(2026, 3, 8, 22, 59, 0, 0, time.UTC) // 23:59 in the house
	first, second := d.On(sunday), d.On(sunday.Add(time.Minute))
	if first == second {
		t.Errorf("%s is on duty before and after Monday, 0:00", first)
	}
	if got := d.On(sunday.AddDate(0, 0, -6)); got != first {
		t.Errorf("on Monday %s is on duty, on Sunday %s", got, first)
	}
	if got := d.On(sunday.AddDate(0, 0, -6+21)); got != first {
		t.Errorf("three weeks later %s is on duty, want %s again", got, first)
	}
	if got := d.On(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)); got == "" {
		t.Error("nobody was on duty in 2020")
	}
	if got := (Duty{}).On(sunday); got != "" {
		t.Errorf("%q is on duty in a house without hosts", got)
	}
}

func TestAskersTakeOnlyTheirSteps(t *testing.T) {
	t.Parallel()
	for _, way := range [][]TicketState{{Replied, Settled, Open, Withdrawn, Open}, {Replied, Open}, {Open, Settled}, {Claimed, Settled}, {Claimed, Withdrawn}, {Replied, Withdrawn}} {
		for i := range way[1:] {
			if err := Step(way[i], way[i+1]); err != nil {
				t.Errorf("%v: %v", way, err)
			}
		}
	}
	for _, wrong := range [][2]TicketState{{Open, Claimed}, {Settled, Replied}, {Merged, Open}, {Withdrawn, Settled}, {Settled, Settled}, {"", Open}, {Open, ""}} {
		if err := Step(wrong[0], wrong[1]); !errors.Is(err, ErrStep) {
			t.Errorf("Step(%s, %s) = %v, want ErrStep", wrong[0], wrong[1], err)
		}
	}
	if Open.Closed() || Replied.Closed() || !Settled.Closed() || !Merged.Closed() || !Withdrawn.Closed() {
		t.Error("a ticket takes answers when it should not, or the other way round")
	}
}

func TestPreviewCountsThirtyMinutes(t *testing.T) {
	t.Parallel()
	shown := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	h := Handover{ShownAt: shown}
	if h.Expired(shown.Add(30 * time.Minute)) {
		t.Error("a yes after 30 minutes is too late")
	}
	if !h.Expired(shown.Add(30*time.Minute + time.Second)) {
		t.Error("a yes after more than 30 minutes counts")
	}
}

func TestNamedFindsTheFormatThatATextSpeaksOf(t *testing.T) {
	t.Parallel()
	c, err := NewCalendar(berlin(t), house)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"wann ist die nächste ethikrunde?": "ethikrunde",
		"Was ist Wissen To Go":             "wissentogo",
		"Lean-Coffee, wo?":                 "leancoffee",
		"wer hält die Sprechstunde":        "sprechstunde",
		"darf ich das":                     "",
	} {
		f, ok := c.Named(text)
		if f.ID != want || ok != (want != "") {
			t.Errorf("%q names %q (%t), want %q", text, f.ID, ok, want)
		}
	}
}
