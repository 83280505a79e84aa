package desk

import (
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
)

// relayed sets a person's words as a quote, with their bold, lists and links.
func relayed(text string) string {
	shown := chat.Relay(text, answer.Safe, answer.LinkCode)
	if shown == "" {
		return ""
	}
	lines := strings.Split(shown, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("> "+line, " ")
	}
	return strings.Join(lines, "\n")
}
