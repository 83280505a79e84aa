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
	stem, hyphen := cutHyphen(text)
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

// lineHyphens are the signs that writers set where they divide a word: PDFium's,
// the soft hyphen, the hyphen and the hyphen-minus.
var lineHyphens = []string{string(dividing), "\u00AD", "\u2010", "-"}

func cutHyphen(text string) (stem string, found bool) {
	for _, sign := range lineHyphens {
		if stem, found = strings.CutSuffix(text, sign); found {
			return stem, true
		}
	}
	return text, false
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
