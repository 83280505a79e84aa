package german

import (
	"regexp"
	"strings"
)

// Patterns of dates as German texts write them, for use inside larger ones with
// (?i). They hold no groups; what they match, ParseMoment reads.
const (
	// MonthPattern is a month by its name, shortened ones with their dot.
	MonthPattern = `(?:Januar|Jänner|Jan\.|Februar|Feber|Feb\.|März|Maerz|Mrz\.|April|Apr\.|Mai|Juni|Jun\.|Juli|Jul\.|August|Aug\.|September|Sept\.|Sep\.|Oktober|Okt\.|November|Nov\.|Dezember|Dez\.)`
	// DayPattern is a day with its year: 2026-03-01, 1.3.2026, 1. März 2026.
	DayPattern = `(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.\s?` + MonthPattern + `\s+\d{4})`
	// ShortDayPattern is a day without its year: 1.3. or 1. März.
	ShortDayPattern = `(?:\d{1,2}\.\s?\d{1,2}\.|\d{1,2}\.\s?` + MonthPattern + `)`
	// WholeMonthPattern is a month with its year: März 2026, 03/2026.
	WholeMonthPattern = `(?:` + MonthPattern + `\s+\d{4}|\d{1,2}/\d{4})`
)

// Moment is a date as it is written, with what it leaves out 0: the day of a
// month, the month of a year, or the year of a day.
type Moment struct{ Year, Month, Day int }

var (
	isoMoment   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	digitMoment = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?$`)
	namedMoment = regexp.MustCompile(`(?i)^(?:(\d{1,2})\.\s?)?(` + MonthPattern + `)(?:\s+(\d{4}))?$`)
	slashMoment = regexp.MustCompile(`^(\d{1,2})/(\d{4})$`)
	yearMoment  = regexp.MustCompile(`^(\d{4})$`)
)

// ParseMoment reads one date, and nothing beside it. A year of two digits is of
// this century. Whether a calendar has such a day is for the caller to say; a
// month that no year has is none.
func ParseMoment(text string) (Moment, bool) {
	text = strings.Join(strings.Fields(text), " ")
	m := Moment{}
	switch {
	case isoMoment.MatchString(text):
		f := isoMoment.FindStringSubmatch(text)
		m = Moment{atoi(f[1]), atoi(f[2]), atoi(f[3])}
	case digitMoment.MatchString(text):
		f := digitMoment.FindStringSubmatch(text)
		m = Moment{fullYear(f[3]), atoi(f[2]), atoi(f[1])}
	case namedMoment.MatchString(text):
		f := namedMoment.FindStringSubmatch(text)
		m = Moment{atoi(f[3]), Month(f[2]), atoi(f[1])}
	case slashMoment.MatchString(text):
		f := slashMoment.FindStringSubmatch(text)
		m = Moment{Year: atoi(f[2]), Month: atoi(f[1])}
	case yearMoment.MatchString(text):
		return Moment{Year: atoi(text)}, true
	}
	return m, m.Month >= 1 && m.Month <= 12
}

// fullYear reads a year of four or two digits; 0: there is none.
func fullYear(digits string) int {
	if len(digits) == 2 {
		return 2000 + atoi(digits)
	}
	return atoi(digits)
}

// Month returns the number of a month by its name or a short form of it, in any
// case, with or without a dot; 0: it is none.
func Month(name string) int { return months[strings.TrimSuffix(Fold(name), ".")] }

var months = map[string]int{
	"januar": 1, "janner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "marz": 3, "maerz": 3, "mrz": 3, "april": 4, "apr": 4, "mai": 5,
	"juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10,
	"november": 11, "nov": 11, "dezember": 12, "dez": 12,
}
