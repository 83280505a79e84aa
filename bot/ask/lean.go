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

// chained is Whole of a question that leans: with the one before it, and with the one
// that this leans on. What lies between those two has been talked about and is over.
func chained(before []string, question string) string {
	var chain []string
	for i := len(before) - 1; i >= 0 && i >= len(before)-longestChain; i-- {
		text := strings.TrimSpace(before[i])
		if text == "" {
			continue
		}
		if !strings.ContainsAny(text[len(text)-1:], ".?!:") {
			text += "?"
		}
		if len(chain) == 2 {
			chain[1] = text
		} else {
			chain = append(chain, text)
		}
		if !Leans(text) {
			break
		}
	}
	slices.Reverse(chain)
	return strings.Join(append(chain, strings.TrimSpace(question)), " ")
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
	return slices.DeleteFunc(german.Content(german.Words(question)), func(w german.Word) bool { return measuring[w.Form] || w.Kind == german.Date })
}

// isNoun reports whether a word is a noun by how it is written, and not because it
// opens the question, by what stands before it, or because it is joined of others:
// "wer ist die datenschutzbeauftragte".
func isNoun(question string, w german.Word) bool {
	r, _ := utf8.DecodeRuneInString(question[w.Start:])
	if w.Start > 0 && unicode.IsUpper(r) {
		return true
	}
	before := strings.Fields(strings.ToLower(question[:w.Start]))
	return len(w.Parts) > 1 || len(before) > 0 && introducing[before[len(before)-1]]
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
// the question, and not for what the question names itself in a part before
// ("eilantrag für ein tool - wie schnell geht das").
func pointsBack(question string) bool {
	fields := strings.FieldsFunc(question, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	part := namedInPart(question)
	named := 0
	for i, field := range fields {
		word := strings.ToLower(field)
		last := i == len(fields)-1
		if named += len(contentOf(field)); named >= namedBefore || part > 0 && i >= part {
			return false
		}
		switch {
		case !last && word == "das" && strings.EqualFold(fields[i+1], "mit"):
			continue // "wie läuft das mit dem …": what it stands for comes behind
		case standsFor[word]:
			return true
		case article[word]: // an article has its noun behind it, a pronoun has none
			if named > 1 && !last {
				continue // "einen fehler melden, der schon …"
			}
			if last || i > 0 && standsAlone(fields[i+1], i+1 == len(fields)-1) {
				return true
			}
		case personal[word] && field == word && i > 0:
			if expletive[strings.ToLower(fields[i-1])] || !last && expletive[strings.ToLower(fields[i+1])] || clauseFollows(fields[i+1:]) {
				continue // "gibt es", "geht es", "kostet es was, wenn …"
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

// namedInPart is with which word of a question a second part of it begins, if the
// first one names something and asks nothing: "vs-nfd was heißt das"; 0: with none.
func namedInPart(question string) int {
	words := german.Words(question)
	for i, w := range words {
		if len(german.Content(words[:i])) == 0 {
			if asking(w.Form) {
				return 0
			}
			continue
		}
		if asking(w.Form) || strings.ContainsAny(question[words[i-1].End:w.Start], ",;:–") || strings.Contains(question[words[i-1].End:w.Start], " - ") {
			return i
		}
	}
	return 0
}

// clauseFollows reports whether what follows "es" begins a clause that it stands for.
func clauseFollows(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return clauses[strings.ToLower(f)] })
}

// standsAlone reports whether what follows shows that an article has no noun: a
// small word, or the verb that ends the question.
func standsAlone(next string, last bool) bool {
	r, _ := utf8.DecodeRuneInString(next)
	if unicode.IsUpper(r) || unicode.IsDigit(r) {
		return false
	}
	words := german.Words(next)
	if len(words) == 1 && len(words[0].Parts) > 1 {
		return false // a joined word is no verb: "der uebersetzungsdienst"
	}
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
	introducing  = wordSet("introducing")
	personal     = wordSet("personal")
	expletive    = wordSet("expletive")
	clauses      = wordSet("clauses")
	determining  = wordSet("determining") // small words that may stand between an article and its noun
	defining     = wordSet("defining")
	measuring    = wordSet("measuring")
	prepositions = wordSet("prepositions")
	joining      = wordSet("joining")
	verbs        = wordSet("verbs")
)

// wordSet is what stands in a list of lean.txt, as a set.
func wordSet(name string) map[string]bool { return german.Set(strings.Join(leaning[name], " ")) }
