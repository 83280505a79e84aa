package answer

import (
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// past answers a question about a day in the past with quotes, and says below
// them which day that is and which of them hold no more.
func (c *Composer) past(question string, found retrieval.Result, now time.Time) Answer {
	a := c.quoted(question, found, now)
	a.AsOf = found.AsOf
	about := prompts.AsOf{Day: midnight(found.AsOf)}
	for _, s := range a.Sources {
		switch {
		case !s.Ended.IsZero():
			about.Ended = append(about.Ended, prompts.Ended{Title: Safe(plainTitle(s)), Until: midnight(s.Ended), Now: current(s.Now)})
		case s.ValidFrom.IsZero():
			about.Since = append(about.Since, "„"+Safe(plainTitle(s))+"“")
		}
	}
	a.Body += "\n\n" + c.cfg.Texts.AsOf(about)
	return a
}

// current is the title of what is valid in a source's place, with its link.
func current(s Successor) string {
	if s.Document == "" {
		return ""
	}
	return Link(plainTitle(Source{Title: s.Title, Document: s.Document}), s.URI)
}
