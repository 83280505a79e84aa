package answer

import (
	"time"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// NextSession returns the date that belongs below an answer: that of the format
// that the question speaks of, because documents tell of past dates, too; below
// an answer that settles nothing, that of the format which fits the question.
// Nil: none.
func NextSession(c *officehours.Calendar, question string, settled bool, now time.Time) *prompts.NextSession {
	if f, ok := c.Named(question); ok {
		return sessionText(c.Next(f.ID, now))
	}
	if settled {
		return nil
	}
	return NextOfKind(c, officehours.KindOf(question), now)
}

// NextOfKind returns the next date of the format that fits a kind of question.
// Nil: none.
func NextOfKind(c *officehours.Calendar, kind officehours.Kind, now time.Time) *prompts.NextSession {
	return sessionText(c.Propose(kind, now))
}

// NextDate is NextOfKind as texts about a ticket want it.
func NextDate(c *officehours.Calendar, kind officehours.Kind, now time.Time) prompts.Ticket {
	n := NextOfKind(c, kind, now)
	if n == nil {
		return prompts.Ticket{}
	}
	return prompts.Ticket{Format: n.Format, At: n.At, Place: n.Place}
}

func sessionText(s officehours.Session, ok bool) *prompts.NextSession {
	if !ok || s.At.IsZero() {
		return nil
	}
	return &prompts.NextSession{Format: Link(s.Format.Name, s.Format.Link), At: s.At, Place: Safe(s.Format.Place)}
}

// Dated is a session as texts name it.
func Dated(s officehours.Session) prompts.Dated {
	d := prompts.Dated{Format: Link(s.Format.Name, s.Format.Link), At: s.At, Place: Safe(s.Format.Place)}
	if s.Format.Minutes > 0 {
		d.Until = s.At.Add(time.Duration(s.Format.Minutes) * time.Minute)
	}
	return d
}
