package schedule

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/retrieval/german"
)

// Period is the days that are asked about, in the house's time zone.
type Period struct {
	From, To time.Time // from the first day's midnight up to the midnight after the last
	Name     string    // "im Dezember 2026", for texts; empty: a single day, or from a session on

	day    bool
	week   bool
	weekly bool         // only sessions on this day of the week
	on     time.Weekday // of a weekly one
	first  bool         // it says so little that the first session of it is meant
}

// Zero reports whether no days are asked about.
func (p Period) Zero() bool { return p.From.IsZero() }

// OneDay reports whether a single day is asked about.
func (p Period) OneDay() bool { return p.day }

// readPeriod finds the days that a folded question names, seen from now, and returns the
// question without them; false: none. A day or month without its year is the next one
// that has not passed; a day without its month is one of the period spoken of before.
func readPeriod(folded string, now time.Time, before Period) (p Period, rest string, named bool) {
	today := midnight(now)
	p, at, named := firstOf(folded, today, before)
	rest = folded
	if named {
		rest = blanked(folded, at)
		if turn := turning.FindStringSubmatch(folded[:at[0]]); turn != nil {
			p = p.turned(turn[2], turn[1] != "", today)
			rest = blanked(rest, []int{at[0] - len(turn[0]), at[0]})
		}
	}
	if p.day {
		return p, weekday.ReplaceAllStringFunc(rest, spaces), true
	}
	return onWeekday(p, named, rest, today)
}

// turning are the words before a time that make a time before or after of it.
var turning = regexp.MustCompile(`\b(woche )?(vorm?|bis|nach|ab|seit)(?: (?:zu[mr]?|dem|den|der|die|an|am|im|ab|mein\w*|unser\w*|urlaub|ferien))*\s+$`)

// turned is the time before or after a period, as a word says: all of it, or one week.
func (p Period) turned(word string, oneWeek bool, today time.Time) Period {
	if oneWeek && (word == "vor" || word == "nach") {
		by := map[string]int{"vor": -1, "nach": 1}[word]
		return week(p.From, by, "")
	}
	word = strings.TrimSuffix(word, "m") // "vorm Urlaub am 14."
	switch word {
	case "vor", "bis":
		end := p.From
		if word == "bis" {
			end = p.To
		}
		return Period{From: today, To: end, Name: "bis " + dayText(end.AddDate(0, 0, -1))}
	case "nach", "ab", "seit":
		begin := p.From
		if word == "nach" {
			begin = p.To
		}
		return Period{From: begin, To: begin.AddDate(1, 0, 0), Name: "ab " + dayText(begin), first: true}
	}
	return p
}

func dayText(day time.Time) string {
	return fmt.Sprintf("%d. %s %d", day.Day(), months[day.Month()-1], day.Year())
}

// finder finds a time in a folded text, and where it stands.
type finder func(folded string, today time.Time, before Period) (Period, []int, bool)

// firstOf takes the first finder that finds something.
func firstOf(folded string, today time.Time, before Period) (Period, []int, bool) {
	for _, find := range []finder{findRange, findDay, findWeekNumber, findRelative, findAhead, findFeast, findDayOfMonth, findMonth} {
		if p, at, ok := find(folded, today, before); ok {
			return p, at, true
		}
	}
	return Period{}, nil, false
}

const (
	monthPattern = `(?:januar|janner|jan|februar|feber|feb|marz|mrz|april|apr|mai|juni|jun|juli|jul|august|aug|september|sept|sep|oktober|okt|november|nov|dezember|dez)`
	dayPattern   = `(?:(\d{1,2})(?:\.|ten|ter|te)? ?` + monthPattern + `\b\.?(?: (\d{4}))?|(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?(\d{4}|\d{2})\b)?|(\d{4})-(\d{2})-(\d{2}))`
)

