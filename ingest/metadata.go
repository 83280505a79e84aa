package ingest

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
)

// knownKeys are the keys of a document's head that mean something.
var knownKeys = []string{"title", "owner", "collection", "valid_from", "valid_until", "supersedes"}

// describe fills the document's own fields from what was extracted.
func describe(name string, doc extract.Document) (retrieval.Document, error) {
	d := retrieval.Document{
		Path: name, Title: doc.Title, Owner: doc.Meta["owner"], Supersedes: doc.Meta["supersedes"],
		Collection: doc.Meta["collection"],
	}
	if d.Title == "" {
		d.Title = titleFromName(name)
	}
	var err error
	if d.ValidFrom, err = parseDate(doc.Meta["valid_from"]); err != nil {
		return d, fmt.Errorf("valid_from: %w", err)
	}
	if d.ValidUntil, err = parseDate(doc.Meta["valid_until"]); err != nil {
		return d, fmt.Errorf("valid_until: %w", err)
	}
	if !d.ValidFrom.IsZero() && !d.ValidUntil.IsZero() && d.ValidUntil.Compare(d.ValidFrom) < 0 {
		return d, fmt.Errorf("valid_until %s lies before valid_from %s", d.ValidUntil, d.ValidFrom)
	}
	return d, nil
}

// unknownKeys returns keys that look like a slip of a known one.
func unknownKeys(meta map[string]string) []string {
	var unknown []string
	for key := range meta {
		if !slices.Contains(knownKeys, key) && (strings.HasPrefix(key, "valid") || strings.HasPrefix(key, "supersede") ||
			strings.HasPrefix(key, "collection")) {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	return unknown
}

// titleFromName makes a readable title of a file name.
func titleFromName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if title := strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(base)); title != "" {
		return title
	}
	return name
}

var (
	isoDate    = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$`)
	germanDate = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$`)
)

// parseDate reads 2026-12-03 or 03.12.2026; empty text is no date.
func parseDate(text string) (retrieval.Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return retrieval.Date{}, nil
	}
	var year, month, day int
	if m := isoDate.FindStringSubmatch(text); m != nil {
		year, month, day = number(m[1]), number(m[2]), number(m[3])
	} else if m := germanDate.FindStringSubmatch(text); m != nil {
		year, month, day = number(m[3]), number(m[2]), number(m[1])
	} else {
		return retrieval.Date{}, fmt.Errorf("%q is not a date such as 2026-12-03", text)
	}
	date := retrieval.Date{Year: year, Month: time.Month(month), Day: day}
	if retrieval.DateOf(time.Date(year, date.Month, day, 0, 0, 0, 0, time.UTC)) != date {
		return retrieval.Date{}, fmt.Errorf("%q is not a day of the calendar", text)
	}
	return date, nil
}

// number reads digits that a pattern already matched.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
