package answer

import (
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// past answers a question about a day in the past with quotes, and says above
// them which day that is and which of them hold no more.
func (c *Composer) past(question string, found retrieval.Result, now time.Time) Answer {
	a := c.quoted(question, found, now)
	a.AsOf = found.AsOf
	about := prompts.AsOf{Day: midnight(found.AsOf)}
	for i, s := range a.Sources {
		switch {
		case s.Ended != (retrieval.Date{}):
			about.Ended = append(about.Ended, prompts.Ended{Number: i + 1, Until: midnight(s.Ended), Now: successor(found.Hits, s)})
		case s.ValidFrom == (retrieval.Date{}):
			about.Since = append(about.Since, i+1)
		}
	}
	a.Body = c.cfg.Texts.AsOf(about) + "\n\n" + a.Body
	return a
}

// successor is the title, with its link, of what is valid in a source's place.
func successor(hits []retrieval.Hit, s Source) string {
	for _, h := range hits {
		if next := h.Replacement; next.Path != "" && next.Path == s.Now && h.Document.Path == s.Document {
			return Link(plainTitle(Source{Title: next.Title, Document: next.Path}), fillLink(next.Link, next.Path, ""))
		}
	}
	return ""
}
