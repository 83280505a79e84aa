package dialogue

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Talk with the bot and about its answers is made of few words, said by everybody.
// A word that it is not made of names what somebody asks about, whether or not
// anybody foresaw it: "was weißt du zu Lautsprechern" is no question about the bot.

// ownWords are the words that talk is made of, by the hashes of their stems, in order.
type ownWords []uint32

// leastSaid is in how many messages of talk a word stands that talk is made of.
const leastSaid = 2

// strange is how many different words of a message talk is not made of. Short ones
// are not counted: they are small words, or mistyped.
func (w ownWords) strange(s spoken) (n int) {
	for _, stem := range stemsOf(s) {
		if _, own := slices.BinarySearch(w, stem); !own {
			n++
		}
	}
	return n
}

// leastLetters is how long a word is that can be strange.
const leastLetters = 4

// stemsOf are the hashes of the stems of a message's longer words, each once and in order.
func stemsOf(s spoken) (stems []uint32) {
	for _, t := range s.tokens[:min(len(s.tokens), seenWords)] {
		if len(t.form) >= leastLetters || coded(t.form) {
			stems = append(stems, hashed(german.Stem(t.form[:min(len(t.form), longestFiled)])))
		}
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// coded reports whether a short word is the name of something: K2, A13.
func coded(form string) bool {
	return strings.ContainsAny(form, "0123456789") && strings.Trim(form, "0123456789") != ""
}

// ofTalk are the acts whose words talk is made of: none that is searched, and none
// that says something to people in whatever words.
func ofTalk(k Kind) bool {
	switch k {
	case PersonWithQuestion, ReplyToHost, Change, StillOpen, AboutBot, Chatter:
		return false
	}
	return !k.Searched()
}
