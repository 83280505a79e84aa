package extract

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// GermanNumber writes a number as office programs show it in Germany where
// nothing says how: up to 15 digits, a comma before the decimals, no dots.
func GermanNumber(value float64) string {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return ""
	}
	size := math.Abs(value)
	if size != 0 && (size < 1e-9 || size >= 1e15) {
		text := strconv.FormatFloat(value, 'E', 5, 64)
		mantissa, exponent, _ := strings.Cut(text, "E")
		return strings.ReplaceAll(strings.TrimRight(strings.TrimRight(mantissa, "0"), "."), ".", ",") + "E" + exponent
	}
	decimals := 10
	if size >= 1 {
		decimals = max(0, 14-int(math.Log10(size)))
		decimals = min(decimals, 10)
	}
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return strings.ReplaceAll(text, ".", ",")
}

// GermanFixed writes a number with so many decimals, in groups of three with dots
// if grouped.
func GermanFixed(value float64, decimals int, grouped bool) string {
	const mostDecimals = 30
	text := strconv.FormatFloat(roundHalfUp(value, decimals), 'f', min(max(decimals, 0), mostDecimals), 64)
	whole, rest, _ := strings.Cut(text, ".")
	if grouped {
		whole = groupThree(whole)
	}
	if rest != "" {
		whole += "," + rest
	}
	return whole
}

// roundHalfUp rounds as spreadsheets do: 2.675 is 2.68, though the machine's
// number lies below.
func roundHalfUp(value float64, decimals int) float64 {
	if decimals < 0 || decimals > 12 || math.Abs(value) > 1e15 {
		return value
	}
	scale := math.Pow(10, float64(decimals))
	scaled := math.Abs(value) * scale
	return math.Copysign(math.Floor(scaled+0.5+scaled*1e-15), value) / scale
}

func groupThree(whole string) string {
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var parts []string
	for len(whole) > 3 {
		parts = append([]string{whole[len(whole)-3:]}, parts...)
		whole = whole[:len(whole)-3]
	}
	return sign + strings.Join(append([]string{whole}, parts...), ".")
}

// GermanTruth writes a truth value.
func GermanTruth(value bool) string {
	if value {
		return "WAHR"
	}
	return "FALSCH"
}

// GermanDate writes a day, with the time unless it is midnight.
func GermanDate(at time.Time) string {
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
		return at.Format("02.01.2006")
	}
	if at.Second() == 0 {
		return at.Format("02.01.2006 15:04")
	}
	return at.Format("02.01.2006 15:04:05")
}

// ParseISODate reads a date, or date and time, as office files write it.
func ParseISODate(text string) (time.Time, bool) {
	text = strings.TrimSuffix(strings.TrimSpace(text), "Z")
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// Names of months and days, long and short, as German office programs write them.
var (
	GermanMonths      = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
	GermanShortMonths = [...]string{"Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"}
	GermanDays        = [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}
	GermanShortDays   = [...]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"}
)
