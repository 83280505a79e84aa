package officehours

import (
	"time"

	"github.com/teambition/rrule-go"
)

// Rhythm is how often a format meets, where that can be said in one sentence. The zero
// Rhythm: it cannot.
type Rhythm struct {
	Every   int          // so many weeks, or months
	Monthly bool         // else weekly
	Day     time.Weekday // on which it meets
	Nth     int          // of the month the first, second …, or -1 the last such day; 0: of weeks
}

// Rhythm reads the format's schedule.
func (f Format) Rhythm() Rhythm {
	set, err := rrule.StrSliceToRRuleSetInLoc(lines(f.Schedule), time.UTC)
	if err != nil || set.GetRRule() == nil {
		return Rhythm{}
	}
	o := set.GetRRule().OrigOptions
	if len(o.Byweekday) != 1 || len(o.Bymonth)+len(o.Bymonthday)+len(o.Bysetpos) > 0 {
		return Rhythm{}
	}
	on := o.Byweekday[0]
	r := Rhythm{Every: max(1, o.Interval), Day: time.Weekday((on.Day() + 1) % 7), Nth: on.N()}
	switch {
	case o.Freq == rrule.WEEKLY && r.Nth == 0:
		return r
	case o.Freq == rrule.MONTHLY && r.Nth != 0:
		r.Monthly = true
		return r
	}
	return Rhythm{}
}
