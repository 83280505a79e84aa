package answer

import (
	"strings"
	"unicode/utf8"
)

// Cut is a text of at most limit runes; where it had more, … stands at its end.
func Cut(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:limit-1])) + "…"
}

// InLine is a text as one line of at most limit runes, likewise.
func InLine(text string, limit int) string {
	return Cut(strings.Join(strings.Fields(text), " "), limit)
}
