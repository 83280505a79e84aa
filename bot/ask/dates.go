package ask

import (
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/schedule"
	"lvr.example/sprechstunde/prompts"
)

// ReasonCalendar says that the calendar answered.
const ReasonCalendar = "calendar"

// dates answers a question for dates out of the calendar; false: it is none.
// Documents are not searched then: they tell of past dates, too. A question that
// leans on one for dates ("und im Januar?") is read together with it.
func (a *Answerer) dates(t Talk) (given, bool) {
	if a.cfg.Calendar == nil {
		return given{}, false
	}
	now := a.cfg.Now()
	q, asked := schedule.Read(t.Question, a.cfg.Calendar, now)
	if !asked && t.leans() {
		if _, before := schedule.Read(t.Before[len(t.Before)-1], a.cfg.Calendar, now); before {
			q, asked = schedule.Read(t.whole(), a.cfg.Calendar, now)
		}
	}
	if !asked {
		return given{}, false
	}
	body := a.cfg.Texts.Dates(datesText(q.Ask(a.cfg.Calendar, now)))
	return given{Answer: answer.Answer{Outcome: answer.Answered, Probability: 1, Body: body, Reason: ReasonCalendar}}, true
}

func datesText(s schedule.Answer) prompts.Dates {
	d := prompts.Dates{
		Sessions: dated(s.Sessions), More: s.More, Last: s.Last, Period: s.Period.Name, Holiday: s.Holiday,
		CalledOff: dated(s.CalledOff), Next: dated(s.Next),
	}
	if s.Period.OneDay() {
		d.Day = s.Period.From
	}
	return d
}

func dated(sessions []officehours.Session) []prompts.Dated {
	list := make([]prompts.Dated, len(sessions))
	for i, s := range sessions {
		list[i] = prompts.Dated{Format: answer.Link(s.Format.Name, s.Format.Link), At: s.At, Place: answer.Safe(s.Format.Place)}
		if s.Format.Minutes > 0 {
			list[i].Until = s.At.Add(time.Duration(s.Format.Minutes) * time.Minute)
		}
	}
	return list
}
