package ask

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// mostParts is how many questions of one message are answered one by one.
const mostParts = 4

// parts are the questions of a message, each as it is searched: several that
// stand side by side, or the one that a story leads to. A message without a
// question mark, or with more questions than can be told apart on a phone, is one
// question.
func parts(message string) []string {
	var before string // the sentence before, which a question may lean on
	var questions []string
	for _, span := range german.Sentences(message) {
		text := span.Of(message)
		if !strings.HasSuffix(text, "?") {
			before = text
			continue
		}
		switch {
		case !Leans(text):
		case len(questions) > 0:
			text = questions[len(questions)-1] + " " + text
		case before != "":
			text = before + " " + text
		}
		questions = append(questions, text)
		before = ""
	}
	if len(questions) == 0 || len(questions) > mostParts {
		return []string{message}
	}
	return questions
}
