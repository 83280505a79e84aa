package hardlist

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// leastMended is how many letters a word has that is read as another one:
// shorter words are too often words of their own.
const leastMended = 6

// leastTorn is how many letters two words have that are read as one.
const leastTorn = 10

// mostMended is how many letters a word has at most that is read as another one.
// No rule names a longer one, and each letter costs some 30 tries.
const mostMended = 40

// meant returns words as the rules know them. Two are one where a compound was
// torn: the rules know neither part, but both together.
func (v vocabulary) meant(words []string) (known []string) {
	last := "" // as typed, where the rules do not know it: it may begin a compound
	for _, word := range words {
		if now := v.mended(word); v.know(now) {
			known, last = append(known, now), ""
		} else if joined, ok := v.compound(last, word); ok {
			known[len(known)-1], last = joined, ""
		} else {
			known, last = append(known, now), word
		}
	}
	return known
}

// compound returns the word of the rules that two words are a torn one of.
func (v vocabulary) compound(head, tail string) (joined string, ok bool) {
	if head == "" || len(head)+len(tail) < leastTorn {
		return "", false
	}
	joined = v.mended(head + tail)
	return joined, v.know(joined)
}

// mended returns the word of the rules that a folded word was meant to be, if
// they do not know it and it is one typing error away. Its end must be right, or
// another form of the same word would be mended, too. Without it and compound,
// one typing error took 169 of 1 100 questions past the list, with them 17
// (TestHardListBearsTypingErrors).
func (v vocabulary) mended(word string) string {
	if len(word) < leastMended || len(word) > mostMended || v.know(word) || correct(word) {
		return word
	}
	for intended := range german.Mistyped(word) {
		if v.know(intended) && intended[len(intended)-1] == word[len(word)-1] {
			return intended
		}
	}
	return word
}

// correct reports that a word is right as it is, though it is one typing error
// away from one of the rules. All such words begin so among the 1 083 439 of the
// example house, 200 federal laws and XQuAD's German paragraphs and questions.
func correct(word string) bool {
	return slices.ContainsFunc(correctBeginnings, func(b string) bool { return strings.HasPrefix(word, b) })
}

var correctBeginnings = []string{
	"abzuglich", "angelegt", "anlage", "beichte", "bezahlen", "bruche", "fallschirm", "flasche", "gemaht", "kleinteil",
	"kollekti", "program", "promotion", "rechtes", "scheiben", "verlag",
}

// vocabulary is the long words that patterns name: in full, or as the beginning
// of a word.
type vocabulary struct{ whole, beginnings map[string]bool }

func vocabularyOf(rs *rules) vocabulary {
	v := vocabulary{make(map[string]bool), make(map[string]bool)}
	v.add(rs.field)
	for _, r := range rs.all {
		v.add(r.words)
		if r.unless != nil {
			v.add(r.unless)
		}
	}
	return v
}

func (v vocabulary) add(p *matcher) {
	for _, word := range p.words {
		stem, begins := strings.CutSuffix(strings.TrimPrefix(word, "*"), "*")
		switch {
		case len(stem) < leastMended:
		case begins:
			v.beginnings[stem] = true
		default:
			v.whole[stem] = true
		}
	}
}

func (v vocabulary) know(word string) bool {
	if v.whole[word] {
		return true
	}
	for end := leastMended; end <= len(word); end++ {
		if v.beginnings[word[:end]] {
			return true
		}
	}
	return false
}
