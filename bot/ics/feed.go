package ics

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/retrieval/httperr"
)

// Limits of a calendar that is fetched.
const (
	mostBytes = 5 << 20
	fetchTime = 30 * time.Second // for all of the file
	seenBack  = 1                // years of past dates that are kept
	seenAhead = 3
)

// FeedConfig sets up a Feed. All fields are required but those with a default.
type FeedConfig struct {
	URL      string // of a calendar file; may hold a secret, and stands in no error
	HTTP     *http.Client
	Calendar *officehours.Calendar // that the dates are entered in
	Now      func() time.Time
	Patience time.Duration // for all of the file; defaults to 30 s
}

// Feed brings the dates of a calendar elsewhere into the house's own. Not for
// concurrent use.
type Feed struct {
	cfg           FeedConfig
	file          []byte // the last good one
	tag, modified string // of it
	day           string // that it was read on: its dates in sight change by the day
	seen          past   // in the last good one
}

// past is at what times each event has been, in order, by its key; the last one is
// where it is now.
type past map[string][]time.Time

// NewFeed returns a feed that has fetched nothing yet.
func NewFeed(cfg FeedConfig) *Feed {
	cfg.Patience = cmp.Or(cfg.Patience, fetchTime)
	return &Feed{cfg: cfg}
}

// Refresh asks for the calendar and enters its dates. After an error those of the
// last good one stand.
func (f *Feed) Refresh(ctx context.Context) error {
	file, header, err := f.fetch(ctx)
	if err != nil {
		return err
	}
	today := f.cfg.Now().Format(time.DateOnly)
	if today == f.day && bytes.Equal(file, f.file) {
		return nil
	}
	entered, seen, err := f.read(file)
	if err != nil {
		return err
	}
	f.cfg.Calendar.Enter(entered)
	f.seen = seen
	f.file, f.tag, f.modified, f.day = file, header.Get("ETag"), header.Get("Last-Modified"), today
	return nil
}

// read finds the dates of the house's formats: an event belongs to the one that its
// summary names, or else one of its categories. One that is at another time than its
// rule has it, or than in the files before, was moved; what was moved while no bot
// ran, and has no rule, is not known as that.
func (f *Feed) read(file []byte) (map[string]officehours.Entered, past, error) {
	now := f.cfg.Now()
	dates, err := Read(file, f.cfg.Calendar.Zone(), now.AddDate(-seenBack, 0, 0), now.AddDate(seenAhead, 0, 0))
	if err != nil {
		return nil, nil, err
	}
	entered, seen := map[string]officehours.Entered{}, past{}
	for _, d := range dates {
		format, known := f.cfg.Calendar.Named(d.Summary)
		if !known {
			format, known = f.cfg.Calendar.Named(d.Categories)
		}
		if !known {
			continue
		}
		e := entered[format.ID]
		if d.Off {
			e.CalledOff = append(e.CalledOff, d.At)
		} else {
			e.Sessions = append(e.Sessions, d.At)
			e.Topics = append(e.Topics, topicOf(format, d.Summary))
			seen[d.Key] = f.seen.and(d)
			for _, before := range seen[d.Key] {
				if !before.Equal(d.At) {
					e.Moved = append(e.Moved, officehours.Moved{From: before, To: d.At})
				}
			}
		}
		entered[format.ID] = e
	}
	if len(entered) == 0 {
		return nil, nil, errors.New("calendar file: no event names a format; write a format's name into the title or a category of its events")
	}
	return entered, seen, nil
}

// and are the times of an event with the one that it is at now.
func (p past) and(d Occurrence) []time.Time {
	times := p[d.Key]
	if len(times) == 0 && !d.Planned.IsZero() {
		times = []time.Time{d.Planned}
	}
	if len(times) == 0 || !times[len(times)-1].Equal(d.At) {
		times = append(slices.Clone(times), d.At)
	}
	return times
}

// fetch returns the file, or the last one where it has not changed.
func (f *Feed) fetch(ctx context.Context) ([]byte, http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, f.cfg.Patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.cfg.URL, nil)
	if err != nil {
		return nil, nil, errors.New("calendar: its address is none; write it like https://cloud.example/remote.php/dav/public-calendars/…?export")
	}
	request.Header.Set("Accept", "text/calendar")
	if f.file != nil && f.tag != "" {
		request.Header.Set("If-None-Match", f.tag)
	} else if f.file != nil && f.modified != "" {
		request.Header.Set("If-Modified-Since", f.modified)
	}
	response, err := f.cfg.HTTP.Do(request)
	if err != nil {
		return nil, nil, fmt.Errorf("fetch calendar: %w", httperr.WithoutAddress(err))
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && f.file != nil {
		return f.file, http.Header{"Etag": {f.tag}, "Last-Modified": {f.modified}}, nil
	}
	if response.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("fetch calendar: the server answers %s", response.Status)
	}
	file, err := io.ReadAll(io.LimitReader(response.Body, mostBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("fetch calendar: %w", httperr.WithoutAddress(err))
	}
	if len(file) > mostBytes {
		return nil, nil, fmt.Errorf("fetch calendar: more than %d MB; name a calendar of the formats alone", mostBytes>>20)
	}
	return file, response.Header, nil
}
