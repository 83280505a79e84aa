// Package declared finds what a document declares about itself in its running
// text: from when and until when it holds, of which state it is, and which
// document it replaces. It is pure and would rather find nothing than something
// that is not said: a wrong end of validity takes a rule out of answers.
//
// Counted is what a whole sentence says of the document itself ("Diese
// Dienstanweisung tritt am 1. März 2026 in Kraft."), and what a labelled line at
// its beginning or end says ("Stand: März 2026"). Not counted are headings, table
// rows, notes, heads and feet of pages, quotations, negations, conditions, plans
// and questions, what stands in lists of changes, in samples, or about other
// documents, and sentences that contradict each other.
package declared

import (
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Kind says what a sentence declares.
type Kind string

// The kinds.
const (
	AsOf     Kind = "as_of"       // the state that the text is of
	Begins   Kind = "valid_from"  // first day of its validity
	Ends     Kind = "valid_until" // last day of its validity
	Replaces Kind = "supersedes"  // the document that it takes the place of
)

// Statement is one thing that a document declares.
type Statement struct {
	Kind     Kind
	Date     retrieval.Date // of Ends unset: at once; of Replaces: of the document named, if it gives one
	Name     string         // of Replaces: the document named, without article
	Sentence string         // as it stands in the document, shortened
}

// Block is one block of the document in reading order.
type Block struct {
	Kind string   // "paragraph" and "list item" are looked at
	Text string   // its own text
	Path []string // headings above it
}

// Find returns what a document with this title declares, at most one statement
// of each kind, in the order of the kinds above.
func Find(title string, blocks []Block) []Statement {
	f := finder{title: titleOf(title), found: map[Kind][]Statement{}}
	for i, block := range blocks {
		if block.Kind != "paragraph" && block.Kind != "list item" || isElsewhere(block.Path) {
			continue
		}
		if block.Kind == "paragraph" && (i < headBlocks || i >= len(blocks)-footBlocks) {
			f.labels(block.Text)
		}
		f.sentences(block.Text)
	}
	var all []Statement
	for _, kind := range []Kind{AsOf, Begins, Ends, Replaces} {
		if s, ok := agreed(f.found[kind]); ok {
			all = append(all, s)
		}
	}
	return all
}

// Labelled lines are looked for in so many blocks at the beginning and the end:
// in between they tell of other documents.
const (
	headBlocks = 12
	footBlocks = 4
)

// maxSentence is the length in characters up to which a sentence is kept, and in
// bytes, four times that, up to which it is looked at.
const maxSentence = 400

// finder collects statements of one document.
type finder struct {
	title title
	found map[Kind][]Statement
}

func (f *finder) add(kind Kind, date retrieval.Date, name, sentence string) {
	sentence = strings.Join(strings.Fields(sentence), " ")
	if runes := []rune(sentence); len(runes) > maxSentence {
		sentence = string(runes[:maxSentence-1]) + "…"
	}
	f.found[kind] = append(f.found[kind], Statement{kind, date, name, sentence})
}

// agreed returns the statement that all make; two that differ are none.
func agreed(all []Statement) (Statement, bool) {
	for _, s := range all {
		if s.Date != all[0].Date || german.Fold(s.Name) != german.Fold(all[0].Name) {
			return Statement{}, false
		}
	}
	if len(all) == 0 {
		return Statement{}, false
	}
	return all[0], true
}

// elsewhere begins the headings below which a text tells of other documents, of
// its own past, or of what somebody is to write; folded.
var elsewhere = folded("elsewhere")

func isElsewhere(path []string) bool {
	for _, heading := range path {
		words := strings.TrimLeft(german.Fold(heading), "0123456789.§() \t")
		for _, beginning := range elsewhere {
			if strings.HasPrefix(words, beginning) {
				return true
			}
		}
	}
	return false
}

// sentences looks at each sentence of a block.
func (f *finder) sentences(text string) {
	if !says(text) {
		return
	}
	masked := maskQuotes(text)
	var before *sentence
	for _, span := range german.Sentences(masked) {
		if span.End-span.Start > 4*maxSentence {
			before = nil
			continue
		}
		s := &sentence{masked: span.Of(masked), original: span.Of(text), before: before, title: f.title}
		f.sentence(s)
		before = s
	}
}
