package declared

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Dates as German documents write them. A month alone is its first day where
// something begins, its last where something ends.
const (
	monthNames = `Januar|Jänner|Jan\.|Februar|Feber|Feb\.|März|Mrz\.|April|Apr\.|Mai|Juni|Jun\.|Juli|Jul\.|August|Aug\.|September|Sept\.|Sep\.|Oktober|Okt\.|November|Nov\.|Dezember|Dez\.`
	datePart   = `(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.\s?(?:` + monthNames + `)\s+\d{4}|(?:Anfang\s+|Ende\s+)?(?:` + monthNames + `)\s+\d{4}|\d{2}/\d{4}|Ende\s+\d{4})`
	// shortPart lacks the year, which the end of a range gives.
	shortPart = `(?:\d{1,2}\.\s?\d{1,2}\.|\d{1,2}\.\s?(?:` + monthNames + `))`
)

var (
	isoDate   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	digitDate = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$`)
	wordDate  = regexp.MustCompile(`(?i)^(\d{1,2})\.\s?(` + monthNames + `)\s+(\d{4})$`)
	monthDate = regexp.MustCompile(`(?i)^(?:(?:Anfang|Ende)\s+)?(` + monthNames + `)\s+(\d{4})$`)
	slashDate = regexp.MustCompile(`^(\d{2})/(\d{4})$`)
	yearEnd   = regexp.MustCompile(`(?i)^Ende\s+(\d{4})$`)
)

// months by the first three letters of their folded names.
var months = map[string]time.Month{
	"jan": time.January, "feb": time.February, "mar": time.March, "mrz": time.March, "apr": time.April, "mai": time.May, "jun": time.June,
	"jul": time.July, "aug": time.August, "sep": time.September, "okt": time.October, "nov": time.November, "dez": time.December,
}

func monthOf(name string) time.Month { return months[german.Fold(name)[:3]] }

// parseDate reads what datePart matched; last asks for the last day that it
// may mean. Days that no calendar has are not dates.
func parseDate(text string, last bool) (retrieval.Date, bool) {
	text = strings.Join(strings.Fields(text), " ")
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return dayOf(m[1], time.Month(number(m[2])), m[3])
	}
	if m := digitDate.FindStringSubmatch(text); m != nil {
		return dayOf(m[3], time.Month(number(m[2])), m[1])
	}
	if m := wordDate.FindStringSubmatch(text); m != nil {
		return dayOf(m[3], monthOf(m[2]), m[1])
	}
	if m := yearEnd.FindStringSubmatch(text); m != nil {
		return retrieval.Date{Year: number(m[1]), Month: time.December, Day: 31}, last
	}
	year, month := 0, time.Month(0)
	if m := monthDate.FindStringSubmatch(text); m != nil {
		year, month = number(m[2]), monthOf(m[1])
	} else if m := slashDate.FindStringSubmatch(text); m != nil {
		year, month = number(m[2]), time.Month(number(m[1]))
	}
	switch {
	case month < time.January || month > time.December || !isYear(year):
		return retrieval.Date{}, false
	case last:
		return monthEnd(year, month), true
	}
	return retrieval.Date{Year: year, Month: month, Day: 1}, true
}

// parseShort reads a day that lacks its year.
func parseShort(text string, year int) (retrieval.Date, bool) {
	if date, ok := parseDate(text, false); ok {
		return date, true
	}
	joined := strings.TrimRight(text, " ")
	if !strings.HasSuffix(joined, ".") {
		joined += " "
	}
	return parseDate(joined+strconv.Itoa(year), false)
}

func dayOf(year string, month time.Month, day string) (retrieval.Date, bool) {
	date := retrieval.Date{Year: number(year), Month: month, Day: number(day)}
	exists := retrieval.DateOf(time.Date(date.Year, month, date.Day, 0, 0, 0, 0, time.UTC)) == date
	return date, exists && isYear(date.Year)
}

// isYear keeps out what only looks like a year.
func isYear(year int) bool { return year >= 1900 && year < 2200 }

// number reads digits that a pattern already matched.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
