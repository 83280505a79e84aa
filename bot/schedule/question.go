package schedule

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/retrieval/german"
)

// Question is what somebody wants to know of the calendar.
type Question struct {
	Formats []officehours.Format // those asked for
	Asks    []Property           // what is asked of them besides their dates
	Dates   bool                 // their dates are asked for; else only what Asks says
	Period  Period               // that is asked for; zero: whatever comes next
	Count   int                  // of each format at most so many sessions; 0: all of the period, or the next one
	Skip    int                  // of each format so many sessions are passed over
	Last    bool                 // the last session before now is asked for, or the last one of the period
	Hours   Hours                // of the day that are asked for
	Off     bool                 // whether sessions are called off is asked
	File    bool                 // as a calendar file
	Alone   bool                 // nothing else is said with it
}

var (
	// asksWhen are signs that a date is asked for, on folded text; asksThen are further ones
	// where a time is named.
	asksWhen = regexp.MustCompile(`\b(?:wann|wan|welche[mnr] (?:tag|datum|uhrzeit|woche)|um wie ?viel uhr|uhrzeit|datum|termine?[ns]?|nachste[rnms]?|letzte[rnms]?|vorige[rnms]?|stattfinde\w*|findet\b.*\bstatt|fallt\b.*\b(?:aus|weg)|lauft|laufen)\b`)
	asksThen = regexp.MustCompile(`\b(?:gibts?|ist|sind|trefft|trifft)\b`)
	// asksForDates are signs of the same where no format is named.
	asksForDates = regexp.MustCompile(`\b(?:(?:nachste[rn]?|welche|alle|kommende[nr]?|die) (?:\w+ )?(?:termine?n?|veranstaltung\w*|formate?n?|treffen)|termine?n?\b.*\b(?:gibt|gibts|stehen|sind|habt|im|in)|wann (?:trefft ihr|ist (?:was|etwas) los|kann ich kommen)|terminubersicht|terminkalender)\b|^\W*termine?\W*$`)
	// listsDates is how a question for the dates of a period begins ("termine dezember").
	listsDates = regexp.MustCompile(`^\W*(?:(?:alle|die|eure|unsere) )?termine?\b`)
	// happens are signs that something is asked to be there, whatever it is.
	happens = regexp.MustCompile(`\b(?:was|etwas|irgendwas|jemand|jmd|wer|leute|irgendwer|los|gibts?|lauft|offen|veranstaltung\w*|formate?|treffen|statt|komm\w*|steht|ansteht|besetzt|termine?|habt ihr|seid ihr|auf)\b`)
	// asksOther says that it is not the calendar that is asked: deadlines, what a format
	// is, what happens there.
	asksOther = regexp.MustCompile(`\b(?:bis wann|ab wann|seit wann|wie lange?|wie oft|wie haufig|einreich\w*|anmeld\w*|abgeb\w*|unterschied\w*|was ist|was sind|was passiert|wer|warum|wieso|wozu|wofur|darf|durfen|muss|mussen|soll|sollen|protokoll\w*|aufzeichnung\w*|wie viele?|wieviele?|kostet|thema|themen|gegangen|besprochen|mitbring\w*|geandert|was (?:kam|wurde|wurden|hat|haben|ging|lief)|heraus\w*|ergebnis\w*)\b`)
	// asksSession names one session.
	asksSession = regexp.MustCompile(`\btermin[s]?\b`)
	// asksAgain is how people ask for a date that they have forgotten, and that is ahead.
	asksAgain = regexp.MustCompile(`\b(?:wann|wo|wie) (?:war|waren) (?:doch |das |die |der |denn )*(?:nochmals?|noch ?mal|noch einmal|gleich|noch gleich)\b`)
	asksLast  = regexp.MustCompile(`\b(?:letzte[rnms]?|vorige[rnms]?|zuletzt|letztes mal)\b|\bwann war\b`)
	asksFirst = regexp.MustCompile(`\b(?:erste[rnms]?|nachste[rnms]?|wieder|fruhestens)\b`)
	asksAll   = regexp.MustCompile(`\b(?:alle|termine[n]?|welche tage|liste|samtliche|jeden|jede|immer)\b`)
	asksOff   = regexp.MustCompile(`\bfallt\b.*\b(?:aus|weg)\b|\b(?:ausfallt|ausfallen|ausgefallen|entfallt|entfallen|abgesagt|gestrichen)\b`)
	asksAfter = regexp.MustCompile(`\b(?:danach|darauf|wieder|die nachste dann|spater|sonst noch|noch (?:mal|einmal|weitere))\b`)
	// takesPlace is said of what is told; deadline asks until when something is to be done.
	takesPlace = regexp.MustCompile(`\b(?:stattfinde\w*|findet|statt|lauft|laufen)\b`)
	deadline   = regexp.MustCompile(`\b(?:bis|seit) wann\b`)
	// asksWhat asks what there is, of whatever format was spoken of; pointsThere points to it.
	asksWhat = regexp.MustCompile(`\bwas (?:gibt|gibts|ist|sind|lauft|geht|steht|findet|habt)\b|\bgibts? (?:es )?(?:da |denn |auch |noch )*(?:was|etwas|irgendwas)\b|\b(?:ist|sind|habt|seid) .*\b(?:jemand|irgendwer|irgendwas|leute)\b`)
	// asksWhich asks which formats or sessions there are.
	asksWhich   = regexp.MustCompile(`\b(?:was|welche[rnms]?|gibts?|alles?|wann)\b`)
	pointsThere = regexp.MustCompile(`\b(?:da|dort|dabei|dahin|hin|dazu|dafur)\b`)
	// longPeriod is a time of which all sessions are asked for, although it is the next one.
	longPeriod = regexp.MustCompile(`monat|jahr |halbjahr|quartal`)
	skipsOne   = regexp.MustCompile(`\bubernachste[rnms]?\b`)
	several    = regexp.MustCompile(`\b(?:nachsten|kommenden|folgenden) (zwei|drei|vier|funf|sechs|zehn|\d{1,2})\b`)
	theOthers  = regexp.MustCompile(`\b(?:andere[nrs]?|restlichen?|ubrigen?|sonstigen?) (?:formate?n?|termine?n?|veranstaltung\w*|runden?|angebote?n?)\b`)
	// cannot is said of the time or format that was told.
	cannot = regexp.MustCompile(`\b(?:nicht kann|kann (?:ich )?(?:da |dann )?nicht|keine zeit|verhindert|nicht da bin|nicht (?:im haus|im dienst)|passt (?:mir |bei mir )?nicht|geht (?:bei mir )?nicht)\b`)
	goesOn = regexp.MustCompile(`^\W*(?:ja |ok |okay |nein )?(?:und|auch|oder|aber|sowie)\b|\bauch\b`)
	clock  = regexp.MustCompile(`\b(?:um |gegen |ab |so )*(?:halb |viertel (?:nach |vor )?)?(?:\d{1,2}(?:[:.]\d{2})? ?uhr(?: ?\d{2})?|(?:um|gegen|halb|viertel(?: nach| vor)?) (?:\d{1,2}(?:[:.]\d{2})?|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf))\b|\b(?:vormittags?|nachmittags?|mittags?|morgens|abends|fruh|mittagspause)\b`)
)

