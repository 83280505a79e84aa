package dialogue

import (
	"unicode"

	"lvr.example/sprechstunde/retrieval/german"
)

// foreign reports whether a message is clearly of another language, by its
// letters or by its small words.
func foreign(s spoken) bool {
	latin, other := 0, 0
	for _, t := range s.tokens {
		for _, r := range t.form {
			switch {
			case unicode.Is(unicode.Latin, r):
				latin++
			case unicode.IsLetter(r):
				other++
			}
		}
	}
	own, strange := german.SmallWords(func(yield func(string) bool) {
		for _, t := range s.tokens {
			if !yield(plainLetters(t.form)) {
				return
			}
		}
	})
	return other > latin || strange >= 2 && strange > own
}
