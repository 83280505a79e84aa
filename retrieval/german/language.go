package german

import (
	_ "embed"
	"iter"
)

var (
	//go:embed small.txt
	smallList string
	//go:embed foreign.txt
	foreignList string

	smallWords, foreignWords = typedSet(smallList), typedSet(foreignList)
)

// typedSet are the words of a list as they are typed, and folded.
func typedSet(list string) map[string]bool {
	set := wordSet(list)
	for word := range wordSet(list) {
		set[Fold(word)] = true
	}
	return set
}

// SmallWords counts those of the words that only German has and those that only other
// languages have, a word that is said twice once. They are given in lower case without
// marks, folded or not.
func SmallWords(words iter.Seq[string]) (own, foreign int) {
	counted := map[string]bool{}
	for word := range words {
		switch {
		case counted[word]:
		case smallWords[word]:
			own++
		case foreignWords[word]:
			foreign++
		}
		counted[word] = true
	}
	return own, foreign
}
