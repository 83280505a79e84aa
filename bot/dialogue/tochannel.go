package dialogue

import "regexp"

var toChannelWords = regexp.MustCompile(`^(?:(?:ja|bitte|gern|gerne|die|das|diese|antwort|es|zeig|zeige|zeigen|sie|stell|stelle|stellen|poste|posten|schreib|schreibe|auch) )*(?:im|in den) kanal(?: (?:bitte|zeigen|teilen|stellen|posten|antworten|beantworten|schreiben|veroeffentlichen|auch))*$`)

// toChannel reads "im Kanal zeigen", "Bitte die Antwort in den Kanal stellen".
func toChannel(message string) (Act, bool) {
	if len(message) > longestChoice || !toChannelWords.MatchString(plainly(message)) {
		return Act{}, false
	}
	return Act{Kind: ToChannel}, true
}
