package ask

import (
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ics"
	"lvr.example/sprechstunde/bot/inbox"
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
	if formats := schedule.Compared(t.Question, a.cfg.Calendar); len(formats) > 0 {
		return given{Answer: calendarAnswer(a.cfg.Texts.Compared(a.formatsText(formats)))}, true
	}
	q, asked := schedule.Read(t.Question, a.cfg.Calendar, now)
	if !asked && t.leans() {
		if _, before := schedule.Read(t.Before[len(t.Before)-1], a.cfg.Calendar, now); before {
			q, asked = schedule.Read(t.whole(), a.cfg.Calendar, now)
		}
	}
	if !asked {
		q, asked = schedule.ReadBare(t.Question, a.namedBefore(t), a.cfg.Calendar, now)
	}
	if !asked && schedule.WantsFile(t.Question) {
		q, asked = a.spokenOf(t, now), true
	}
	if !asked {
		return given{}, false
	}
	found := q.Ask(a.cfg.Calendar, now)
	body := a.cfg.Texts.Dates(datesText(found))
	return given{
		Answer: calendarAnswer(body),
		files:  calendarFiles(found, now), overview: !q.File && len(found.Sessions) > 1 && len(q.Formats) > 1,
	}, true
}

func calendarAnswer(body string) answer.Answer {
	return answer.Answer{Outcome: answer.Answered, Probability: 1, Body: body, Reason: ReasonCalendar}
}

// formatsText tells formats from each other by what the house says of them.
func (a *Answerer) formatsText(formats []officehours.Format) prompts.Compared {
	var told prompts.Compared
	for _, f := range formats {
		row := prompts.FormatRow{Name: answer.Link(f.Name, f.Link), About: answer.Safe(f.About), Minutes: f.Minutes}
		if next, meets := a.cfg.Calendar.Next(f.ID, a.cfg.Now()); meets {
			row.Next = next.At
		}
		told.Rows = append(told.Rows, row)
	}
	return told
}

// spokenOf are the sessions that the question before was about; where it was about
// none, those that come next.
func (a *Answerer) spokenOf(t Talk, now time.Time) schedule.Question {
	for _, before := range slices.Backward(t.Before) {
		if q, asked := schedule.Read(before, a.cfg.Calendar, now); asked {
			q.File = true
			return q
		}
	}
	return schedule.Question{Formats: a.cfg.Calendar.Formats(), File: true}
}

// namedBefore are the formats that the talk is about: those last named, if all that
// was asked since leans on it.
func (a *Answerer) namedBefore(t Talk) []officehours.Format {
	recent := t.Before[max(0, len(t.Before)-longestChain):]
	for _, before := range slices.Backward(recent) {
		if named := a.cfg.Calendar.AllNamed(before); len(named) > 0 || !Leans(before) {
			return named
		}
	}
	return nil
}

// calendarFiles are the sessions of an answer as files, if they were asked for so.
func calendarFiles(found schedule.Answer, now time.Time) []inbox.File {
	sessions := found.Sessions
	if len(sessions) == 0 {
		sessions = found.Next
	}
	var files []inbox.File
	for _, s := range sessions[:min(len(sessions), mostFiles)] {
		if found.File && s.At.After(now) {
			files = append(files, inbox.File{Name: ics.Name(s), Content: ics.Write(s, now)})
		}
	}
	return files
}

// mostFiles is how many files one post of Mattermost holds.
const mostFiles = 10

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
		list[i] = answer.Dated(s)
	}
	return list
}
