package dialogue

// toChannel reads "im Kanal zeigen", "Bitte die Antwort in den Kanal stellen".
func toChannel(message string) (Act, bool) {
	if len(message) > longestChoice || !plainOf(message).is("to channel") {
		return Act{}, false
	}
	return Act{Kind: ToChannel}, true
}
