package schedule

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot/officehours"
)

// house is the calendar of the example house, with the holidays of its Land and
// one session moved.
func house(t testing.TB) *officehours.Calendar {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c, err := officehours.NewCalendar(zone, []officehours.Format{
		{ID: "sprechstunde", Name: "Offene KI-Sprechstunde", Schedule: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH",
			Except: []string{"2026-12-24", "2026-12-31"}, Moved: []officehours.Move{{From: "2026-12-10", To: "2026-12-09T10:00"}}},
		{ID: "leancoffee", Name: "LeanCoffee Digital", Schedule: "DTSTART;TZID=Europe/Berlin:20260106T093000\nRRULE:FREQ=MONTHLY;BYDAY=1TU"},
		{ID: "wissentogo", Name: "WissenToGo", Schedule: "DTSTART;TZID=Europe/Berlin:20260114T123000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", Except: []string{"2026-12-30"}},
		{ID: "ethikrunde", Name: "Ethikrunde", Schedule: "DTSTART;TZID=Europe/Berlin:20260119T150000\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=3MO"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.WithHolidays("NW"); err != nil {
		t.Fatal(err)
	}
	return c
}

var sunday = time.Date(2026, time.November, 29, 21, 0, 0, 0, time.UTC)

// said writes an answer shortly.
func said(a Answer) string {
	var parts []string
	for _, s := range a.Sessions {
		parts = append(parts, s.Format.ID+" "+s.At.Format("02.01.06 15:04"))
	}
	for _, s := range a.CalledOff {
		parts = append(parts, "off "+s.Format.ID+" "+s.At.Format("02.01.06"))
	}
	for _, s := range a.Next {
		parts = append(parts, "next "+s.Format.ID+" "+s.At.Format("02.01.06 15:04"))
	}
	return strings.Join(parts, ", ")
}

func TestTheCalendarAnswers(t *testing.T) {
	t.Parallel()
	c := house(t)
	for question, want := range map[string]string{
		"wann ist die nächste ethikrunde?":                                         "ethikrunde 18.01.27 15:00",
		"wann war nochmal diese ethikrunde?":                                       "ethikrunde 18.01.27 15:00",
		"Nächste Sprechstunde":                                                     "sprechstunde 03.12.26 14:00",
		"gibts im dezember wissentogo":                                             "wissentogo 02.12.26 12:30, wissentogo 16.12.26 12:30, off wissentogo 30.12.26",
		"Ist an Heiligabend Sprechstunde?":                                         "off sprechstunde 24.12.26, next sprechstunde 07.01.27 14:00",
		"Sprechstunde am 10.12.?":                                                  "next sprechstunde 17.12.26 14:00",
		"findet am 9. Dezember die Sprechstunde statt":                             "sprechstunde 09.12.26 10:00",
		"Wann trefft ihr euch nächste Woche zum LeanCoffee oder zur Sprechstunde?": "leancoffee 01.12.26 09:30, sprechstunde 03.12.26 14:00",
		"Ist am Donnerstag Sprechstunde":                                           "sprechstunde 03.12.26 14:00",
		"ist morgen wissen to go":                                                  "next wissentogo 02.12.26 12:30",
		"wann war die letzte Ethikrunde":                                           "ethikrunde 16.11.26 15:00",
		"Ist an Fronleichnam 2027 Sprechstunde?":                                   "off sprechstunde 27.05.27, next sprechstunde 03.06.27 14:00",
		"Welche Termine gibt es diese Woche?":                                      "",
		"Welche Termine gibt es nächste Woche?":                                    "leancoffee 01.12.26 09:30, wissentogo 02.12.26 12:30, sprechstunde 03.12.26 14:00",
		"Termine":                                                                  "leancoffee 01.12.26 09:30, wissentogo 02.12.26 12:30, sprechstunde 03.12.26 14:00, ethikrunde 18.01.27 15:00",
		"Gibt es im Januar 2027 eine Ethikrunde?":                                  "ethikrunde 18.01.27 15:00",
		"wann ist wissentogo im mai":                                               "wissentogo 05.05.27 12:30, wissentogo 19.05.27 12:30",
		"Ist am 31. Februar Sprechstunde?":                                         "sprechstunde 04.02.27 14:00, sprechstunde 11.02.27 14:00, sprechstunde 18.02.27 14:00, sprechstunde 25.02.27 14:00",
	} {
		q, ok := Read(nil, question, c, sunday)
		if !ok && want != "" {
			t.Errorf("%q is no question for the calendar", question)
			continue
		}
		got := said(q.Ask(c, sunday))
		if question == "Welche Termine gibt es diese Woche?" {
			if !strings.HasPrefix(got, "next ") {
				t.Errorf("%q: %s", question, got)
			}
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}

// A question that names no format means the one that was spoken of.
func TestABareQuestionMeansWhatWasSpokenOf(t *testing.T) {
	t.Parallel()
	c := house(t)
	for question, want := range map[string]string{
		"Termin nächste wann": "ethikrunde 18.01.27 15:00", "wann ist bei euch der nächste": "ethikrunde 18.01.27 15:00",
		"und wann ist das wieder?": "ethikrunde 18.01.27 15:00", "wann war die letzte": "ethikrunde 16.11.26 15:00",
		"wann findet das denn statt": "ethikrunde 18.01.27 15:00", "wann genau": "ethikrunde 18.01.27 15:00",
		"wann ist die nächste Befragung": "", "wann ruht mein zugang": "", "bis wann": "", "wann lohnt sich das": "", "nächste Frage": "", "und warum?": "",
	} {
		q, ok := Read([]string{"Ethikrunde"}, question, c, sunday)
		if ok != (want != "") {
			t.Errorf("%q: asked of the calendar %t", question, ok)
		} else if ok {
			if diff := cmp.Diff(want, said(q.Ask(c, sunday))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", question, diff)
			}
		}
	}
	if q, ok := Read(nil, "Termin nächste wann", c, sunday); !ok || len(q.Formats) != 4 {
		t.Errorf("of a session, none spoken of: %t, %d formats", ok, len(q.Formats))
	}
	if _, ok := Read(nil, "wann ist das", c, sunday); ok {
		t.Error("a date of nothing is asked of the calendar")
	}
}

func TestOtherQuestionsGoToTheDocuments(t *testing.T) {
	t.Parallel()
	c := house(t)
	for _, question := range []string{
		"bis wann muss ich meinen fall für die ethikrunde einreichen", "Was ist der Unterschied zwischen LeanCoffee und Sprechstunde?",
		"Wie lange dauert die Sprechstunde?", "Wer leitet die Ethikrunde?", "wann lohnt sich rpa", "muss man sich fürs leancoffee anmelden",
		"Darf ich in der Sprechstunde mein Notebook nutzen?", "Wann ruht mein Zugang?", "bis wann muss ich einen Fehler melden", "Sprechstunde",
		"Was kam in der letzten Sprechstunde im November heraus, wer war da?", "Was hat sich im Mai geändert?", "",
	} {
		if q, ok := Read(nil, question, c, sunday); ok {
			t.Errorf("%q is asked of the calendar: %s", question, said(q.Ask(c, sunday)))
		}
	}
}

// TestDaysAgainstAnotherCalculation compares each day of five years, by each way
// of naming it, with counting days one by one.
func TestDaysAgainstAnotherCalculation(t *testing.T) {
	t.Parallel()
	c := house(t)
	zone := c.Zone()
	holidays := map[string]bool{}
	for year, easterSunday := range map[int]string{2026: "2026-04-05", 2027: "2027-03-28", 2028: "2028-04-16", 2029: "2029-04-01", 2030: "2030-04-21"} { // published dates
		sunday, err := time.ParseInLocation("2006-01-02", easterSunday, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := fromEaster(0)(year, zone); !got.Equal(sunday) {
			t.Errorf("Easter %d: %s", year, got)
		}
		for _, days := range []int{-2, 1, 39, 50, 60} {
			holidays[sunday.AddDate(0, 0, days).Format("2006-01-02")] = true
		}
		for _, day := range []string{"01-01", "05-01", "10-03", "11-01", "12-25", "12-26"} {
			holidays[time.Date(year, 1, 1, 0, 0, 0, 0, zone).Format("2006-")+day] = true
		}
	}
	thursdays := 0
	for day := time.Date(2026, 1, 8, 0, 0, 0, 0, zone); day.Year() < 2031; day = day.AddDate(0, 0, 1) {
		iso := day.Format("2006-01-02")
		meets := day.Weekday() == time.Thursday && !holidays[iso] && iso != "2026-12-24" && iso != "2026-12-31" && iso != "2026-12-10" || iso == "2026-12-09"
		q, ok := Read(nil, "Ist am "+day.Format("2.1.2006")+" Sprechstunde?", c, day.Add(-time.Hour))
		if !ok {
			t.Fatalf("%s is not understood", iso)
		}
		a := q.Ask(c, day.Add(-time.Hour))
		if (len(a.Sessions) == 1) != meets {
			t.Errorf("%s: %s, meets %t", iso, said(a), meets)
		}
		if meets {
			thursdays++
			at := a.Sessions[0].At
			if clock := at.Format("15:04"); iso != "2026-12-09" && clock != "14:00" {
				t.Errorf("%s at %s: the clock moved with summer time", iso, clock)
			}
		}
		if got := c.Holiday(day) != ""; got != holidays[iso] {
			t.Errorf("%s is a holiday: %t", iso, got)
		}
	}
	if thursdays < 240 {
		t.Errorf("only %d sessions in five years", thursdays)
	}
}

func FuzzRead(f *testing.F) {
	c := house(f)
	for _, seed := range []string{"wann ist sprechstunde am 31.2.?", "ethikrunde im 13/2027", "Termine 0.0.", "\xff nächste Woche leancoffee"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, question string) {
		if q, ok := Read(nil, question, c, sunday); ok {
			q.Ask(c, sunday)
		}
	})
}