//go:embed words.txt
var wordsText string

var words = german.Lists(wordsText)

var (
	filling    = german.Set(strings.Join(words["filler"], " "))
	anyPlace   = german.Set(strings.Join(words["places"], " "))
	singleWord = regexp.MustCompile(`\pL+|\d+(?:\.\d+)*`)
)

// Read understands a question behind those that the same person asked before it in a
// talk, oldest first; false: the calendar is not asked. A format that was spoken of is
// meant until another is named.
func Read(talk []string, question string, c *officehours.Calendar, now time.Time) (Question, bool) {
	return after(talk, c, now).read(question, c, now)
}

// after is what a talk is about at its end.
func after(talk []string, c *officehours.Calendar, now time.Time) (s spoken) {
	for _, said := range talk {
		s = s.then(said, c, now)
	}
	return s
}

// Continues reports whether a message asks the calendar for what it does not name
// itself: whatever format was spoken of is meant.
func Continues(message string, c *officehours.Calendar, now time.Time) bool {
	if len(c.AllNamed(message)) > 0 {
		return false
	}
	q, asked := spoken{formats: c.Formats()}.read(message, c, now)
	return asked && q.Alone || WantsFile(message)
}

// Names reports whether a message names formats, as they are called or, where it asks the
// calendar, as people say it.
func Names(message string, c *officehours.Calendar, now time.Time) bool {
	if len(c.AllNamed(message)) > 0 {
		return true
	}
	meant, _ := spokenNames(german.Fold(message), c)
	if len(meant) == 0 {
		return false
	}
	q, asked := Read(nil, message, c, now)
	return asked && len(q.Formats) == len(meant)
}

