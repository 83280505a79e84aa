package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mentions reports whether the text mentions the user outside code and quotes.
func Mentions(text, username string) bool {
	for _, m := range findMentions(text) {
		if m.names(text, username) {
			return true
		}
	}
	return false
}

// MentionsAnybody reports whether the text mentions any name.
func MentionsAnybody(text string) bool { return len(findMentions(text)) > 0 }

// WithoutMention returns the text without mentions of the user and without the
// comma or colon that an address leaves behind. Code and quotes stay.
func WithoutMention(text, username string) string {
	var b strings.Builder
	from := 0
	for _, m := range findMentions(text) {
		end, ok := m.end(text, username)
		if !ok {
			continue
		}
		b.WriteString(text[from:m.from])
		from = end
		if strings.TrimSpace(b.String()) == "" {
			rest := strings.TrimLeft(strings.TrimLeft(text[from:], ",:;.!"), " \t")
			from = len(text) - len(rest)
		}
	}
	b.WriteString(text[from:])
	return strings.TrimSpace(b.String())
}

// mention is one @name: text[from:to], the @ included.
type mention struct{ from, to int }

func (m mention) names(text, username string) bool {
	_, ok := m.end(text, username)
	return ok
}

// end returns where the mention of just this user ends. Signs that may belong
// to a name or to the sentence ("@ki.") belong to the sentence.
func (m mention) end(text, username string) (int, bool) {
	name := text[m.from+1 : m.to]
	if username == "" || len(name) < len(username) || !strings.EqualFold(name[:len(username)], username) {
		return 0, false
	}
	if strings.Trim(name[len(username):], "._-") != "" {
		return 0, false
	}
	return m.from + 1 + len(username), true
}

// findMentions returns all @names outside code and quotes, in order. A name
// begins at a word border: an address like a@b holds none.
func findMentions(text string) []mention {
	if !strings.Contains(text, "@") {
		return nil
	}
	var found []mention
	end := 0 // of the name before
	for _, s := range said(text) {
		for i := s.Start; i < s.Stop; i++ {
			if text[i] != '@' || i < end {
				continue
			}
			if m, ok := nameAt(text, i); ok {
				found = append(found, m)
				end = m.to
			}
		}
	}
	return found
}

// nameAt reads the name behind an @.
func nameAt(text string, at int) (mention, bool) {
	if r, _ := utf8.DecodeLastRuneInString(text[:at]); at > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("@_-./", r)) {
		return mention{}, false
	}
	end := at + 1
	for end < len(text) && inName(text[end]) {
		end++
	}
	// A letter that no name may hold makes it another word: "@kiü".
	r, _ := utf8.DecodeRuneInString(text[end:])
	return mention{at, end}, end > at+1 && (end == len(text) || !unicode.IsLetter(r))
}

func inName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'
}

// SingleName reports whether a name, mentioned, calls one person and not a
// whole channel.
func SingleName(name string) bool {
	switch strings.ToLower(name) {
	case "", "all", "channel", "here":
		return false
	}
	m := findMentions("@" + name)
	return len(m) == 1 && m[0].to == len(name)+1
}

// Named returns the text without mentions of the user that address it, as
// WithoutMention does, and with name where the text speaks of the user: words
// other than a greeting stand before.
func Named(text, username, name string) string {
	var b strings.Builder
	from := 0
	for _, m := range findMentions(text) {
		end, ok := m.end(text, username)
		before := b.String() + text[from:m.from]
		if !ok || len(strings.Fields(before)) < 2 && !strings.ContainsAny(before, ",.:") || strings.TrimFunc(text[end:], notInWord) == "" {
			continue
		}
		b.WriteString(text[from:m.from] + name)
		from = end
	}
	b.WriteString(text[from:])
	return WithoutMention(b.String(), username)
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
