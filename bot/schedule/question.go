package schedule

import (
	"regexp"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/retrieval/german"
)

// Question is what somebody wants to know of the calendar.
type Question struct {
	Formats []officehours.Format // those asked for
	Period  Period               // that is asked for; zero: whatever comes next
	Last    bool                 // the last session before now is asked for
	File    bool                 // as a calendar file
}

var (
	// asksDate are signs that a date is asked for, on folded text.
	asksDate = regexp.MustCompile(`\b(?:wann|nachste[rnms]?|termine?[ns]?|datum|welche[mnr] (?:tag|datum|uhrzeit|woche)|um wie ?viel uhr|uhrzeit|stattfinde\w*|findet\b.*\bstatt|gibts|gibt es|gibt|lauft|ist|sind|trefft|trifft|fallt\b.*\baus|letzte[rnms]?|vorige[rnms]?)\b`)
	// asksForDates are signs of the same where no format is named.
	asksForDates = regexp.MustCompile(`\b(?:(?:nachste[rn]?|welche|alle|kommende[nr]?|die) (?:\w+ )?(?:termine?n?|veranstaltung\w*|formate?n?|treffen)|termine?n?\b.*\b(?:gibt|gibts|stehen|sind|habt|im|in)|wann (?:trefft ihr|ist (?:was|etwas) los|kann ich kommen)|terminubersicht|terminkalender)\b|^\W*termine?\W*$`)
	// listsDates is how a question for the dates of a period begins ("termine dezember").
	listsDates = regexp.MustCompile(`^\W*(?:(?:alle|die|eure|unsere) )?termine?\b`)
	// asksOther says that it is not the calendar that is asked: deadlines, length,
	// frequency, what a format is.
	asksOther = regexp.MustCompile(`\b(?:bis wann|ab wann|seit wann|wie lange?|wie oft|wie haufig|einreich\w*|anmeld\w*|abgeb\w*|unterschied\w*|was ist|was sind|was passiert|wer|warum|wieso|wozu|wofur|darf|durfen|muss|mussen|soll|sollen|protokoll\w*|aufzeichnung\w*|wie viele?|wieviele?|kostet|thema|themen|gegangen|besprochen|mitbring\w*|geandert)\b`)
	asksWhen  = regexp.MustCompile(`\b(?:wann|welche[mnr] (?:tag|datum|uhrzeit|woche)|um wie ?viel uhr|uhrzeit|datum|termine?[ns]?|nachste[rnms]?|letzte[rnms]?|vorige[rnms]?|stattfinde\w*|findet\b.*\bstatt|fallt\b.*\baus)\b`)
	// asksSession names a session, datesOnly are words that name nothing but a date.
	asksSession = regexp.MustCompile(`\btermine?[ns]?\b`)
	datesOnly   = regexp.MustCompile(`^(?:wann|tag|datum|uhrzeit|uhr|woche|monat|termine?[ns]?|nachste\w*|letzte\w*|vorige\w*|kommende\w*|findet|stattfinde\w*|statt|fallt|wieder|nochmals?|gleich|bitte|danke|genau|eigentlich|so|los|ist|war|gibt|gibts|geht)$`)
	// asksFile is the wish for a file, asksHow the question about handling one.
	asksFile = regexp.MustCompile(`\b(?:kalender(?:datei|eintrag|termin)\w*|ics|i ?cal(?:endar)?)\b`)
	asksHow  = regexp.MustCompile(`\b(?:wie|was ist|wozu|warum)\b`)
	// asksAgain is how people ask for a date that they have forgotten, and that is ahead.
	asksAgain = regexp.MustCompile(`\bwann (?:war|waren) (?:doch |das |die |der |denn )*(?:nochmals?|noch ?mal|noch einmal|gleich|noch gleich)\b`)
	asksLast  = regexp.MustCompile(`\b(?:letzte[rnms]?|vorige[rnms]?|zuletzt)\b.*|\bwann war\b`)
)

// Read understands a question; false: the calendar is not asked.
func Read(question string, c *officehours.Calendar, now time.Time) (Question, bool) {
	folded := german.Fold(question)
	if asksOther.MatchString(folded) {
		return Question{}, false
	}
	q := Question{Formats: c.AllNamed(question), File: WantsFile(question)}
	period, named := readPeriod(question, now.In(c.Zone()))
	q.Period = period
	switch {
	case len(q.Formats) > 0 && (asksWhen.MatchString(folded) || named && (asksDate.MatchString(folded) || strings.Contains(question, "?"))):
	case q.File && len(q.Formats) > 0:
	case len(q.Formats) == 0 && (asksForDates.MatchString(folded) || named && listsDates.MatchString(folded)):
		q.Formats = c.Formats()
	default:
		return Question{}, false
	}
	q.Last = !named && !q.File && looksBack(folded)
	return q, true
}

// ReadBare understands a question for a date that names nothing else ("Termin nächste
// wann", "wann ist das wieder"): it means the formats that were spoken of, or where it
// says that it means a session, all of them. False: it is none.
func ReadBare(question string, spokenOf []officehours.Format, c *officehours.Calendar, now time.Time) (Question, bool) {
	folded := german.Fold(question)
	if !asksWhen.MatchString(folded) || asksOther.MatchString(folded) || !onlyDates(question) {
		return Question{}, false
	}
	q := Question{Formats: spokenOf}
	if len(q.Formats) == 0 && asksSession.MatchString(folded) {
		q.Formats = c.Formats()
	}
	if len(q.Formats) == 0 {
		return Question{}, false
	}
	period, named := readPeriod(question, now.In(c.Zone()))
	q.Period = period
	q.Last = !named && looksBack(folded)
	return q, true
}

// looksBack reports whether the last session before now is asked for.
func looksBack(folded string) bool {
	return asksLast.MatchString(folded) && !asksAgain.MatchString(folded)
}

// onlyDates reports whether no word of a question names anything but a date.
func onlyDates(question string) bool {
	for _, w := range german.Content(german.Words(question)) {
		if !datesOnly.MatchString(german.Fold(question[w.Start:w.End])) {
			return false
		}
	}
	return true
}

// WantsFile reports whether a message asks for a session as a calendar file,
// whichever one it means.
func WantsFile(message string) bool {
	folded := german.Fold(message)
	return asksFile.MatchString(folded) && !asksHow.MatchString(folded)
}
