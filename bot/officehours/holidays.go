package officehours

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
)

// lands are the public holidays by Land, ISO 3166-2:DE without "DE-".
var lands = map[string][]*cal.Holiday{
	"BW": de.HolidaysBW, "BY": de.HolidaysBY, "BE": de.HolidaysBE, "BB": de.HolidaysBB, "HB": de.HolidaysHB, "HH": de.HolidaysHH,
	"HE": de.HolidaysHE, "MV": de.HolidaysMV, "NI": de.HolidaysNI, "NW": de.HolidaysNW, "RP": de.HolidaysRP, "SL": de.HolidaysSL,
	"SN": de.HolidaysSN, "ST": de.HolidaysST, "SH": de.HolidaysSH, "TH": de.HolidaysTH,
}

// WithHolidays returns the calendar without the sessions on public holidays of a
// Land ("NW"). Empty: no day is a holiday.
func (c *Calendar) WithHolidays(land string) (*Calendar, error) {
	if land == "" {
		return c, nil
	}
	holidays, known := lands[strings.ToUpper(land)]
	if !known {
		return nil, fmt.Errorf("calendar: holidays: %q is no Land; put one of %s there", land, strings.Join(slices.Sorted(maps.Keys(lands)), ", "))
	}
	with := *c
	with.holidays = &cal.Calendar{Name: land}
	with.holidays.AddHoliday(holidays...)
	return &with, nil
}

// Holiday returns the name of the public holiday that a day is; empty: it is none.
func (c *Calendar) Holiday(day time.Time) string {
	if c.holidays == nil {
		return ""
	}
	if actual, _, holiday := c.holidays.IsHoliday(day); actual {
		return holiday.Name
	}
	return ""
}
