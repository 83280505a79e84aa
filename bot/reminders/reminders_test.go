package reminders_test

import (
	"flag"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/officehours"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The next sessions from 3 March 2026, 10 o'clock: Sprechstunde on Thursday, 5 March,
// 14:00; Ethikrunde on Monday, 16 March, 15:00.
var ethics = time.Date(2026, time.March, 16, 14, 0, 0, 0, time.UTC)

// ticks lets the clock come to a time and what is due be said, twice.
func ticks(h *bottest.House, at time.Time) func() {
	return func() {
		h.Now = at
		h.Check(h.Reminds.Tick(h.Context(), h.Pipeline))
		h.Check(h.Reminds.Tick(h.Context(), h.Pipeline))
		h.Works()
	}
}

func TestSomebodyIsRemindedTheDayBeforeAndAnHourBefore(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	on := h.Reply(func() { h.Says("anna", dm, "", "erinnere mich an die nächste Ethikrunde") })
	h.Wants(on, "Ethikrunde", "Montag, 16. März 2026, 15:00 Uhr")
	h.Reply(func() { h.Says("anna", dm, "", "erinnere mich an die nächste Ethikrunde") })
	h.Silent(ticks(h, ethics.Add(-25*time.Hour)))
	day := h.Reply(ticks(h, ethics.Add(-23*time.Hour)))
	h.Wants(day, "morgen", "Ethikrunde")
	if day.ChannelID != dm || !day.Draft.Machine {
		t.Errorf("said to %s, by a machine: %t", day.ChannelID, day.Draft.Machine)
	}
	h.Silent(ticks(h, ethics.Add(-2*time.Hour)))
	hour := h.Reply(ticks(h, ethics.Add(-50*time.Minute)))
	h.Wants(hour, "in einer Stunde")
	h.Silent(ticks(h, ethics.Add(time.Minute)))
	h.Golden(*update, "reminded", on, day, hour)
}

// The bot may have been away the day before.
func TestALateReminderSaysToday(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Says("anna", bottest.Direct("anna"), "", "erinnere mich an die nächste Ethikrunde")
	h.Wants(h.Reply(ticks(h, ethics.Add(-6*time.Hour))), "heute, Montag")
}

func TestWhatHasJustBeenSaidIsNoReminder(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Now = ethics.Add(-5 * time.Hour)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "erinnere mich an die Ethikrunde") }), "rechtzeitig")
	h.Silent(ticks(h, ethics.Add(-4*time.Hour)))
	h.Wants(h.Reply(ticks(h, ethics.Add(-40*time.Minute))), "in einer Stunde")
}

func TestWhatIsRemindedOfIsNamedInAnyWords(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"kannst du mich an den nächsten Termin erinnern?": "5. März 2026",
		"bitte eine Erinnerung für die Sprechstunde":      "5. März 2026",
		"erinnere mich an die Sprechstunde am 12. März":   "12. März 2026",
		"erinnere mich an die Ethikrunde im April":        "20. April 2026",
		"erinnere mich an die Sitzung vom Personalrat":    "Woran soll ich Sie erinnern?",
	} {
		h := bottest.NewHouse(t)
		h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", said) }), want)
	}
}

func TestARemindWordIsAboutTheDateSpokenOf(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", "Wann ist die nächste Ethikrunde?")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "erinnere mich daran") }), "Ethikrunde", "16. März")
	h.Says("anna", dm, "", "als Kalenderdatei bitte")
	h.Says("anna", dm, "", "danke")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "kannst du mich da dran erinnern") }), "Ethikrunde", "16. März")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "welche Erinnerungen habe ich") }), "Ich erinnere Sie an:", "Ethikrunde")
}

func TestRemindersAreListedAndTakenBack(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", "erinnere mich an die Ethikrunde")
	h.Says("anna", dm, "", "erinnere mich an die Sprechstunde")
	h.Wants(h.Reply(func() { h.Calls("anna", bottest.Everybody, "meine") }), "Ich erinnere Sie an:", "Ethikrunde", "5. März")
	h.Lacks(h.Reply(func() { h.Calls("berta", bottest.Everybody, "meine") }), "Ethikrunde")
	off := h.Reply(func() { h.Says("anna", dm, "", "erinner mich nicht mehr an die Ethikrunde") })
	h.Wants(off, "nicht mehr an", "Ethikrunde")
	h.Lacks(off, "Sprechstunde")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "erinner mich nicht mehr") }), "Sprechstunde")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "erinner mich nicht mehr an die Ethikrunde") }), "keinen solchen Termin")
	h.Silent(ticks(h, ethics.Add(-23*time.Hour)))
}

