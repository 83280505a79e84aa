package retrievaltest

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"
)

// Retype returns the question as somebody in a hurry types it: umlauts spelled
// out, one typing error in a long word, one compound split or two words joined.
// The same question and seed give the same result.
func Retype(question string, seed uint64) string {
	own := fnv.New64a()
	own.Write([]byte(question))                        // or all questions of a seed would get the same error
	random := rand.New(rand.NewPCG(seed, own.Sum64())) //nolint:gosec // reproducible on purpose
	words := strings.Fields(question)
	if len(words) == 0 {
		return question
	}
	Typo(words, random)
	if random.IntN(2) == 0 {
		splitOne(words, random)
	} else {
		words = joinTwo(words, random)
	}
	return Spelled(strings.Join(words, " "))
}

// Spelled writes ä, ö, ü, ß as ae, oe, ue, ss.
func Spelled(text string) string {
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss").Replace(text)
}

// Typo puts one typing error into one word of six letters or more: two letters
// swapped, one left out, or one doubled. Beginning and end stay.
func Typo(words []string, random *rand.Rand) {
	i, ok := pick(words, random, func(w []rune) bool { return len(w) >= 6 })
	if !ok {
		return
	}
	w := []rune(words[i])
	at := 1 + random.IntN(len(w)-4)
	switch random.IntN(3) {
	case 0:
		w[at], w[at+1] = w[at+1], w[at]
	case 1:
		w = append(w[:at], w[at+1:]...)
	default:
		w = append(w[:at+1], w[at:]...)
	}
	words[i] = string(w)
}

// splitOne cuts a long word in its middle, as a compound is torn apart.
func splitOne(words []string, random *rand.Rand) {
	i, ok := pick(words, random, func(w []rune) bool { return len(w) >= 12 })
	if !ok {
		return
	}
	w := []rune(words[i])
	at := len(w)/2 + random.IntN(3) - 1
	words[i] = string(w[:at]) + " " + string(w[at:])
}

// joinTwo writes two neighbouring nouns as one.
func joinTwo(words []string, random *rand.Rand) []string {
	var pairs []int
	for i := 1; i < len(words); i++ {
		if noun(words[i-1]) && noun(words[i]) {
			pairs = append(pairs, i)
		}
	}
	if len(pairs) == 0 {
		return words
	}
	i := pairs[random.IntN(len(pairs))]
	joined := append([]string{}, words[:i-1]...)
	joined = append(joined, words[i-1]+strings.ToLower(words[i]))
	return append(joined, words[i+1:]...)
}

func noun(word string) bool {
	w := []rune(word)
	return len(w) >= 4 && unicode.IsUpper(w[0]) && unicode.IsLetter(w[len(w)-1])
}

// pick chooses one of the words of letters that fit.
func pick(words []string, random *rand.Rand, fits func([]rune) bool) (int, bool) {
	var found []int
	for i, word := range words {
		w := []rune(strings.TrimRight(word, "?!.,"))
		if fits(w) && strings.IndexFunc(string(w), func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return found[random.IntN(len(found))], true
}
