package answer

import (
	"regexp"
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

// safeLines is written line by line; a list stays one.
func safeLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, is := strings.CutPrefix(line, "- "); is {
			lines = append(lines, "- "+written(rest))
			continue
		}
		lines = append(lines, written(line))
	}
	return strings.Join(lines, "\n")
}

// setOff matches what a person sets in a line: a link, or words in bold.
var setOff = regexp.MustCompile(`\[[^\]\n]+\]\([^)\n]*\)|\*\*[^*\n]+\*\*`)

// written is Safe for one line of a person whose words were approved: bold and links
// stay, each made anew, and nothing else does anything.
func written(line string) string {
	var b strings.Builder
	from := 0
	for _, at := range setOff.FindAllStringIndex(line, -1) {
		if at[0] > 0 && line[at[0]-1] == '!' {
			continue // an image
		}
		b.WriteString(keepBlanks(line[from:at[0]]))
		b.WriteString(madeAnew(line[at[0]:at[1]]))
		from = at[1]
	}
	if from == 0 {
		return Safe(line)
	}
	b.WriteString(keepBlanks(line[from:]))
	return b.String()
}

// madeAnew is one link, or words in bold, of a person.
func madeAnew(token string) string {
	if words, is := strings.CutPrefix(token, "["); is {
		title, address, _ := strings.Cut(strings.TrimSuffix(words, ")"), "](")
		return Link(title, address)
	}
	words := Safe(strings.TrimSpace(token[2 : len(token)-2]))
	if words == "" {
		return ""
	}
	return "**" + words + "**"
}
