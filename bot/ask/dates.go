package ask

import (
	"slices"
	"strings"
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

// onlyDates is dates of a message that asks the calendar and says nothing else: it is
// answered as a whole, and is neither parted nor of the hard list.
func (a *Answerer) onlyDates(question string, q asked) (given, bool) {
	if read, asked := a.readDates(question, q); !asked || !read.Alone {
		return given{}, false
	}
	return a.dates(question, q)
}

// readDates is what a question asks of the calendar, with what it goes on from; false: it
// asks nothing of it.
func (a *Answerer) readDates(question string, q asked) (schedule.Question, bool) {
	if a.cfg.Calendar == nil {
		return schedule.Question{}, false
	}
	return schedule.Read(q.since, question, a.cfg.Calendar, a.cfg.Now())
}

// dates answers a question out of the calendar; false: it is none for it. Documents are
// not searched then: they tell of past dates, too.
func (a *Answerer) dates(question string, of asked) (given, bool) {
	if a.cfg.Calendar == nil {
		return given{}, false
	}
	now := a.cfg.Now()
	if formats := schedule.Compared(question, a.cfg.Calendar); len(formats) > 0 {
		return given{Answer: calendarAnswer(a.cfg.Texts.Compared(a.formatsText(formats)))}, true
	}
	q, asked := a.readDates(question, of)
	if !asked {
		return given{}, false
	}
	found := q.Ask(a.cfg.Calendar, now)
	var body string
	if len(q.Asks) > 0 {
		body = a.cfg.Texts.Facts(a.factsText(q))
	}
	if q.Dates {
		if body != "" {
			body += "\n\n"
		}
		body += a.cfg.Texts.Dates(datesText(found))
	}
	return given{
		Answer: calendarAnswer(body),
		files:  calendarFiles(found, now), overview: q.Dates && !q.File && len(found.Sessions) > 1 && len(q.Formats) > 1,
	}, true
}

// still is what of a talk a question for dates can go on from: nothing before a question
// that stands by itself and is about something else.
func (a *Answerer) still(before []string) []string {
	if a.cfg.Calendar == nil {
		return nil
	}
	for i, said := range slices.Backward(before) {
		if !Leans(said) && len(a.cfg.Calendar.AllNamed(said)) == 0 && !schedule.Continues(said, a.cfg.Calendar, a.cfg.Now()) {
			return before[i+1:]
		}
	}
	return before
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

// factsText says of each format what is asked of it, and where dates are not asked for
// besides, when it meets next.
func (a *Answerer) factsText(q schedule.Question) prompts.Facts {
	var told prompts.Facts
	asks := func(p schedule.Property) bool { return slices.Contains(q.Asks, p) }
	only := func(p schedule.Property, text string) string {
		if !asks(p) {
			return ""
		}
		return answer.Safe(text)
	}
	for _, f := range q.Formats {
		row := prompts.FactRow{
			Name: answer.Link(f.Name, f.Link), Place: only(schedule.Place, f.Place), Online: only(schedule.Online, f.Online),
			Registration: only(schedule.Registration, f.Registration), Hosts: only(schedule.Hosts, f.Hosts), About: only(schedule.Audience, f.About),
			Linked: asks(schedule.Link) && f.Link != "",
		}
		if asks(schedule.Online) && f.Online == "" {
			row.Place = answer.Safe(f.Place)
		}
		if asks(schedule.Length) {
			row.Minutes = f.Minutes
		}
		if asks(schedule.Seats) {
			row.Seats = f.Seats
		}
		if asks(schedule.Rhythm) {
			row.Rhythm = prompts.Rhythm(f.Rhythm())
		}
		if next, meets := a.cfg.Calendar.Next(f.ID, a.cfg.Now()); meets && !q.Dates {
			row.Next = answer.Dated(next)
		}
		told.Rows = append(told.Rows, row)
	}
	return told
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
		Sessions: dated(s.Sessions), More: s.More, Last: s.Last && s.Period.Zero(), Period: strings.TrimSpace(s.Period.Name + " " + s.Hours.Name), Holiday: s.Holiday,
		CalledOff: dated(s.CalledOff), Next: dated(s.Next), Off: s.Off, Files: s.File, Beside: dated(s.Beside),
	}
	if len(s.Formats) == 1 {
		d.Of = answer.Safe(s.Formats[0].Name)
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
