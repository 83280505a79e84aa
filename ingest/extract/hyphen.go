package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dividing is what PDFium makes of a hyphen at the end of a line.
const Dividing = '\u0002'

// JoinLines joins two lines of running text. A word divided at the line's end is
// put together: the hyphen goes before a small letter, except in "Vor- und
// Nachteile", and stays before a capital or digit ("KI-Kongress").
func JoinLines(text, next string) string {
	text = strings.TrimRight(text, " ")
	if text == "" {
		return next
	}
	stem, hyphen := CutHyphen(text)
	before, _ := utf8.DecodeLastRuneInString(stem)
	if !hyphen || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		return strings.TrimRight(text, string(Dividing)) + " " + next
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
var lineHyphens = []string{string(Dividing), "\u00AD", "\u2010", "-"}

func CutHyphen(text string) (stem string, found bool) {
	for _, sign := range lineHyphens {
		if stem, found = strings.CutSuffix(text, sign); found {
			return stem, true
		}
	}
	return text, false
}

var conjunction = regexp.MustCompile(`^(?:und|oder|bzw\.?|sowie|als|noch|and|or)\b`)

// Mend does the same where PDFium joined a divided word itself.
func Mend(text string) string {
	for {
		before, after, found := strings.Cut(text, string(Dividing))
		if !found {
			return text
		}
		if after == "" {
			return before + "-"
		}
		text = JoinLines(before+string(Dividing), after)
	}
}