// SpokenOf are the formats that a talk is about at its end; none: whatever the house has.
func SpokenOf(talk []string, c *officehours.Calendar, now time.Time) []officehours.Format {
	formats := after(talk, c, now).formats
	if len(formats) == len(c.Formats()) {
		return nil
	}
	return formats
}

// PointsThere reports whether a message points to what was spoken of: "muss ich da hin".
func PointsThere(message string) bool { return pointsThere.MatchString(german.Fold(message)) }

// spoken is what of the calendar a talk is about.
type spoken struct {
	formats []officehours.Format
	asked   bool // the calendar was asked last
	answer  Answer
}

// then is what it is about after one more question.
func (s spoken) then(question string, c *officehours.Calendar, now time.Time) spoken {
	q, asked := s.read(question, c, now)
	if !asked {
		switch named := c.AllNamed(question); {
		case len(named) > 0:
			s.formats, s.asked = named, false
		case !pointsThere.MatchString(german.Fold(question)) && !onlyFiller(german.Fold(question)):
			return spoken{} // something else was spoken of
		}
		return s
	}
	s.answer, s.asked, s.formats = q.Ask(c, now), true, q.Formats
	if met := s.answer.formats(); len(met) > 0 && len(q.Formats) == len(c.Formats()) {
		s.formats = met
	}
	return s
}

// longest is how many bytes a question for the calendar has at most.
const longest = 1000

// read understands a question after what was spoken of: as it stands, with a format named
// as people say it, or with its words as they are spelt. What is only taken for something
// must be all that is said.
func (s spoken) read(question string, c *officehours.Calendar, now time.Time) (Question, bool) {
	if len(question) > longest {
		return Question{}, false
	}
	now = now.In(c.Zone())
	heard := text{question: question, folded: german.Fold(question), named: c.AllNamed(question)}
	heard.rest = withoutNames(heard.folded, heard.named)
	if len(heard.named) > 0 {
		return s.understand(heard, c, now)
	}
	if q, asked := s.readUnnamed(heard, c, now); asked {
		return q, true
	}
	corrected := spelt(heard.folded)
	if corrected == heard.folded {
		return Question{}, false
	}
	heard.folded, heard.rest = corrected, corrected
	q, asked := s.readUnnamed(heard, c, now)
	return q, asked && q.Alone
}

// readUnnamed understands a question that names no format as it is called: with one named
// as people say it, or with none.
func (s spoken) readUnnamed(heard text, c *officehours.Calendar, now time.Time) (Question, bool) {
	if q, asked := s.readSpoken(heard, c, now); asked {
		return q, true
	}
	return s.understand(heard, c, now)
}

// readSpoken understands a question that names a format as people say it.
func (s spoken) readSpoken(heard text, c *officehours.Calendar, now time.Time) (Question, bool) {
	if heard.named, heard.rest = spokenNames(heard.folded, c); len(heard.named) == 0 {
		return Question{}, false
	}
	q, asked := s.understand(heard, c, now)
	return q, asked && q.Alone
}

// text is a question as it is read.
type text struct {
	question, folded string
	named            []officehours.Format
	rest             string // folded, without their names
}

