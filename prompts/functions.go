package prompts

import (
	"fmt"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"
)

// functions are what a text may call besides what text/template has.
var functions = template.FuncMap{
	"und":       And,                                                // {{und .Words}}: "a, b und c"
	"oder":      Or,                                                 // {{oder .Words}}: "a, b oder c"
	"nummer":    Number,                                             // {{nummer $i}}: 1 for the first, which has the index 0
	"anzahl":    Count,                                              // {{anzahl .Votes "Stimme" "Stimmen"}}: "1 Stimme", "3 Stimmen"
	"satz":      Sentence,                                           // {{satz "zur Dauer"}}: "Zur Dauer"
	"datum":     Day,                                                // {{datum .At}}: "Donnerstag, 5. März 2026"
	"uhrzeit":   Clock,                                              // {{uhrzeit .At}}: "14:00 Uhr"
	"wochentag": func(d time.Weekday) string { return weekdays[d] }, // {{wochentag .Day}}: "Donnerstag"
	"zeit":      Time,                                               // {{zeit .At}}: "14:00"
	"kurz":      ShortDay,                                           // {{kurz .At}}: "05.03.2026"
	"wann":      Session,                                            // {{wann .At}}: "Donnerstag, 5. März 2026, 14:00 Uhr"
}

// And joins words as German does: "a, b und c".
func And(words []string) string { return joined(words, " und ") }

// Or joins words as German does: "a, b oder c".
func Or(words []string) string { return joined(words, " oder ") }

func joined(words []string, last string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + last + words[n]
}

// Count says how many there are of something, by its singular or its plural.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// Sentence begins a sentence with words: its first letter is a capital.
func Sentence(words string) string {
	r, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(r)) + words[size:]
}

// Number is the number of the element with an index, counted from 1.
func Number(index int) int { return index + 1 }

var (
	weekdays = [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}
	months   = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
)

// Day says a day with its weekday, in the time's own location.
func Day(t time.Time) string {
	return fmt.Sprintf("%s, %d. %s %d", weekdays[t.Weekday()], t.Day(), months[t.Month()-1], t.Year())
}

// ShortDay says a day in figures, in the time's own location.
func ShortDay(t time.Time) string { return t.Format("02.01.2006") }

// Clock says a time of day, in the time's own location.
func Clock(t time.Time) string { return t.Format("15:04") + " Uhr" }

// Time is Clock without its unit, as in "14:00 bis 15:00 Uhr".
func Time(t time.Time) string { return t.Format("15:04") }

// Session says day and time of a session, in the time's own location.
func Session(t time.Time) string { return Day(t) + ", " + Clock(t) }