var (
	dayNamed   = regexp.MustCompile(`\b` + dayPattern)
	monthNamed = regexp.MustCompile(`\b(?:(anfang|mitte|ende) )?(` + monthPattern + `)\b\.?(?: (\d{4}))?`)
	weekOf     = regexp.MustCompile(`\b(erste|zweite|dritte|vierte|letzte)[nr]? (?:woche (?:im |des |in )?(` + monthPattern + `)s?\b|(` + monthPattern + `)woche\b)`)
	partOfYear = regexp.MustCompile(`\b(1|2|3|4|erste|zweite|dritte|vierte|letzte|nachste|kommende)[nsrm]?\.? (halbjahr|quartal)\b(?: (20\d\d))?`)
	monthSlash = regexp.MustCompile(`\b(\d{1,2})/(\d{4})\b`)
	yearNamed  = regexp.MustCompile(`\b(20\d\d)\b`)
	dayOnly    = regexp.MustCompile(`\b(?:am|den|der|vom|dem) (\d{1,2})(?:\.|ten|te)(?:\s|\W|$)`)
	rangeNamed = regexp.MustCompile(`\b(?:vom |zwischen (?:dem )?)?(\d{1,2})\.?(?: ?` + monthPattern + `\b| ?\d{1,2}\.)? ?(?:bis(?: zum)?|und(?: dem)?|-|–) ?(` + dayPattern + `)`)
)

func findRange(folded string, today time.Time, _ Period) (Period, []int, bool) {
	at := rangeNamed.FindStringSubmatchIndex(folded)
	if at == nil {
		return Period{}, nil, false
	}
	last, ok := dayOf(folded[at[4]:at[5]], today)
	if !ok {
		return Period{}, nil, false
	}
	text := folded[at[0]:at[4]]
	first, ok := dayOf(strings.TrimLeft(dayNamed.FindString(text), " "), today)
	if !ok {
		number, _ := strconv.Atoi(folded[at[2]:at[3]])
		first = time.Date(last.Year(), last.Month(), number, 0, 0, 0, 0, last.Location())
	}
	if first.After(last) {
		return Period{}, nil, false
	}
	return Period{From: first, To: last.AddDate(0, 0, 1), Name: "vom " + dayText(first) + " bis " + dayText(last)}, at[:2], true
}

func findDay(folded string, today time.Time, _ Period) (Period, []int, bool) {
	at := dayNamed.FindStringIndex(folded)
	if at == nil {
		return Period{}, nil, false
	}
	day, ok := dayOf(folded[at[0]:at[1]], today)
	return oneDay(day), at, ok
}

// dayOf reads a day as dayPattern finds it. Without its year it is the next one that has
// not passed; no calendar has a 31 February.
func dayOf(text string, today time.Time) (time.Time, bool) {
	m := dayNamed.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	var year, month, day int
	switch {
	case m[1] != "":
		day, year = number(m[1]), number(m[2])
		month = german.Month(regexpMonth.FindString(text))
	case m[3] != "":
		day, month, year = number(m[3]), number(m[4]), number(m[5])
		if len(m[5]) == 2 {
			year += 2000
		}
	default:
		year, month, day = number(m[6]), number(m[7]), number(m[8])
	}
	if month < 1 || month > 12 {
		return time.Time{}, false
	}
	at := time.Date(max(year, today.Year()), time.Month(month), day, 0, 0, 0, 0, today.Location())
	if year != 0 {
		at = time.Date(year, time.Month(month), day, 0, 0, 0, 0, today.Location())
	}
	for next := 1; year == 0 && (at.Before(today) || at.Day() != day) && next <= leapYears; next++ {
		at = time.Date(today.Year()+next, time.Month(month), day, 0, 0, 0, 0, today.Location())
	}
	return at, at.Day() == day
}

// leapYears is how far ahead a 29 February may be.
const leapYears = 8

var regexpMonth = regexp.MustCompile(monthPattern)

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

var weekNumber = regexp.MustCompile(`\b(?:(?:kw|kalenderwoche|woche) ?(\d{1,2})|(\d{1,2})\. ?(?:kw|kalenderwoche))\b(?: (20\d\d))?`)

// findWeekNumber finds a week by its number as ISO 8601 counts them.
func findWeekNumber(folded string, today time.Time, _ Period) (Period, []int, bool) {
	m := weekNumber.FindStringSubmatch(folded)
	if m == nil {
		return Period{}, nil, false
	}
	wanted, year := number(m[1]+m[2]), number(m[3])
	if wanted < 1 || wanted > 53 {
		return Period{}, nil, false
	}
	thisYear, this := today.ISOWeek()
	if year == 0 {
		year = thisYear
		if wanted < this {
			year++
		}
	}
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, today.Location()) // always in the first week
	p := week(fourth, wanted-1, fmt.Sprintf("in Kalenderwoche %d", wanted))
	return p, weekNumber.FindStringIndex(folded), true
}

var ahead = regexp.MustCompile(`\bin (\d{1,2}|einem|einer|ein|zwei|drei|vier|funf|sechs|acht|zehn|vierzehn) (tag|tage|tagen|woche|wochen|monat|monate|monaten)\b`)

