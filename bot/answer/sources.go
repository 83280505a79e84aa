package answer

import (
	"fmt"
	"strings"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// sourceOf returns the source that an excerpt is of.
func sourceOf(e excerpt) Source {
	hit := e.hit
	s := Source{
		Passage:    hit.Passage.ID,
		Document:   hit.Document.Path,
		Title:      hit.Document.Title,
		URI:        fillLink(hit.Document.Link, hit.Document.Path, hit.Passage.Anchor),
		Place:      hit.Passage.Place,
		Owner:      hit.Document.Owner,
		Quote:      e.quote(),
		Score:      hit.Score,
		AsOf:       hit.Document.AsOf,
		ValidFrom:  hit.Document.ValidFrom,
		Ended:      hit.Ended,
		Now:        successorOf(hit.Replacement),
		Collection: hit.Document.Collection,
	}
	for _, p := range e.beside() {
		s.Beside = append(s.Beside, p.ID)
		if p.Place != "" && !strings.Contains(s.Place, p.Place) {
			s.Place = strings.TrimPrefix(s.Place+", "+p.Place, ", ")
		}
	}
	return s
}

func successorOf(d retrieval.Document) Successor {
	if d.Path == "" {
		return Successor{}
	}
	return Successor{Document: d.Path, Title: d.Title, URI: fillLink(d.Link, d.Path, ""), Collection: d.Collection}
}

// plainTitle is a source's whole title: what tells it from others stands at its
// end ("… (DA 07/2026)").
func plainTitle(s Source) string {
	if s.Title == "" {
		return s.Document
	}
	return s.Title
}

// stateOf says how current a source's document is, as far as it says so itself:
// when its file was written tells nothing.
func stateOf(s Source, now time.Time) prompts.State {
	state := prompts.State{AsOf: midnight(s.AsOf), ValidFrom: midnight(s.ValidFrom), ValidUntil: midnight(s.Ended)}
	since := state.AsOf
	if !state.ValidFrom.IsZero() {
		since = state.ValidFrom
	}
	if state.ValidUntil.IsZero() {
		state.Age = age(since, now)
	}
	return state
}

// midnight is a day as the texts take it; no day is the zero time.
func midnight(d retrieval.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// age says how old something is once it is two years old.
func age(since, now time.Time) string {
	if since.IsZero() {
		return ""
	}
	years := now.Year() - since.Year()
	if now.YearDay() < since.YearDay() {
		years--
	}
	if years < 2 {
		return ""
	}
	return fmt.Sprintf("vor %d Jahren", years)
}
