package chunk

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	sectionNumber = regexp.MustCompile(`^(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z]\.)(?:\s|$)`)
	namesItself   = regexp.MustCompile(`^(?:§|Artikel|Art\.|Abschnitt|Kapitel|Teil|Anlage|Anhang|Frage|Ziffer|Nr\.|TOP)(?:\s*\d|\s+[A-Z]\b)`)
)

// maxPlace is the length in characters up to which a heading is named whole.
const maxPlace = 80

// place says where a reader finds what stands under a heading.
func place(heading string) string {
	heading = strings.ReplaceAll(shorten(heading, maxPlace), "\n", " ")
	switch {
	case namesItself.MatchString(heading):
		return heading
	case sectionNumber.MatchString(heading):
		return "Abschnitt " + heading
	default:
		return "Abschnitt „" + heading + "“"
	}
}

// shorten cuts at a word's end and says so with an ellipsis.
func shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	short := string([]rune(text)[:limit-1])
	if at := strings.LastIndexByte(short, ' '); at > limit/2 {
		short = short[:at]
	}
	return short + "…"
}
