package ask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	mostParts = 4 // questions of one message that are answered one by one
	// leastWords is how many content words a question without a noun needs to be
	// searched without the story before it.
	leastWords = 2
)

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
		case selfContained(text):
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

// selfContained reports whether a question is understood without what stands
// before it.
func selfContained(question string) bool {
	if dialogue.GoesOn(question) || german.LeansBack(question) || pointsBack(question) {
		return false
	}
	content := german.Content(german.Words(question))
	return len(content) >= leastWords || slices.ContainsFunc(content, func(w german.Word) bool { return isNoun(question, w) })
}

// isNoun reports whether a word is written as nouns are, and not because it opens
// the question.
func isNoun(question string, w german.Word) bool {
	r, _ := utf8.DecodeRuneInString(question[w.Start:])
	return w.Start > 0 && unicode.IsUpper(r)
}

// pointsBack reports whether a word of a question stands for something said
// before.
func pointsBack(question string) bool {
	for _, w := range dialogue.Words(question) {
		switch w {
		case "das", "dies", "dafür", "dazu", "damit", "davon", "darüber", "dabei", "daran", "darauf", "darin", "dort", "hierfür", "hierzu", "sowas", "solche":
			return true
		}
	}
	return false
}
