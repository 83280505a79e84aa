package retrieval

import (
	"context"
	"time"
)

// Query is one question to the documents.
type Query struct {
	Text  string
	Own   string    // what is asked now, where Text joins it to what was asked before or puts its words in there; empty: all of it
	At    time.Time // when it is asked: documents valid then are the basis of an answer, unless the text asks about a day before
	Limit int       // passages wanted; 0: Params.Limit

	Spoken Spoken // what was said before; zero: nothing

	wording Wording // of Text
}

// Hit is a passage that bears on a query.
type Hit struct {
	Document Document
	Passage  Passage
	Score    float64 // fused, comparable within one result
	Keyword  float64 // score of the keyword ranking; 0 where it did not find the passage
	Vector   float64 // cosine similarity; 0 where the vector ranking did not run or find it

	// Around is the passage with neighbours of its document, in their order, for
	// reading (see Reading); empty: it is read alone. Quotes come from Passage.
	Around []Passage

	// Ended is set where the question asked about a day in the past (Result.AsOf)
	// and the document does not serve any more: the last day on which it did.
	// Replacement is the document that serves in its place, if there is one.
	Ended       Date
	Replacement Document
}

// Neighbour is a passage of a document, read beside another one.
type Neighbour struct {
	Document   int64  // its id
	Collection string // that it is in
	Passage    Passage
}

// Band says how far the passages found settle the question.
type Band string

// The bands, from most to least settled. Conflicting: two valid documents differ.
const (
	Answered    Band = "answered"
	Nearest     Band = "nearest"
	Conflicting Band = "conflicting"
	NotFound    Band = "not_found"
)

// Sufficiency is the judgement whether what was found answers what was asked.
type Sufficiency struct {
	Band        Band
	Probability float64  // that the hits answer the question, 0 to 1
	Reason      string   // short English key phrase for operators, e.g. "asked number not in passage"
	Missing     []string // words of the question that found no partner in the first hits
	Nowhere     []string // those of them that stand in nothing that the reader may see
	Signals     Signals  // what the judgement rests on
	Parts       []Part   // what each signal gave; empty: no judgement was made

	Sides []Statement // of the band conflicting: what two documents say, the more binding first
}

// Result is the outcome of one search.
type Result struct {
	Hits        []Hit // best first
	Sufficiency Sufficiency
	Degraded    []string // what did not run: "vector"
	InTalk      bool     // it stands in the documents that the talk is about (Query.Spoken)
	AsOf        Date     // the day in the past that the question asked about; zero: it asked about now

	evidence evidence
}

// Scored is one passage of one ranking.
type Scored struct {
	PassageID int64
	Score     float64
}

// Keywords ranks passages by the words of a question.
type Keywords interface {
	// Keywords returns at most limit passages that r may see and whose
	// documents are valid at the given moment, best first.
	Keywords(ctx context.Context, question Wording, r Readers, at time.Time, limit int) ([]Scored, error)
	// Rarity returns for each stem (german.Word.Stem) how rare it is among the
	// passages that r may see: 0 for one that stands everywhere, 1 for one that
	// stands nowhere.
	Rarity(ctx context.Context, stems []string, r Readers) ([]float64, error)
	// Spell returns a question as the passages that r may see spell its words.
	Spell(ctx context.Context, typed string, r Readers) Wording
}

// Vectors ranks passages by similarity to a vector.
type Vectors interface {
	// Vectors returns at most limit passages that r may see and whose
	// documents are valid at the given moment, most similar first, scored by
	// cosine similarity. A vector of another model or length is an error.
	Vectors(ctx context.Context, v Vector, r Readers, at time.Time, limit int) ([]Scored, error)
	// Similar returns for those of the passages that r may see the cosine
	// similarity of each of their units (see Units), in the units' order.
	Similar(ctx context.Context, v Vector, passages []int64, r Readers) (map[int64][]float64, error)
}

// Passages reads passages by id.
type Passages interface {
	// Passages returns those of the passages that r may see and whose documents
	// serve on the day, in the order of ids. Score fields are zero.
	Passages(ctx context.Context, ids []int64, day Date, r Readers) ([]Hit, error)
	// Around returns those of the passages, and of the passages at most reach
	// places before and behind them in their documents, that r may see and whose
	// documents serve on the day, each once, in the order of their documents.
	Around(ctx context.Context, ids []int64, reach int, day Date, r Readers) ([]Neighbour, error)
	// Replacements returns for each of the documents the one that serves on the
	// day in its place: of those that replaced it, one after the other, the first
	// that serves and that r may see.
	Replacements(ctx context.Context, documents []int64, day Date, r Readers) (map[int64]Document, error)
}
