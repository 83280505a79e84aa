package schedule

import (
	"regexp"
	"strings"
	"time"

	"lvr.example/sprechstunde/retrieval/german"
)

// Period is the days that are asked about, in the house's time zone.
type Period struct {
	From, To time.Time // from the first day's midnight up to the midnight after the last
	Name     string    // "im Dezember 2026", for texts; empty: a single day
}

// Zero reports whether no days are asked about.
func (p Period) Zero() bool { return p.From.IsZero() }

// OneDay reports whether a single day is asked about.
func (p Period) OneDay() bool { return !p.Zero() && p.Name == "" }

var (
	dayNamed   = regexp.MustCompile(`(?i)` + german.DayPattern + `|` + german.ShortDayPattern)
	monthNamed = regexp.MustCompile(`(?i)\b(` + german.WholeMonthPattern + `|` + german.MonthPattern + `)`)
)

// readPeriod finds the days that a question names, seen from now; false: none. A
// day or month without its year is the next one that has not passed.
func readPeriod(question string, now time.Time) (Period, bool) {
	today := midnight(now)
	folded := german.Fold(question)
	if m := dayNamed.FindString(question); m != "" {
		if day, ok := dayOf(m, today); ok {
			return oneDay(day), true
		}
	}
	if day, ok := feast(folded, today); ok {
		return oneDay(day), true
	}
	for _, r := range relative {
		if r.said.MatchString(folded) {
			return r.period(today), true
		}
	}
	if m := weekday.FindStringSubmatch(folded); m != nil {
		return oneDay(nextWeekday(today, weekdays[m[1]])), true
	}
	if m := monthNamed.FindString(question); m != "" {
		return monthOf(m, today)
	}
	return Period{}, false
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func oneDay(day time.Time) Period { return Period{From: day, To: day.AddDate(0, 0, 1)} }

func dayOf(text string, today time.Time) (time.Time, bool) {
	m, ok := german.ParseMoment(text)
	if !ok || m.Day == 0 {
		return time.Time{}, false
	}
	year := m.Year
	if year == 0 {
		year = today.Year()
	}
	day := time.Date(year, time.Month(m.Month), m.Day, 0, 0, 0, 0, today.Location())
	if m.Year == 0 && day.Before(today) {
		day = time.Date(year+1, time.Month(m.Month), m.Day, 0, 0, 0, 0, today.Location())
	}
	return day, day.Day() == m.Day // no calendar has a 31 February
}

func monthOf(text string, today time.Time) (Period, bool) {
	m, ok := german.ParseMoment(text)
	if !ok {
		return Period{}, false
	}
	year := m.Year
	if year == 0 {
		year = today.Year()
		if time.Month(m.Month) < today.Month() {
			year++
		}
	}
	return wholeMonth(time.Date(year, time.Month(m.Month), 1, 0, 0, 0, 0, today.Location())), true
}

func wholeMonth(first time.Time) Period {
	return Period{From: first, To: first.AddDate(0, 1, 0), Name: "im " + months[first.Month()-1] + first.Format(" 2006")}
}

var months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// relative are periods seen from today, on folded text.
var relative = []struct {
	said   *regexp.Regexp
	period func(today time.Time) Period
}{
	{regexp.MustCompile(`\bubermorgen\b`), func(t time.Time) Period { return oneDay(t.AddDate(0, 0, 2)) }},
	{regexp.MustCompile(`\b(?:heute|heut)\b`), oneDay},
	{regexp.MustCompile(`\b(?:morgen)\b`), func(t time.Time) Period { return oneDay(t.AddDate(0, 0, 1)) }},
	{regexp.MustCompile(`\b(?:ubernachste[rn]?) woche\b`), func(t time.Time) Period { return week(t, 2, "in der übernächsten Woche") }},
	{regexp.MustCompile(`\b(?:nachste[rn]?|kommende[rn]?) woche\b`), func(t time.Time) Period { return week(t, 1, "in der nächsten Woche") }},
	{regexp.MustCompile(`\b(?:diese[rn]?|laufende[rn]?) woche\b`), func(t time.Time) Period { return week(t, 0, "in dieser Woche") }},
	{regexp.MustCompile(`\b(?:nachste[nms]?|kommende[nms]?) monat\b`), func(t time.Time) Period { return wholeMonth(firstOfMonth(t).AddDate(0, 1, 0)) }},
	{regexp.MustCompile(`\b(?:diese[nms]?|laufende[nms]?) monat\b`), func(t time.Time) Period { return wholeMonth(firstOfMonth(t)) }},
	{regexp.MustCompile(`\b(?:nachste[sn]?|kommende[sn]?) jahr\b`), func(t time.Time) Period { return wholeYear(t.Year()+1, t.Location()) }},
	{regexp.MustCompile(`\b(?:dieses|diesem|heuer) jahr\b`), func(t time.Time) Period {
		p := wholeYear(t.Year(), t.Location())
		p.From = t
		return p
	}},
	{regexp.MustCompile(`\bzwischen den (?:jahren|feiertagen)\b`), func(t time.Time) Period {
		first := comingDay(t, time.December, 25)
		if t.Month() == time.January && t.Day() <= 6 {
			first = time.Date(t.Year()-1, time.December, 25, 0, 0, 0, 0, t.Location())
		}
		return Period{From: first, To: first.AddDate(0, 0, 8), Name: "zwischen den Jahren"}
	}},
}

func firstOfMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

func week(today time.Time, ahead int, name string) Period {
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7+7*ahead)
	return Period{From: monday, To: monday.AddDate(0, 0, 7), Name: name}
}

