package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joinLines joins two lines of running text. A word divided at the line's end is
// put together: the hyphen goes before a small letter, except in "Vor- und
// Nachteile", and stays before a capital or digit ("KI-Kongress").
func joinLines(text, next string) string {
	text = strings.TrimRight(text, " ")
	if text == "" {
		return next
	}
	stem, hyphen := strings.CutSuffix(text, string(dividing))
	if !hyphen {
		stem, hyphen = strings.CutSuffix(text, "\u00AD")
	}
	if !hyphen {
		stem, hyphen = strings.CutSuffix(text, "-")
	}
	before, _ := utf8.DecodeLastRuneInString(stem)
	if !hyphen || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		return strings.TrimRight(text, string(dividing)) + " " + next
	}
	switch first, _ := utf8.DecodeRuneInString(next); {
	case conjunction.MatchString(next):
		return stem + "- " + next
	case unicode.IsLower(first) && unicode.IsLetter(before):
		return stem + next
	default:
		return stem + "-" + next
	}
}

var conjunction = regexp.MustCompile(`^(?:und|oder|bzw\.?|sowie|als|noch|and|or)\b`)

// mend does the same where PDFium joined a divided word itself.
func mend(text string) string {
	for {
		before, after, found := strings.Cut(text, string(dividing))
		if !found {
			return text
		}
		if after == "" {
			return before + "-"
		}
		text = joinLines(before+string(dividing), after)
	}
}
