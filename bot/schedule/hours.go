package schedule

import (
	"regexp"
	"slices"

	"lvr.example/sprechstunde/bot/officehours"
)

// Hours is a time of day that is asked about. The zero value is any.
type Hours struct {
	Name     string // "nachmittags", for texts
	from, to int    // minutes of the day within which sessions begin; to is not among them
}

func (h Hours) any() bool { return h == Hours{} }

// daytimes are times of day as people name them, on folded text. "Morgen" alone is a day.
var daytimes = []struct {
	said  *regexp.Regexp
	hours Hours
}{
	{regexp.MustCompile(`\b(?:vormittags?|morgens|fruhmorgens|fruhs|am morgen|in der fruh|fruh)\b`), Hours{"vormittags", 0, 12 * 60}},
	{regexp.MustCompile(`\bmittag\w*\b`), Hours{"mittags", 11 * 60, 14 * 60}},
	{regexp.MustCompile(`\bnachmittags?\b`), Hours{"nachmittags", 13 * 60, 18 * 60}},
	{regexp.MustCompile(`\babends?\b`), Hours{"abends", 17 * 60, 24 * 60}},
	{regexp.MustCompile(`\bnach (?:dem |der )?(?:feierabend|arbeit|dienst|dienstschluss|dienstende|buroschluss|schicht)\b`), Hours{"nach Feierabend", 17 * 60, 24 * 60}},
	{regexp.MustCompile(`\bvor (?:dem |der )?(?:arbeit|dienstbeginn|arbeitsbeginn|dienst)\b`), Hours{"vor Dienstbeginn", 0, 8 * 60}},
}

// readHours finds a time of day in a folded text, and the text without it.
func readHours(folded string) (h Hours, rest string) {
	for _, d := range daytimes {
		if at := d.said.FindStringIndex(folded); at != nil {
			return d.hours, blanked(folded, at)
		}
	}
	return Hours{}, folded
}

// within are the sessions that begin in these hours.
func (h Hours) within(sessions []officehours.Session) []officehours.Session {
	return slices.DeleteFunc(slices.Clone(sessions), func(s officehours.Session) bool {
		minute := s.At.Hour()*60 + s.At.Minute()
		return !h.any() && (minute < h.from || minute >= h.to)
	})
}