// understand is what a text asks.
func (s spoken) understand(heard text, c *officehours.Calendar, now time.Time) (Question, bool) {
	folded, rest, named := heard.folded, heard.rest, len(heard.named) > 0
	q := Question{Formats: heard.named, File: WantsFile(heard.question), Off: asksOff.MatchString(folded)}
	if q.File {
		rest = fileWords.ReplaceAllStringFunc(rest, spaces)
	}
	instead := !named && cannot.MatchString(rest)
	if (instead || theOthers.MatchString(rest)) && len(s.formats) > 0 {
		q.Formats, named = c.Formats(), true
		q.Formats = slices.DeleteFunc(q.Formats, func(f officehours.Format) bool { return has(s.formats, f) })
	}
	var timed, placed bool
	q.Hours, rest = readHours(rest)
	rest = clock.ReplaceAllStringFunc(rest, spaces)
	q.Period, rest, timed = readPeriod(rest, now, s.answer.about())
	if instead { // "und wenn ich donnerstags nicht kann": what was told is not asked again
		q.Period, timed = Period{}, false
	}
	q.Skip, q.Count = skipped(rest), counted(rest)
	if !named && timed {
		q.Formats, rest = at(rest, c)
		placed = len(q.Formats) > 0
		named = placed
	}
	as := readHeld(rest)
	q.Asks, rest = readProperties(rest)
	if placed {
		q.Asks = slices.DeleteFunc(q.Asks, func(p Property) bool { return p == Place })
	}
	q.Alone = onlyFiller(rest) && !deadline.MatchString(rest)
	q.Dates = q.File || timed || instead && len(s.formats) > 0 || asksDates(rest, len(q.Asks) > 0) || asksAfter.MatchString(rest) && s.asked
	switch {
	case named:
		q.Hours = Hours{}
	case q.Alone && as != "" && asksWhich.MatchString(rest) && !pointsThere.MatchString(rest):
		q.Formats, q.Asks, q.Dates, named = formatsHeld(as, c), slices.DeleteFunc(q.Asks, func(p Property) bool { return p == Online }), true, true
	case q.Alone && !q.Hours.any() && (s.asked || happens.MatchString(rest) || asksWhen.MatchString(rest)):
		q.Formats, q.Dates, named = c.Formats(), true, true
	}
	if !q.toFormats(s, c, folded, heard.question, named, timed) {
		return Question{}, false
	}
	q.Last = !q.File && asksLast.MatchString(folded) && !asksAgain.MatchString(folded) && (!timed || q.Period.To.After(now))
	q.Count = max(q.Count, first(q, folded))
	if s.asked && !timed {
		q.follow(s.answer, folded, now)
	}
	return q, q.answered()
}

// asksDates reports whether a folded text asks for dates, also where it asks for
// something else besides ("in welchem Raum findet das statt" does not).
func asksDates(folded string, besides bool) bool {
	if besides {
		folded = takesPlace.ReplaceAllString(folded, " ")
	}
	return asksWhen.MatchString(folded)
}

// toFormats finds which formats a question means, and reports whether it asks the
// calendar for them.
func (q *Question) toFormats(s spoken, c *officehours.Calendar, folded, question string, named, timed bool) bool {
	asks := q.Dates || len(q.Asks) > 0
	lax := !asksOther.MatchString(folded) && (asksWhen.MatchString(folded) || timed && (asksThen.MatchString(folded) || strings.Contains(question, "?")))
	switch {
	case named && (q.Alone && asks || lax || q.File):
		return true
	case named && q.Alone && (strings.Contains(question, "?") || s.asked && goesOn.MatchString(folded)):
		q.Dates = true
		return true
	case named || asksOther.MatchString(folded) && !q.Alone:
		return false
	case asksForDates.MatchString(folded) && (!q.Alone || len(s.formats) == 0 || !asksSession.MatchString(folded)), timed && listsDates.MatchString(folded):
		q.Formats, q.Dates = c.Formats(), true
		return true
	case q.Alone && timed && asksWhat.MatchString(folded):
		q.Formats, q.Asks, q.Dates = c.Formats(), nil, true
		return true
	case len(s.formats) > 0 && q.Alone && asks:
		q.Formats = s.formats
		if timed && s.asked && len(q.Asks) == 0 {
			q.Formats = s.answer.Formats // "und am Donnerstag?" after what there is on Tuesday
		}
		return true
	case q.Alone && timed && happens.MatchString(folded):
		q.Formats, q.Asks, q.Dates = c.Formats(), nil, true
		return true
	case q.File || q.Alone && asksSession.MatchString(folded) && asksWhen.MatchString(folded):
		q.Formats, q.Dates = c.Formats(), true
		return true
	}
	return false
}

