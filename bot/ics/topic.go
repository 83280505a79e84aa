package ics

import (
	"strings"
	"unicode"

	"lvr.example/sprechstunde/bot/officehours"
)

// topicRunes is how long the topic of a session is; what is longer is a description.
const topicRunes = 120

// topicOf is what the title of an event says besides the name of its format: what stands
// behind it ("WissenToGo: Stimmen nachahmen") or before it; all of it where a category
// names the format. Empty: nothing.
func topicOf(f officehours.Format, title string) string {
	lower := strings.ToLower(title)
	topic := title
	for _, name := range []string{f.Name, f.ID} {
		at := strings.Index(lower, strings.ToLower(name))
		if name == "" || at < 0 || at+len(name) > len(title) {
			continue
		}
		if topic = bare(title[at+len(name):]); topic == "" {
			topic = bare(title[:at])
		}
		break
	}
	if topic = bare(topic); len([]rune(topic)) > topicRunes || strings.EqualFold(topic, f.Name) {
		return ""
	}
	return topic
}

// bare is a text without the signs that set it apart.
func bare(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":;,.-–—|/()„“\"", r) })
}