var numerals = map[string]int{"ein": 1, "eine": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "acht": 8, "zehn": 10, "vierzehn": 14}

func numeral(word string) int {
	if n, ok := numerals[word]; ok {
		return n
	}
	return number(word)
}

// findAhead finds a time that is told by how far it is: "in zwei Wochen". Of weeks the
// whole week is meant.
func findAhead(folded string, today time.Time, _ Period) (Period, []int, bool) {
	m := ahead.FindStringSubmatch(folded)
	if m == nil {
		return Period{}, nil, false
	}
	n, at := numeral(m[1]), ahead.FindStringIndex(folded)
	if strings.HasPrefix(m[2], "tag") && n != 8 && n%7 != 0 {
		return oneDay(today.AddDate(0, 0, n)), at, true
	}
	if strings.HasPrefix(m[2], "tag") {
		n /= 7 // "in acht Tagen" is in a week
	}
	if strings.HasPrefix(m[2], "monat") {
		return wholeMonth(firstOfMonth(today).AddDate(0, n, 0)), at, true
	}
	return week(today, n, ""), at, true
}

func findDayOfMonth(folded string, today time.Time, before Period) (Period, []int, bool) {
	at := dayOnly.FindStringSubmatchIndex(folded)
	if at == nil || strings.HasPrefix(dayNamed.FindString(folded[at[2]:]), folded[at[2]:at[3]]) {
		return Period{}, nil, false // none, or one that no month has ("am 31. Februar")
	}
	wanted, month := number(folded[at[2]:at[3]]), firstOfMonth(today)
	if before.To.After(today) {
		month = firstOfMonth(before.From)
	}
	for range 12 {
		day := month.AddDate(0, 0, wanted-1)
		if wanted > 0 && day.Month() == month.Month() && !day.Before(today) {
			return oneDay(day), []int{at[0], at[3]}, true
		}
		month = month.AddDate(0, 1, 0)
	}
	return Period{}, nil, false
}

// findMonth finds a month, a part of one, a season or a year.
func findMonth(folded string, today time.Time, _ Period) (Period, []int, bool) {
	if m := weekOf.FindStringSubmatch(folded); m != nil {
		return weekIn(monthOf(german.Month(m[2]+m[3]), 0, today), m[1]), weekOf.FindStringIndex(folded), true
	}
	if m := partOfYear.FindStringSubmatch(folded); m != nil {
		return monthsIn(m[1], m[2], number(m[3]), today), partOfYear.FindStringIndex(folded), true
	}
	if at := monthNamed.FindStringIndex(folded); at != nil {
		m := monthNamed.FindStringSubmatch(folded)
		return partOf(monthOf(german.Month(m[2]), number(m[3]), today), m[1]), at, true
	}
	if m := monthSlash.FindStringSubmatch(folded); m != nil && number(m[1]) >= 1 && number(m[1]) <= 12 {
		return monthOf(number(m[1]), number(m[2]), today), monthSlash.FindStringIndex(folded), true
	}
	if m := yearNamed.FindStringSubmatch(folded); m != nil {
		p := wholeYear(number(m[1]), today.Location())
		if today.After(p.From) && today.Before(p.To) {
			p.From = today
		}
		return p, yearNamed.FindStringIndex(folded), true
	}
	return Period{}, nil, false
}

func monthOf(month, year int, today time.Time) Period {
	if year == 0 {
		year = today.Year()
		if time.Month(month) < today.Month() {
			year++
		}
	}
	return wholeMonth(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, today.Location()))
}

// monthsIn is a half or a quarter of a year that a word counts, by default the next one
// that has not passed.
func monthsIn(nth, part string, year int, today time.Time) Period {
	length, name := 6, "Halbjahr"
	if part == "quartal" {
		length, name = 3, "Quartal"
	}
	this := (int(today.Month()) - 1) / length // counted from 0
	n, counted := map[string]int{"1": 0, "2": 1, "3": 2, "4": 3, "erste": 0, "zweite": 1, "dritte": 2, "vierte": 3, "letzte": 12/length - 1}[nth]
	if !counted {
		n = this + 1
	}
	if year == 0 {
		year = today.Year()
		if n < this {
			year++
		}
	}
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, today.Location()).AddDate(0, n*length, 0)
	return Period{From: first, To: first.AddDate(0, length, 0), Name: fmt.Sprintf("im %d. %s %d", (int(first.Month())-1)/length+1, name, first.Year())}
}

