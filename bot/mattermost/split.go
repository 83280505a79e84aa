package mattermost

import "strings"

// split cuts a text into pieces of at most limit characters, at the border of a
// paragraph if there is one, else of a line, else of a word, else anywhere.
func split(text string, limit int) []string {
	var pieces []string
	for end := offset(text, limit); end < len(text); end = offset(text, limit) {
		cut := border(text[:end])
		pieces = append(pieces, strings.TrimRight(text[:cut], " \n"))
		text = strings.TrimLeft(text[cut:], "\n")
	}
	return append(pieces, text)
}

// border finds the best place to cut within a piece of the longest length.
func border(piece string) int {
	for _, sep := range []string{"\n\n", "\n", " "} {
		// A border in the first half would make many short posts.
		if at := strings.LastIndex(piece, sep); at >= len(piece)/2 {
			return at + len(sep)
		}
	}
	return len(piece)
}

// offset is the byte position after n characters.
func offset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
