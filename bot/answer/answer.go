// Package answer makes the reply to a question out of the passages found:
// quotes word for word, or prose in which every statement rests on a passage.
// What a reader sees is made here from code and passages only.
package answer

import (
	"context"
	"encoding/json"

	"lvr.example/sprechstunde/retrieval"
)

// Outcome of a question; see design.
type Outcome string

// The outcomes.
const (
	Answered    Outcome = "answered"
	Nearest     Outcome = "nearest"
	Conflicting Outcome = "conflicting"
	Elsewhere   Outcome = "elsewhere"
	Refused     Outcome = "refused"
	NotFound    Outcome = "not_found"
)

// Answer is what the bot says to a question, before it is set for a platform.
type Answer struct {
	Outcome     Outcome
	Probability float64  // that the question is answered, 0 to 1
	Body        string   // safe Markdown, German, without sources and closing lines
	Sources     []Source // numbered in this order, from 1, as Body refers to them
	Reason      string   // short English key phrase for operators; no text of the question
	Prose       bool     // worded by a model and checked; else quotes

	Wording    *Wording // what a model gave for it; nil: none was asked. Never kept
	People     bool     // people have written and approved it
	Understood string   // the question with what it leans on; empty: as it stands

	Topic Topic          // of the hard list; empty: none. Never kept
	AsOf  retrieval.Date // the day in the past that it is about; zero: today
}

// Source is what of one document the answer relies on: a passage, and perhaps
// others beside it.
type Source struct {
	Passage    int64   // its id
	Beside     []int64 // ids of the others
	Document   string  // path below the source
	Title      string
	URI        string // from the collection's link template; empty: none
	Place      string // of all of them
	Owner      string // a function
	Quote      string // word for word; […] where something is left out
	Score      float64
	AsOf       retrieval.Date // "Stand" that the document names itself; zero: none
	ValidFrom  retrieval.Date
	Ended      retrieval.Date // last day on which it was valid, in an answer about the past; zero: it is valid
	Now        Successor      // the document that is valid in its place; zero: none
	Collection string
}

// Successor is a document that took the place of a source.
type Successor struct {
	Document   string // path below the source
	Title      string
	URI        string
	Collection string
}

// Model completes a chat. Implemented by bot/llm.
type Model interface {
	// Complete returns the whole text; a broken or cut stream is an error.
	Complete(ctx context.Context, system, user string) (string, error)
}

// Shaper is a Model whose endpoint may keep to a JSON schema.
type Shaper interface {
	Model
	// Shapes reports whether it does; it is found out once.
	Shapes(ctx context.Context) (bool, error)
	// CompleteShaped is Complete with a schema. The text may break it all the same.
	CompleteShaped(ctx context.Context, system, user string, shape json.RawMessage) (string, error)
}
