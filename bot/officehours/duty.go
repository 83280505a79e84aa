package officehours

import (
	"fmt"
	"strings"
	"time"
)

// Duty says who of the hosts is on duty: one a week, in turn, from Monday on. For one
// who is away the next in turn stands in.
type Duty struct {
	Hosts  []string // user names, in order; empty: nobody
	Absent []Absence
	Zone   *time.Location
}

// Absence is when a host is away, both days included.
type Absence struct {
	Host     string
	From, To string // "2006-01-02"
}

// ParseAbsences reads "heide.host 2026-03-02 2026-03-13" each; one day may stand alone.
func ParseAbsences(lines []string) (absences []Absence, err error) {
	for _, line := range lines {
		words := strings.Fields(line)
		if len(words) == 2 {
			words = append(words, words[1])
		}
		if len(words) != 3 || words[2] < words[1] {
			return nil, fmt.Errorf("%q: write a user name, the first and the last day, like heide.host 2026-03-02 2026-03-13", line)
		}
		for _, day := range words[1:] {
			if _, err := time.Parse(dayLayout, day); err != nil {
				return nil, fmt.Errorf("%q: %q is no day like 2026-03-02", line, day)
			}
		}
		absences = append(absences, Absence{words[0], words[1], words[2]})
	}
	return absences, nil
}

// away reports whether a host is away on a day.
func (d Duty) away(host, day string) bool {
	for _, a := range d.Absent {
		if strings.EqualFold(a.Host, host) && a.From <= day && day <= a.To {
			return true
		}
	}
	return false
}

// firstMonday is where the turns are counted from.
var firstMonday = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// On returns the user name of the host on duty at a moment; empty: nobody, or all are
// away.
func (d Duty) On(at time.Time) string {
	if len(d.Hosts) == 0 {
		return ""
	}
	if d.Zone != nil {
		at = at.In(d.Zone)
	}
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	days := int(day.Sub(firstMonday) / (24 * time.Hour))
	week := days / 7
	if days < 0 && days%7 != 0 {
		week--
	}
	n := len(d.Hosts)
	for i := range n {
		if host := d.Hosts[(((week+i)%n)+n)%n]; !d.away(host, day.Format(dayLayout)) {
			return host
		}
	}
	return ""
}
