package dialogue

import (
	"regexp"
	"strings"
)

// Words of a LeanCoffee. They count only where one is: elsewhere "weiter" and
// "Thema" are words like others.
var (
	coffeeTopic  = regexp.MustCompile(`(?is)^(eigenes )?(?:thema|themen|themenvorschlag|mein thema)(?: ist| wäre)?\s*[:–-]\s*(.*)$`)
	coffeeNote   = regexp.MustCompile(`(?is)^(?:notiz|ergebnis|protokoll|merken|festhalten)\s*:\s*(.*)$`)
	coffeeVotes  = regexp.MustCompile(`(?i)^(?:(?:meine )?stimmen?|punkte?)?(?: (?:für|auf|an|gehen an|geht an))?(?: thema| themen| nr\.?| nummer)?:?\s*(\d{1,2}(?:\s*(?:,|;|/|und|\s)\s*\d{1,2})*)$`)
	coffeeNumber = regexp.MustCompile(`\d+`)
)

// coffeeWords are the steps that are said in fixed words, each the name of its lines in
// phrases.txt.
var coffeeWords = []Kind{CoffeeBallot, CoffeeCount, CoffeeGoOn, CoffeeNext, CoffeeEnd}

// IsCoffee reports whether a text is a word that people say below a LeanCoffee.
func IsCoffee(text string) bool {
	_, ok := coffee(text)
	return ok
}

func opensCoffee(message string) (Act, bool) {
	return Act{Kind: CoffeeOpen}, plainOf(message).is("coffee opens")
}

// coffeeAside reads what is said to the bot alone: a topic without a name, votes
// that nobody sees.
func coffeeAside(message string) (Act, bool) {
	act, ok := coffee(message)
	word := strings.ToLower(message)
	return act, ok && (act.Kind == CoffeeTopic || act.Kind == CoffeeVote && (strings.Contains(word, "stimme") || strings.Contains(word, "punkt")))
}

// coffee reads what is said below one.
func coffee(message string) (Act, bool) {
	message = strings.TrimSpace(message)
	if m := coffeeTopic.FindStringSubmatch(message); m != nil {
		return Act{Kind: CoffeeTopic, Text: strings.TrimSpace(m[2]), Added: m[1] != ""}, true
	}
	if m := coffeeNote.FindStringSubmatch(message); m != nil {
		return Act{Kind: CoffeeNote, Text: strings.TrimSpace(m[1])}, true
	}
	if m := coffeeVotes.FindStringSubmatch(bareWords(message)); m != nil {
		return Act{Kind: CoffeeVote, Text: strings.Join(coffeeNumber.FindAllString(m[1], -1), " ")}, true
	}
	said := plainOf(message)
	for _, kind := range coffeeWords {
		if said.is(string(kind)) {
			return Act{Kind: kind}, true
		}
	}
	return Act{}, false
}

// bareWords is a message without the signs at its end and without runs of blanks.
func bareWords(message string) string {
	return strings.TrimRight(strings.Join(strings.Fields(message), " "), " .!?,")
}
