package doctor

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/cmd/internal/house"
)

func (r *round) examineCalendar(context.Context) []Finding {
	own, err := house.Of(r.site.Config)
	if err != nil {
		return broken("calendar", err, "correct the file that formats names")
	}
	formats := own.Calendar.Formats()
	if len(formats) == 0 {
		return []Finding{{"calendar", StateWarning, "no formats: open questions cannot be led to a date", "set formats to a file like examples/musterland/formats.yaml"}}
	}
	for _, f := range formats {
		if _, found := own.Calendar.Next(f.ID, r.site.Now()); !found {
			return []Finding{{"calendar", StateWarning, "format " + f.ID + " has no date any more", "renew its schedule"}}
		}
	}
	return ok("calendar", fmt.Sprintf("%d formats with dates to come", len(formats)))
}
