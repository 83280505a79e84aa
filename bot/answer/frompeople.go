package answer

import (
	"strings"
	"time"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// People is an answer that people have written and approved.
type People struct {
	Text  string
	Owner string         // a function that answers for it
	Until retrieval.Date // last day on which it is valid
	Quote string         // of its basis
}

// ReasonPeople says that people have written and approved an answer.
const ReasonPeople = "approved by people"

// FromPeople sets an answer that people have approved, with the passage that it
// rests on.
func FromPeople(texts *prompts.Catalogue, p People, basis retrieval.Hit, now time.Time) Answer {
	source := sourceOf(excerpt{hit: basis, pieces: []piece{{passage: basis.Passage, best: p.Quote}}})
	return Answer{
		Outcome: Answered, Probability: 1, Sources: []Source{source}, Reason: ReasonPeople, People: true,
		Body: texts.Approved(prompts.Approved{
			Text: safeLines(p.Text), Owner: Safe(p.Owner), Until: midnight(p.Until), Source: sourceText(texts, source, now),
		}),
	}
}

// safeLines is Safe line by line; a list stays one.
func safeLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, is := strings.CutPrefix(line, "- "); is {
			lines = append(lines, "- "+Safe(rest))
			continue
		}
		lines = append(lines, Safe(line))
	}
	return strings.Join(lines, "\n")
}
