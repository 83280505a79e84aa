package declared

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Dates as documents declare them. A month alone is its first day where
// something begins, its last where something ends.
const datePart = `(?:` + german.DayPattern + `|(?:(?:Anfang|Ende)\s+)?` + german.WholeMonthPattern + `|Ende\s+\d{4})`

var edge = regexp.MustCompile(`(?i)^(?:Anfang|(Ende))\s+`)

// parseDate reads what datePart matched; last asks for the last day that it
// may mean. The end of a year is a day only there.
func parseDate(text string, last bool) (retrieval.Date, bool) {
	text = strings.TrimSpace(text)
	atEnd := edge.FindStringSubmatch(text)
	if atEnd != nil {
		text = text[len(atEnd[0]):]
	}
	m, ok := german.ParseMoment(text)
	if !ok || !isYear(m.Year) || m.Month == 0 && (atEnd == nil || !last) {
		return retrieval.Date{}, false
	}
	begin, end, ok := retrieval.Days(m)
	if last {
		return end, ok
	}
	return begin, ok
}

// parseShort reads a day that may lack its year.
func parseShort(text string, year int) (retrieval.Date, bool) {
	m, ok := german.ParseMoment(text)
	if !ok || m.Year != 0 {
		return parseDate(text, false)
	}
	m.Year = year
	day, _, exists := retrieval.Days(m)
	return day, exists && m.Day != 0 && isYear(year)
}

// isYear keeps out what only looks like a year.
func isYear(year int) bool { return year >= 1900 && year < 2200 }