// weekIn are the seven days of a month that a word counts.
func weekIn(month Period, nth string) Period {
	n := slices.Index([]string{"erste", "zweite", "dritte", "vierte"}, nth)
	from := month.From.AddDate(0, 0, 7*n)
	if n < 0 {
		from = month.To.AddDate(0, 0, -7)
	}
	return weekFrom(from)
}

// partOf is the third of a month that a word names; empty: all of it.
func partOf(month Period, part string) Period {
	switch part {
	case "anfang":
		month.To = month.From.AddDate(0, 0, 10)
	case "mitte":
		month.From, month.To = month.From.AddDate(0, 0, 10), month.From.AddDate(0, 0, 20)
	case "ende":
		month.From = month.From.AddDate(0, 0, 20)
	default:
		return month
	}
	month.Name = part + strings.TrimPrefix(month.Name, "im")
	month.Name = strings.ToUpper(month.Name[:1]) + month.Name[1:]
	return month
}

var weekday = regexp.MustCompile(`\b(?:(am|an|diesen|kommenden|nachsten|jeden|alle|immer|den) )?(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)(s|e|en)?(?: ?(?:vormittag|nachmittag|abend|mittag|fruh|morgen))?(s)?\b`)

var weekdays = map[string]time.Weekday{
	"montag": time.Monday, "dienstag": time.Tuesday, "mittwoch": time.Wednesday, "donnerstag": time.Thursday, "freitag": time.Friday,
	"samstag": time.Saturday, "sonnabend": time.Saturday, "sonntag": time.Sunday,
}

// weeksAhead is how far ahead a session on a day of the week is looked for.
const weeksAhead = 10

// onWeekday narrows a time to the day of the week that a question names; where it names
// no other time, that is the next such day, or all of them ("dienstags").
func onWeekday(p Period, named bool, folded string, today time.Time) (Period, string, bool) {
	m := weekday.FindStringSubmatch(folded)
	if m == nil {
		return p, folded, named
	}
	rest := weekday.ReplaceAllStringFunc(folded, spaces)
	day, weekly := weekdays[m[2]], m[3] != "" || m[4] != "" || m[1] == "jeden" || m[1] == "alle" || m[1] == "immer"
	switch {
	case p.week:
		return oneDay(nextWeekday(p.From, day)), rest, true
	case named:
		p.weekly, p.on = true, day
		return p, rest, true
	case weekly:
		return Period{From: today, To: today.AddDate(0, 0, 7*weeksAhead), Name: m[2] + "s", weekly: true, on: day, first: true}, rest, true
	}
	return oneDay(nextWeekday(today, day)), rest, true
}

func spaces(s string) string { return strings.Repeat(" ", len(s)) }

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func oneDay(day time.Time) Period { return Period{From: day, To: day.AddDate(0, 0, 1), day: true} }

func wholeMonth(first time.Time) Period {
	return Period{From: first, To: first.AddDate(0, 1, 0), Name: "im " + months[first.Month()-1] + first.Format(" 2006")}
}