// follow takes from the answer before what a question leaves out: its time, or that
// what comes after it is asked for.
func (q *Question) follow(before Answer, folded string, now time.Time) {
	switch {
	case asksAfter.MatchString(folded) && !q.Last && len(q.Asks) == 0:
		if from := before.until(now); from.After(now) {
			q.Period = Period{From: from, To: from.AddDate(sightYears, 0, 0)}
			q.Count = max(q.Count, 1)
		}
	case q.File || goesOn.MatchString(folded) && !asksWhen.MatchString(folded) && len(q.Asks) == 0:
		q.Period, q.Count, q.Skip = before.Period, before.Count, before.Skip
		if !before.Period.To.After(now) {
			q.Period = Period{}
		}
	}
}

// answered reports whether the calendar knows what is asked: dates, or of one format at
// least each property.
func (q Question) answered() bool {
	if len(q.Formats) == 0 {
		return false
	}
	for _, p := range q.Asks {
		if !slices.ContainsFunc(q.Formats, func(f officehours.Format) bool { return known(f, p) }) {
			return false
		}
	}
	return q.Dates || len(q.Asks) > 0
}

// skipped is how many sessions a folded text passes over.
func skipped(folded string) int {
	if skipsOne.MatchString(folded) {
		return 1
	}
	return 0
}

// counted is how many sessions a folded text asks for; 0: it does not say.
func counted(folded string) int {
	if m := several.FindStringSubmatch(folded); m != nil {
		return min(numeral(m[1]), mostSessions)
	}
	return 0
}

// first is 1 if only the first session of each format in the time asked for is meant;
// else 0.
func first(q Question, folded string) int {
	if q.Period.Zero() || q.Period.day || q.Off || asksAll.MatchString(folded) && !q.Period.weekly {
		return 0
	}
	if q.Period.first || asksFirst.MatchString(folded) && !q.Period.week && !longPeriod.MatchString(folded) {
		return 1
	}
	return 0
}

// withoutNames blanks the names of formats in a folded text, however they are joined.
func withoutNames(folded string, formats []officehours.Format) string {
	return singleWord.ReplaceAllStringFunc(folded, func(word string) string {
		for _, f := range formats {
			if len(word) > 1 && (strings.Contains(german.Fold(f.Name), word) || strings.Contains(german.Fold(f.ID), word) || strings.Contains(word, german.Fold(f.ID)) || f.Mistyped(word)) {
				return spaces(word)
			}
		}
		return word
	})
}

// at are the formats that are held at a place which a folded text names, and the text
// without it.
func at(folded string, c *officehours.Calendar) (held []officehours.Format, rest string) {
	rest = folded
	for _, f := range c.Formats() {
		for _, word := range singleWord.FindAllString(german.Fold(f.Place), -1) {
			if anyPlace[word] || len(word) < 3 {
				continue
			}
			where := regexp.MustCompile(`\b` + regexp.QuoteMeta(word) + `\b`).FindStringIndex(folded)
			if where == nil {
				continue
			}
			rest = blanked(rest, where)
			if !has(held, f) {
				held = append(held, f)
			}
		}
	}
	return held, rest
}

func has(formats []officehours.Format, f officehours.Format) bool {
	return slices.ContainsFunc(formats, func(other officehours.Format) bool { return other.ID == f.ID })
}

// onlyFiller reports whether no word of a folded text says anything.
func onlyFiller(folded string) bool {
	for _, word := range singleWord.FindAllString(folded, -1) {
		if !german.Stop(word) && !filling[word] && !anyPlace[word] {
			return false
		}
	}
	return true
}
