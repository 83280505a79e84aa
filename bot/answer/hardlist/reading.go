package hardlist

import (
	"strings"
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// reading is a question as the rules see it.
type reading struct {
	text  string // folded words with single blanks between, and a dot where a sentence ends
	own   bool   // speaks of oneself
	field bool   // names KI or a format: the bot's own field
}

var marks = strings.NewReplacer("/", " ", "-", "", ":", "", "*", "", "_", "")

func (rs *rules) read(question string) reading {
	var b strings.Builder
	b.WriteByte(' ')
	for _, span := range german.Sentences(question) {
		words := strings.FieldsFunc(german.Fold(marks.Replace(span.Of(question))), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})
		for _, word := range rs.vocabulary.meant(words) {
			b.WriteString(word + " ")
		}
		b.WriteString(". ")
	}
	text := b.String()
	return reading{text: text, own: rs.self.meets(text), field: rs.field.meets(text)}
}
