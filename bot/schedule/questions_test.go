package schedule

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

//go:embed testdata/questions.txt
var questionsText string

// exampleHouse is the calendar of examples/musterland.
func exampleHouse(t testing.TB) *officehours.Calendar {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c, err := officehours.NewCalendar(zone, []officehours.Format{
		{ID: "sprechstunde", Name: "Offene KI-Sprechstunde", About: "Für alle mit einer Frage.", Place: "Haus am Kanal, Raum 2.17, und Videoraum „KI-Sprechstunde“", Link: "https://intranet.example/s", Minutes: 60,
			Registration: "Eine Anmeldung ist nicht nötig.", Hosts: "Immer zwei Gastgeber:innen.", Schedule: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH",
			Except: []string{"2026-05-14", "2026-06-04", "2026-12-24", "2026-12-31", "2027-05-06", "2027-05-27"}},
		{ID: "leancoffee", Name: "LeanCoffee Digital", About: "Für alle Neugierigen.", Place: "Haus Birkenweg, Cafeteria", Link: "https://intranet.example/l", Minutes: 60,
			Registration: "Eine Anmeldung ist nicht nötig.", Online: "Nur vor Ort.", Schedule: "DTSTART;TZID=Europe/Berlin:20260106T093000\nRRULE:FREQ=MONTHLY;BYDAY=1TU", Except: []string{"2026-08-04", "2027-08-03"}},
		{ID: "wissentogo", Name: "WissenToGo", About: "Für alle, die in einer halben Stunde etwas lernen wollen.", Place: "Videoraum „WissenToGo“", Link: "https://intranet.example/w", Minutes: 30,
			Registration: "Eine Anmeldung ist nicht nötig.", Hosts: "Die Akademie lädt ein.", Seats: 300, Schedule: "DTSTART;TZID=Europe/Berlin:20260114T123000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", Except: []string{"2026-03-11", "2026-12-30"}},
		{ID: "ethikrunde", Name: "Ethikrunde", About: "Für alle mit einer Wertefrage.", Place: "Haus am Kanal, Raum 4.03, und Videoraum „Ethikrunde“", Link: "https://intranet.example/e", Minutes: 90,
			Registration: "Anmeldung bis zum Freitag davor.", Seats: 30, Hosts: "Die Stabsstelle Digitalethik.", Schedule: "DTSTART;TZID=Europe/Berlin:20260119T150000\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=3MO", Except: []string{"2027-05-17"}},
		{ID: "zentrum", Name: "Zentrum für Automation und KI", About: "Für alle mit einer Idee.", Accepts: []officehours.Kind{officehours.Automation}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// asked is a line of questions.txt.
type asked struct {
	talk           []string
	question, want string
}

func readQuestions(text string) (all []asked) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		said, want, ok := strings.Cut(line, " => ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		a := asked{question: said, want: want}
		if before, question, follows := strings.Cut(said, " | "); follows {
			a.talk, a.question = strings.Split(before, " / "), question
		}
		all = append(all, a)
	}
	return all
}

func TestWhatStaffAskOfTheCalendar(t *testing.T) {
	t.Parallel()
	c := exampleHouse(t)
	now := time.Date(2026, time.November, 30, 14, 45, 0, 0, c.Zone())
	right, all := 0, readQuestions(questionsText)
	for _, a := range all {
		if got := inShort(a.talk, a.question, c, now); got == a.want {
			right++
		} else {
			t.Errorf("%v | %s\n\twant %s\n\tgot  %s", a.talk, a.question, a.want, got)
		}
	}
	t.Logf("%d of %d", right, len(all))
}

// inShort is what the calendar says, as questions.txt writes it.
func inShort(talk []string, question string, c *officehours.Calendar, now time.Time) string {
	if formats := Compared(question, c); len(formats) > 0 {
		return "compare " + ids(formats)
	}
	q, ok := Read(talk, question, c, now)
	if !ok {
		return "-"
	}
	var parts []string
	for _, p := range q.Asks {
		parts = append(parts, string(p))
	}
	if !q.Dates {
		return strings.Join(append(parts, ids(q.Formats)), " ")
	}
	if q.File {
		parts = append(parts, "file")
	}
	a := q.Ask(c, now)
	var sessions []string
	list := func(before string, sessions []string, of []officehours.Session) []string {
		for _, s := range of {
			sessions = append(sessions, fmt.Sprintf("%s%.1s %s", before, s.Format.ID, s.At.Format("02.01.06")))
		}
		return sessions
	}
	sessions = list("next ", list("off ", list("", sessions, a.Sessions), a.CalledOff), a.Next)
	return strings.Join(append(parts, strings.Join(sessions, ", ")), " ")
}

func ids(formats []officehours.Format) string {
	var all []string
	for _, f := range formats {
		all = append(all, f.ID[:1])
	}
	return strings.Join(all, " ")
}

func TestWordsForMorePassagesAskNoCalendar(t *testing.T) {
	t.Parallel()
	c := exampleHouse(t)
	for _, said := range []string{"mehr", "mehr davon", "noch mehr bitte", "weitere Stellen", "gibt es noch mehr dazu", "zeig mehr", "weiter", "was noch", "und sonst"} {
		if Continues(said, c, time.Date(2026, time.November, 30, 9, 0, 0, 0, c.Zone())) {
			t.Errorf("%q asks the calendar", said)
		}
	}
}
