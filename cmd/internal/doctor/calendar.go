package doctor

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/ics"
	"lvr.example/sprechstunde/cmd/internal/house"
)

func (r *round) examineCalendar(ctx context.Context) []Finding {
	own, err := house.Of(r.site.Config)
	if err != nil {
		return broken("calendar", err, "correct the file that formats names")
	}
	if own.Feed.URL != "" {
		ctx, cancel := context.WithTimeout(ctx, neighbourTime)
		defer cancel()
		feed := ics.NewFeed(ics.FeedConfig{URL: own.Feed.URL, HTTP: r.site.HTTP, Calendar: own.Calendar, Now: r.site.Now})
		if err := feed.Refresh(ctx); err != nil {
			return []Finding{{"calendar", StateWarning, err.Error(), "correct calendar.url in the file that formats names, or the calendar there; a running bot keeps the dates it has"}}
		}
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
