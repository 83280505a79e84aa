package ask

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/retrieval/german"
)

const (
	// leastWords is how many content words a question without a noun needs to be
	// understood by itself.
	leastWords = 2
	// leaningWords is the length up to which a question may lean on another.
	leaningWords = 14
	// longestChain is how many questions before one are taken with it at most.
	longestChain = 3
)

// Whole returns a question with those that it leans on, as they are searched,
// shown to its asker and brought to people: questions of the same person, oldest
// first, and only as far back as one that is understood by itself. A question that
// leans on none comes back as it is.
func Whole(before []string, question string) string {
	if !Leans(question) {
		return question
	}
	return chained(before, question)
}

// chained is Whole of a question that leans.
func chained(before []string, question string) string {
	chain := []string{strings.TrimSpace(question)}
	for i := len(before) - 1; i >= 0 && len(chain) <= longestChain; i-- {
		text := strings.TrimSpace(before[i])
		if text == "" {
			continue
		}
		if !strings.ContainsAny(text[len(text)-1:], ".?!:") {
			text += "?"
		}
		chain = append(chain, text)
		if !Leans(text) {
			break
		}
	}
	slices.Reverse(chain)
	return strings.Join(chain, " ")
}

// Leans reports whether a question is not understood without what was said before
// it: it begins as only a second one does, a word of it stands for something named
// earlier, or it names nothing itself.
func Leans(question string) bool {
	words := dialogue.Words(question)
	switch {
	case len(words) == 0 || len(words) > leaningWords:
		return false
	case dialogue.GoesOn(question), german.LeansBack(question), elliptic(words), pointsBack(question):
		return true
	}
	content := contentOf(question)
	if len(content) > 0 && words[0] == "was" && defining[words[1]] {
		return false // "was bedeutet dsfa"
	}
	return len(content) < leastWords && !slices.ContainsFunc(content, func(w german.Word) bool { return isNoun(question, w) })
}

// contentOf returns the words of a question that name something.
func contentOf(question string) []german.Word {
	return slices.DeleteFunc(german.Content(german.Words(question)), func(w german.Word) bool { return measuring[w.Form] })
}

// isNoun reports whether a word is written as nouns are, and not because it opens
// the question.
func isNoun(question string, w german.Word) bool {
	r, _ := utf8.DecodeRuneInString(question[w.Start:])
	return w.Start > 0 && unicode.IsUpper(r)
}

// elliptic reports whether a question is only a part of one: "für Praktikant:innen
// auch?", "bei Krankheit?".
func elliptic(words []string) bool {
	if prepositions[words[0]] && len(words) > 1 && !asking(words[1]) && len(words) <= 7 {
		return true
	}
	return len(words) <= 3 && slices.Contains(words, "auch")
}

func asking(word string) bool {
	return strings.HasPrefix(word, "welche") || strings.HasPrefix(word, "wie") || strings.HasPrefix(word, "w") && len(word) <= 4
}

// namedBefore is how many words that name something stand before a pronoun whose
// noun is among them.
const namedBefore = 3

// pointsBack reports whether a word of a question stands for something said before
// the question.
func pointsBack(question string) bool {
	fields := strings.FieldsFunc(question, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	named := 0
	for i, field := range fields {
		word := strings.ToLower(field)
		last := i == len(fields)-1
		if named += len(contentOf(field)); named >= namedBefore {
			return false
		}
		switch {
		case !last && word == "das" && strings.EqualFold(fields[i+1], "mit"):
			continue // "wie läuft das mit dem …": what it stands for comes behind
		case standsFor[word]:
			return true
		case article[word]: // an article has its noun behind it, a pronoun has none
			if last || i > 0 && standsAlone(fields[i+1], i+1 == len(fields)-1) {
				return true
			}
		case personal[word] && field == word && i > 0:
			if expletive[strings.ToLower(fields[i-1])] || !last && expletive[strings.ToLower(fields[i+1])] {
				continue // "gibt es", "geht es"
			}
			return true
		case word == "da" && i > 0 && !last:
			return true
		case (word == "einen" || word == "eine" || word == "eins" || word == "welche") && i > 0 && (last || i == len(fields)-2 && len(fields[i+1]) <= 3):
			return true // "wie schlage ich einen vor"
		}
	}
	return false
}

// standsAlone reports whether what follows shows that an article has no noun: a
// small word, or the verb that ends the question.
func standsAlone(next string, last bool) bool {
	r, _ := utf8.DecodeRuneInString(next)
	if unicode.IsUpper(r) || unicode.IsDigit(r) {
		return false
	}
	words := german.Words(next)
	stop := len(words) == 1 && words[0].Stop && !determining[strings.ToLower(next)]
	verb := strings.HasSuffix(next, "en") || strings.HasSuffix(next, "eln") || strings.HasSuffix(next, "ern") || strings.HasSuffix(next, "t")
	return stop || last && verb
}

//go:embed lean.txt
var leanText string

var leaning = german.Lists(leanText)

var (
	standsFor    = wordSet("always") // words that always stand for something else
	article      = wordSet("articles")
	personal     = wordSet("personal")
	expletive    = wordSet("expletive")
	determining  = wordSet("determining") // small words that may stand between an article and its noun
	defining     = wordSet("defining")
	measuring    = wordSet("measuring")
	prepositions = wordSet("prepositions")
)

// wordSet is what stands in a list of lean.txt, as a set.
func wordSet(name string) map[string]bool {
	set := map[string]bool{}
	for _, word := range leaning[name] {
		set[word] = true
	}
	return set
}
