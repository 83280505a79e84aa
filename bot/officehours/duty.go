package officehours

import "time"

// Duty says who of the hosts is on duty: one a week, in turn, from Monday on.
type Duty struct {
	Hosts []string // user names, in order; empty: nobody
	Zone  *time.Location
}

// firstMonday is where the turns are counted from.
var firstMonday = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// On returns the user name of the host on duty at a moment; empty: nobody.
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
	return d.Hosts[((week%n)+n)%n]
}
