package german

import (
	_ "embed"
	"iter"
	"strings"
)

var (
	//go:embed small.txt
	smallList string
	//go:embed foreign.txt
	foreignList string

	smallWords = typedSet(smallList)
)

// typedSet are the words of a list as they are typed, and folded.
func typedSet(list string) map[string]bool {
	set := Set(list)
	for word := range Set(list) {
		set[Fold(word)] = true
	}
	return set
}

// ForeignLanguage is the language, by its heading in foreign.txt ("English"), that most
// of the words are small words of; empty: none is. Of equals it is the first there.
func ForeignLanguage(words iter.Seq[string]) string {
	counts := map[string]int{}
	counted := map[string]bool{}
	for word := range words {
		if !counted[word] {
			for _, language := range languagesOf[word] {
				counts[language]++
			}
		}
		counted[word] = true
	}
	best := ""
	for _, language := range foreignLanguages {
		if counts[language] > counts[best] {
			best = language
		}
	}
	return best
}

// foreignLanguages are the headings of foreign.txt, and languagesOf under which of
// them each of its words stands.
var foreignLanguages, languagesOf = readLanguages(foreignList)

func readLanguages(text string) (languages []string, of map[string][]string) {
	of = map[string][]string{}
	for line := range strings.Lines(text) {
		heading, is := strings.CutPrefix(strings.TrimSpace(line), "# ")
		switch {
		case is && !strings.Contains(heading, " "):
			languages = append(languages, heading)
		case !is && len(languages) > 0:
			for word := range strings.FieldsSeq(line) {
				of[word] = append(of[word], languages[len(languages)-1])
				if folded := Fold(word); folded != word {
					of[folded] = append(of[folded], languages[len(languages)-1])
				}
			}
		}
	}
	return languages, of
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
		case languagesOf[word] != nil:
			foreign++
		}
		counted[word] = true
	}
	return own, foreign
}