func wholeYear(year int, zone *time.Location) Period {
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, zone)
	return Period{From: first, To: first.AddDate(1, 0, 0), Name: "im Jahr " + first.Format("2006")}
}

var (
	weekday  = regexp.MustCompile(`\b(?:am|diesen|kommenden|nachsten) (montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b`)
	weekdays = map[string]time.Weekday{
		"montag": time.Monday, "dienstag": time.Tuesday, "mittwoch": time.Wednesday, "donnerstag": time.Thursday, "freitag": time.Friday,
		"samstag": time.Saturday, "sonnabend": time.Saturday, "sonntag": time.Sunday,
	}
)

// nextWeekday is today or the first such day after it.
func nextWeekday(today time.Time, day time.Weekday) time.Time {
	return today.AddDate(0, 0, (int(day)-int(today.Weekday())+7)%7)
}

// feast finds a day that people call by its name, the next one that has not
// passed.
func feast(folded string, today time.Time) (time.Time, bool) {
	for _, f := range feasts {
		if !strings.Contains(folded, f.name) {
			continue
		}
		day := f.in(today.Year(), today.Location())
		if day.Before(today) {
			day = f.in(today.Year()+1, today.Location())
		}
		return day, true
	}
	return time.Time{}, false
}

// feasts by a part of their folded names, longer ones first where one holds another.
var feasts = []struct {
	name string
	in   func(year int, zone *time.Location) time.Time
}{
	{"heiligabend", fixed(time.December, 24)}, {"heilig abend", fixed(time.December, 24)}, {"heiliger abend", fixed(time.December, 24)},
	{"heiligen abend", fixed(time.December, 24)}, {"weihnachten", fixed(time.December, 25)}, {"silvester", fixed(time.December, 31)},
	{"sylvester", fixed(time.December, 31)}, {"neujahr", fixed(time.January, 1)}, {"dreikonig", fixed(time.January, 6)},
	{"heilige drei konige", fixed(time.January, 6)}, {"nikolaus", fixed(time.December, 6)}, {"tag der deutschen einheit", fixed(time.October, 3)},
	{"tag der arbeit", fixed(time.May, 1)}, {"maifeiertag", fixed(time.May, 1)}, {"allerheiligen", fixed(time.November, 1)},
	{"reformationstag", fixed(time.October, 31)}, {"weiberfastnacht", fromEaster(-52)}, {"altweiber", fromEaster(-52)},
	{"rosenmontag", fromEaster(-48)}, {"veilchendienstag", fromEaster(-47)}, {"aschermittwoch", fromEaster(-46)},
	{"grundonnerstag", fromEaster(-3)}, {"karfreitag", fromEaster(-2)}, {"karsamstag", fromEaster(-1)}, {"ostermontag", fromEaster(1)},
	{"ostern", fromEaster(0)}, {"ostersonntag", fromEaster(0)}, {"himmelfahrt", fromEaster(39)}, {"vatertag", fromEaster(39)},
	{"pfingstmontag", fromEaster(50)}, {"pfingsten", fromEaster(49)}, {"fronleichnam", fromEaster(60)},
}

func fixed(month time.Month, day int) func(int, *time.Location) time.Time {
	return func(year int, zone *time.Location) time.Time { return time.Date(year, month, day, 0, 0, 0, 0, zone) }
}

func fromEaster(days int) func(int, *time.Location) time.Time {
	return func(year int, zone *time.Location) time.Time { return easter(year, zone).AddDate(0, 0, days) }
}

// easter is Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones,
// Butcher; J. Meeus, Astronomical Algorithms, chapter 8).
func easter(year int, zone *time.Location) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month, day := (h+l-7*m+114)/31, (h+l-7*m+114)%31+1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
}

// comingDay is the next such day that has not passed.
func comingDay(today time.Time, month time.Month, day int) time.Time {
	at := time.Date(today.Year(), month, day, 0, 0, 0, 0, today.Location())
	if at.Before(today) {
		at = at.AddDate(1, 0, 0)
	}
	return at
}
