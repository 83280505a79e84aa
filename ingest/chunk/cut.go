package chunk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cut splits a text into pieces of at most limit characters: after a sentence,
// else at white space, else anywhere between two characters. Only white space
// is lost.
func cut(text string, limit int) []string {
	var pieces []string
	for utf8.RuneCountInString(text) > limit {
		at := cutAt(text, limit)
		if piece := strings.TrimSpace(text[:at]); piece != "" {
			pieces = append(pieces, piece)
		}
		text = strings.TrimSpace(text[at:])
	}
	if text != "" {
		pieces = append(pieces, text)
	}
	return pieces
}

// cutAt returns the byte position of the best cut within limit characters: the
// last end of a sentence or line in the second half, else the last white space.
func cutAt(text string, limit int) int {
	var sentence, space, count int
	var before rune
	for i, r := range text {
		if unicode.IsSpace(r) {
			space = i
			if count > limit/2 && (r == '\n' || endsSentence(before, text[i+utf8.RuneLen(r):])) {
				sentence = i
			}
		}
		if count == limit {
			switch {
			case sentence > 0:
				return sentence
			case space > 0:
				return space
			}
			return i
		}
		count++
		before = r
	}
	return len(text)
}

// endsSentence judges by the sign before the white space and the letter after.
func endsSentence(before rune, after string) bool {
	if before != '.' && before != '!' && before != '?' && before != ':' && before != ';' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(after)
	return unicode.IsUpper(next) || unicode.IsPunct(next)
}