var months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// relative are periods seen from today, on folded text.
var relative = []struct {
	said   *regexp.Regexp
	period func(today time.Time) Period
}{
	{regexp.MustCompile(`\bzwischen (?:den (?:jahren|feiertagen)|weihnachten und (?:neujahr|silvester|dreikonig))\b`), func(t time.Time) Period {
		first := comingDay(t, time.December, 24)
		if t.Month() == time.January && t.Day() <= 6 || t.Month() == time.December && t.Day() > 24 {
			first = time.Date(t.AddDate(0, 0, -7).Year(), time.December, 24, 0, 0, 0, 0, t.Location())
		}
		return Period{From: first, To: first.AddDate(0, 0, 9), Name: "zwischen den Jahren"}
	}},
	{regexp.MustCompile(`\b(?:weihnachtswoche|heiligabendwoche)\b`), func(t time.Time) Period {
		return week(comingDay(t, time.December, 24), 0, "in der Weihnachtswoche")
	}},
	{regexp.MustCompile(`\bubermorgen\b`), func(t time.Time) Period { return oneDay(t.AddDate(0, 0, 2)) }},
	{regexp.MustCompile(`\b(?:heute|heut|gerade jetzt|jetzt gerade)\b`), oneDay},
	{regexp.MustCompile(`\bmorgen\b`), func(t time.Time) Period { return oneDay(t.AddDate(0, 0, 1)) }},
	{regexp.MustCompile(`\bgestern\b`), func(t time.Time) Period { return oneDay(t.AddDate(0, 0, -1)) }},
	{regexp.MustCompile(`\bubernachste[rn]? woche\b`), func(t time.Time) Period { return week(t, 2, "in der übernächsten Woche") }},
	{regexp.MustCompile(`\b(?:nachste[rn]?|kommende[rn]?) woche\b`), func(t time.Time) Period { return week(t, 1, "in der nächsten Woche") }},
	{regexp.MustCompile(`\b(?:diese[rn]?|laufende[rn]?) wochen?\b`), func(t time.Time) Period { return week(t, 0, "in dieser Woche") }},
	{regexp.MustCompile(`\b(?:letzte[rn]?|vorige[rn]?|vergangene[rn]?) woche\b`), func(t time.Time) Period { return week(t, -1, "in der letzten Woche") }},
	{regexp.MustCompile(`\bubernachste[nms]? monat\b`), func(t time.Time) Period { return wholeMonth(firstOfMonth(t).AddDate(0, 2, 0)) }},
	{regexp.MustCompile(`\b(?:nachste[nms]?|kommende[nms]?) monat\b`), func(t time.Time) Period { return wholeMonth(firstOfMonth(t).AddDate(0, 1, 0)) }},
	{regexp.MustCompile(`\b(?:diese[nms]?|laufende[nms]?) monat\b`), func(t time.Time) Period { return wholeMonth(firstOfMonth(t)) }},
	{regexp.MustCompile(`\bneue[nms]? jahr(?:es)?\b`), func(t time.Time) Period {
		p := wholeYear(t.Year()+1, t.Location())
		p.first = true
		return p
	}},
	{regexp.MustCompile(`\b(?:nachste[snm]?|kommende[snm]?) jahr\b`), func(t time.Time) Period { return wholeYear(t.Year()+1, t.Location()) }},
	{regexp.MustCompile(`\b(?:(?:diese[snm]?|laufende[snm]?|heuer|alte[snm]?) jahr|heuer)\b`), func(t time.Time) Period {
		p := wholeYear(t.Year(), t.Location())
		p.From = t
		return p
	}},
	{regexp.MustCompile(`\bwochenende\b`), func(t time.Time) Period {
		return Period{From: nextWeekday(t, time.Saturday), To: nextWeekday(t, time.Saturday).AddDate(0, 0, 2), Name: "am Wochenende"}
	}},
}

func findRelative(folded string, today time.Time, before Period) (Period, []int, bool) {
	for _, r := range relative {
		if at := r.said.FindStringIndex(folded); at != nil {
			return r.period(today), at, true
		}
	}
	at := weekAfter.FindStringIndex(folded)
	if at == nil && before.week {
		at = oneFurther.FindStringIndex(folded)
	}
	if at != nil && !before.Zero() {
		return week(before.From, 1, ""), at, true
	}
	return Period{}, nil, false
}

// oneFurther is the week after the one that was spoken of.
var (
	oneFurther = regexp.MustCompile(`\b(?:ubernachste[rn]?|(?:die|der) (?:danach|drauf))\b`)
	weekAfter  = regexp.MustCompile(`\b(?:in )?(?:die|der|eine) woche (?:danach|drauf|darauf|spater)\b`)
)

func firstOfMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

// week is so many weeks ahead of the one that a day is in; without a name it has that of
// its Monday.
func week(day time.Time, ahead int, name string) Period {
	p := weekFrom(day.AddDate(0, 0, -(int(day.Weekday())+6)%7+7*ahead))
	p.Name = cmp.Or(name, p.Name)
	return p
}

func weekFrom(first time.Time) Period {
	return Period{From: first, To: first.AddDate(0, 0, 7), Name: "in der Woche ab " + dayText(first), week: true}
}

func wholeYear(year int, zone *time.Location) Period {
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, zone)
	return Period{From: first, To: first.AddDate(1, 0, 0), Name: "im Jahr " + first.Format("2006")}
}

// nextWeekday is a day or the first such day of the week after it.
func nextWeekday(from time.Time, day time.Weekday) time.Time {
	return from.AddDate(0, 0, (int(day)-int(from.Weekday())+7)%7)
}

// comingDay is the next such day that has not passed.
func comingDay(today time.Time, month time.Month, day int) time.Time {
	at := time.Date(today.Year(), month, day, 0, 0, 0, 0, today.Location())
	if at.Before(today) {
		at = at.AddDate(1, 0, 0)
	}
	return at
}
