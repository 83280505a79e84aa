package desk

import (
	"lvr.example/sprechstunde/bot/ics"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// calendarFile is the session that a ticket waits for, for the asker's own calendar;
// none, where it waits for no date.
func (d *Desk) calendarFile(t officehours.Ticket) []inbox.File {
	format, known := d.cfg.Calendar.Format(t.Format)
	if !known || !t.Session.After(d.cfg.Now()) {
		return nil
	}
	s := officehours.Session{Format: format, At: t.Session.In(d.cfg.Calendar.Zone())}
	return []inbox.File{{Name: ics.Name(s), Content: ics.Write(s, d.cfg.Now())}}
}
