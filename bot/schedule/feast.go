package schedule

import (
	"regexp"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
)

// findFeast finds a day that people call by its name, the next one that has not
// passed, or that of a year named behind it.
func findFeast(folded string, today time.Time, _ Period) (Period, []int, bool) {
	for _, f := range feasts {
		from := strings.Index(folded, f.name)
		if from < 0 {
			continue
		}
		to := from + len(f.name)
		if m := yearBehind.FindStringSubmatchIndex(folded[to:]); m != nil {
			year := number(folded[to+m[2] : to+m[3]])
			return oneDay(f.in(year, today.Location())), []int{from, to + m[1]}, true
		}
		day := f.in(today.Year(), today.Location())
		if day.Before(today) {
			day = f.in(today.Year()+1, today.Location())
		}
		return oneDay(day), []int{from, to}, true
	}
	return Period{}, nil, false
}

var yearBehind = regexp.MustCompile(`^ (20\d\d)\b`)

// feasts by a part of their folded names, longer ones first where one holds another.
var feasts = []struct {
	name string
	in   func(year int, zone *time.Location) time.Time
}{
	{"heiligabend", fixed(time.December, 24)}, {"heilig abend", fixed(time.December, 24)}, {"heiliger abend", fixed(time.December, 24)},
	{"heiligen abend", fixed(time.December, 24)}, {"2. weihnacht", fixed(time.December, 26)}, {"zweiten weihnacht", fixed(time.December, 26)}, {"2. feiertag", fixed(time.December, 26)},
	{"zweiten feiertag", fixed(time.December, 26)}, {"1. weihnacht", fixed(time.December, 25)}, {"ersten weihnacht", fixed(time.December, 25)}, {"bettag", asCounted(de.BussUndBettag)}, {"weihnachten", fixed(time.December, 25)}, {"silvester", fixed(time.December, 31)},
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
	return asCounted(&cal.Holiday{Offset: days, Func: cal.CalcEasterOffset})
}

// asCounted is a day as the library counts it that has the public holidays.
func asCounted(h *cal.Holiday) func(int, *time.Location) time.Time {
	return func(year int, zone *time.Location) time.Time {
		day := h.Func(h, year)
		return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
	}
}
