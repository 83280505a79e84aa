package prompts

// Reminders are sessions that a person is, or was, reminded of.
type Reminders struct {
	Sessions []Dated
	Soon     bool // one is within a day
}

// Reminder is of one session.
type Reminder struct {
	Session Dated
	Soon    bool   // within an hour
	Today   bool   // else it is tomorrow
	Topic   string // safe; empty: none is set
}

// SessionChange says that a session is not held as it was told.
type SessionChange struct {
	Was   Dated
	Now   Dated
	Held  bool // there is a session instead, Now
	Moved bool // and it is the same one, at another time
}

// Formats are those that meet.
type Formats struct{ Names []string }

var (
	remindersOn = declare("reminders/on", Reminders{Sessions: []Dated{{Format: "Ethikrunde", At: sampleDay, Place: "Raum 4.11"}}},
		Reminders{Sessions: []Dated{{Format: "Ethikrunde", At: sampleDay}, {Format: "LeanCoffee", At: sampleDay}}, Soon: true})
	remindersOff  = declare("reminders/off", Reminders{Sessions: []Dated{{Format: "Ethikrunde", At: sampleDay}}}, Reminders{})
	remindersList = declare("reminders/list", Reminders{Sessions: []Dated{{Format: "Ethikrunde", At: sampleDay}, {Format: "LeanCoffee", At: sampleDay}}})
	remindersDue  = declare("reminders/reminder", Reminder{Session: Dated{Format: "Ethikrunde", At: sampleDay, Place: "Raum 4.11"}, Topic: "Stimmen nachahmen"},
		Reminder{Session: Dated{Format: "Ethikrunde", At: sampleDay}, Soon: true}, Reminder{Session: Dated{Format: "Ethikrunde", At: sampleDay}, Today: true})
	remindersMoved = declare("reminders/moved", SessionChange{Was: Dated{Format: "Ethikrunde", At: sampleDay}, Now: Dated{Format: "Ethikrunde", At: sampleDay.AddDate(0, 0, 7)}, Held: true, Moved: true},
		SessionChange{Was: Dated{Format: "Ethikrunde", At: sampleDay}, Now: Dated{Format: "Ethikrunde", At: sampleDay.AddDate(0, 1, 0), Place: "Raum 4.11"}, Held: true},
		SessionChange{Was: Dated{Format: "Ethikrunde", At: sampleDay}})
	remindersWhat = declare("reminders/what", Formats{Names: []string{"LeanCoffee", "WissenToGo", "Ethikrunde"}}, Formats{})
)

// RemindsOf says what a person will be reminded of.
func (c *Catalogue) RemindsOf(d Reminders) string { return remindersOn.render(c, d) }

// RemindsNoMore says what a person will not be reminded of any more.
func (c *Catalogue) RemindsNoMore(d Reminders) string { return remindersOff.render(c, d) }

// RemindersListed says what a person is reminded of.
func (c *Catalogue) RemindersListed(d Reminders) string { return remindersList.render(c, d) }

// Reminder reminds of a session.
func (c *Catalogue) Reminder(d Reminder) string { return remindersDue.render(c, d) }

// SessionMoved says that a session is not held as it was told.
func (c *Catalogue) SessionMoved(d SessionChange) string { return remindersMoved.render(c, d) }

// RemindOfWhat asks what a person is to be reminded of.
func (c *Catalogue) RemindOfWhat(d Formats) string { return remindersWhat.render(c, d) }
