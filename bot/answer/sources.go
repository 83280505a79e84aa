package answer

import (
	"fmt"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// pick returns the best hits as sources, at most n: none that repeats what
// another already shows, none far below the best.
func pick(question string, hits []retrieval.Hit, n int) []Source {
	var sources []Source
	shown := map[string]bool{}
	for _, hit := range hits {
		if len(sources) == n || hit.Score < hits[0].Score/2 {
			break
		}
		source := sourceOf(question, hit)
		if source.Quote == "" || repeats(source.Quote, shown) {
			continue
		}
		for _, span := range german.Sentences(source.Quote) {
			shown[german.Fold(span.Of(source.Quote))] = true
		}
		sources = append(sources, source)
	}
	return sources
}

// repeats reports whether more than half of a quote's sentences are shown already.
func repeats(quote string, shown map[string]bool) bool {
	spans := german.Sentences(quote)
	known := 0
	for _, span := range spans {
		if shown[german.Fold(span.Of(quote))] {
			known++
		}
	}
	return known*2 > len(spans)
}

// sides returns the best hits of the first two documents.
func sides(hits []retrieval.Hit) []retrieval.Hit {
	var two []retrieval.Hit
	for _, hit := range hits {
		if len(two) == 0 || len(two) == 1 && hit.Document.ID != two[0].Document.ID {
			two = append(two, hit)
		}
	}
	return two
}

func sourceOf(question string, hit retrieval.Hit) Source {
	return Source{
		Passage:    hit.Passage.ID,
		Document:   hit.Document.Path,
		Title:      hit.Document.Title,
		URI:        fillLink(hit.Document.Link, hit.Document.Path, hit.Passage.Anchor),
		Place:      hit.Passage.Place,
		Owner:      hit.Document.Owner,
		Quote:      trim(question, hit.Passage.Text),
		Score:      hit.Score,
		ModifiedAt: lastState(hit.Document),
		ValidFrom:  hit.Document.ValidFrom,
		Ended:      hit.Ended,
		Now:        successorOf(hit.Replacement),
		Collection: hit.Document.Collection,
	}
}

// lastState is the day that a document says it is of, or else when its file
// was changed last.
func lastState(d retrieval.Document) time.Time {
	if d.AsOf.IsZero() {
		return d.ModifiedAt
	}
	return time.Date(d.AsOf.Year, d.AsOf.Month, d.AsOf.Day, 0, 0, 0, 0, time.UTC)
}

func successorOf(d retrieval.Document) Successor {
	if d.Path == "" {
		return Successor{}
	}
	return Successor{Document: d.Path, Title: d.Title, URI: fillLink(d.Link, d.Path, ""), Collection: d.Collection}
}

// shown returns the sources' quotes as the texts take them.
func shown(sources []Source) []prompts.Quote {
	var quotes []prompts.Quote
	for i, s := range sources {
		quotes = append(quotes, prompts.Quote{
			Number: i + 1,
			Title:  title(s),
			Place:  Safe(clip(s.Place, 80)),
			Text:   SafeBlock(s.Quote),
		})
	}
	return quotes
}

// title is a source's title, safe and at most 60 characters long.
func title(s Source) string { return Safe(plainTitle(s)) }

func plainTitle(s Source) string {
	name := s.Title
	if name == "" {
		name = s.Document
	}
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:59]) + "…"
	}
	return name
}

// stateOf says how current a source's document is.
func stateOf(s Source, now time.Time) prompts.State {
	state := prompts.State{ModifiedAt: s.ModifiedAt}
	since := s.ModifiedAt
	if s.ValidFrom != (retrieval.Date{}) {
		state.ValidFrom = midnight(s.ValidFrom)
		since = state.ValidFrom
	}
	if s.Ended != (retrieval.Date{}) {
		state.ValidUntil = midnight(s.Ended)
		return state
	}
	state.Age = age(since, now)
	return state
}

// midnight is a day as the texts take it.
func midnight(d retrieval.Date) time.Time {
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