func TestRemindersOfTicketsAreStillTheDesks(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.HandsOver("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "erinnere mich an Nr. 1") }), "Anliegen Nr. 1")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "erinnere mich an die Ethikrunde") }), "Ethikrunde")
	made := h.New(func() { h.Says("anna", dm, "", "nicht mehr erinnern") })
	if len(made) != 2 {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[0], "Ethikrunde")
	h.Wants(made[1], "Anliegen Nr. 1")
}

// changed is the house whose calendar has changed since anna said that she wants to be
// reminded of the next Ethikrunde.
func changed(t *testing.T, change func(*officehours.Format)) *bottest.House {
	t.Helper()
	return changedAfter(t, "erinnere mich an die Ethikrunde", change)
}

func changedAfter(t *testing.T, said string, change func(*officehours.Format)) *bottest.House {
	t.Helper()
	store := &bottest.Reminders{}
	use := func(s *bottest.Setup) { s.Reminds.Store = store }
	before := bottest.NewHouse(t, use)
	before.Says("anna", bottest.Direct("anna"), "", said)
	return bottest.NewHouse(t, use, func(s *bottest.Setup) {
		zone := s.Reminds.Calendar.Zone()
		ethikrunde, _ := s.Reminds.Calendar.Format("ethikrunde")
		change(&ethikrunde)
		calendar, err := officehours.NewCalendar(zone, []officehours.Format{ethikrunde})
		if err != nil {
			t.Fatal(err)
		}
		s.Reminds.Calendar = calendar
	})
}

func TestAMovedSessionIsToldOnceToThoseWhoWaitForIt(t *testing.T) {
	t.Parallel()
	h := changed(t, func(f *officehours.Format) {
		f.Moved = []officehours.Move{{From: "2026-03-16", To: "2026-03-18T10:00"}}
		f.Topics = []officehours.Topic{{Day: "2026-03-18", Text: "Stimmen nachahmen"}}
	})
	moved := h.Reply(ticks(h, h.Now))
	h.Wants(moved, "ist verlegt", "Montag, 16. März", "Mittwoch, 18. März 2026, 10:00 Uhr")
	h.Silent(ticks(h, h.Now.Add(time.Hour)))
	h.Wants(h.Reply(ticks(h, time.Date(2026, 3, 17, 10, 0, 0, 0, time.UTC))), "morgen", "Mittwoch, 18. März", "Thema: Stimmen nachahmen")
}

func TestACancelledSessionIsToldOnce(t *testing.T) {
	t.Parallel()
	h := changed(t, func(f *officehours.Format) { f.Except = []string{"2026-03-16"} })
	h.Wants(h.Reply(ticks(h, h.Now)), "findet nicht statt", "20. April 2026")
	h.Silent(ticks(h, h.Now.Add(time.Hour)))

	gone := changed(t, func(f *officehours.Format) {
		f.Schedule = "DTSTART;TZID=Europe/Berlin:20260119T150000\nRRULE:FREQ=MONTHLY;BYDAY=3MO;COUNT=2"
	})
	gone.Wants(gone.Reply(ticks(gone, gone.Now)), "findet nicht statt", "Einen neuen gibt es noch nicht")
	gone.Silent(ticks(gone, gone.Now.Add(time.Hour)))
}

// Who waits for a later session is not sent to an earlier one, which was never meant.
func TestInThePlaceOfALaterSessionComesOneBehindIt(t *testing.T) {
	t.Parallel()
	h := changedAfter(t, "erinnere mich an die Ethikrunde im April", func(f *officehours.Format) { f.Except = []string{"2026-04-20"} })
	h.Wants(h.Reply(ticks(h, h.Now)), "findet nicht statt", "18. Mai 2026")
}

// As long as the calendar elsewhere was not read, nobody knows that a session is off.
func TestACalendarThatWasNotReadCancelsNothing(t *testing.T) {
	t.Parallel()
	h := changed(t, func(f *officehours.Format) { f.Except, f.Entered = []string{"2026-03-16"}, true })
	h.Silent(ticks(h, h.Now))
}

func TestWhoHasNoAccountAnyMoreIsNotReminded(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", "erinnere mich an die Ethikrunde")
	h.Chat.RemoveUser("anna")
	h.Silent(ticks(h, ethics.Add(-23*time.Hour)))
}
