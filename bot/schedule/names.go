package schedule

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/retrieval/german"
)

// Names as people say them: "kafe runde", "sprechstd", "die offene stunde". A word is part
// of a name if it sounds like a part, is one cut short, or begins with one and goes on with
// what any meeting is called. A part that says little, as "offen" or "stunde", counts half:
// two of them name a format, or one that says more.

const (
	partCounts   = 2
	commonCounts = 1
	leastCount   = 2
)

// spokenNames are the formats whose names a folded text has parts of, those with the most,
// and the text without these parts.
func spokenNames(folded string, c *officehours.Calendar) (named []officehours.Format, rest string) {
	var best []string
	most := leastCount
	for _, f := range c.Formats() {
		counts, parts := 0, nameParts(f)
		var words []string
		for _, word := range singleWord.FindAllString(folded, -1) {
			i := slices.IndexFunc(parts, func(part string) bool { return soundsLike(word, part, parts) })
			if i < 0 {
				continue
			}
			words = append(words, word)
			if commonParts[parts[i]] {
				counts += commonCounts
			} else {
				counts += partCounts
			}
			parts = slices.Delete(parts, i, i+1)
		}
		switch {
		case counts < most:
		case counts > most:
			most, named, best = counts, []officehours.Format{f}, words
		default:
			named, best = append(named, f), append(best, words...)
		}
	}
	return named, singleWord.ReplaceAllStringFunc(folded, func(word string) string {
		if slices.Contains(best, word) {
			return spaces(word)
		}
		return word
	})
}

var commonParts = german.Set(strings.Join(words["common"], " "))

// capital is where a name joined of words begins with another one.
var capital = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)

// nameParts are the words of a format's name, folded, with those that it is joined of, and
// with what its foreign words are called in German.
func nameParts(f officehours.Format) (parts []string) {
	for _, word := range strings.FieldsFunc(capital.ReplaceAllString(f.Name, "$1 $2"), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		folded := german.Fold(word)
		parts = append(parts, folded)
		for _, common := range words["common"] {
			if front, joined := strings.CutSuffix(folded, common); joined && len(front) >= leastPart {
				parts = append(parts, front, common)
			}
		}
		for _, pair := range words["native"] {
			if foreign, native, _ := strings.Cut(pair, "="); foreign == folded {
				parts = append(parts, native)
			}
		}
	}
	slices.SortFunc(parts, func(a, b string) int { return len(b) - len(a) })
	return parts
}

const (
	leastPart  = 4 // letters of a part of a joined word
	leastShort = 6 // letters of one cut short
	leastSound = 3 // letters of one as it is heard
	leastSlip  = 5 // letters of one in which a slip can be told from another word
)

// soundsLike reports whether a folded word is a part of a name as people spell it, also
// with another part or a word for any meeting behind it.
func soundsLike(word, part string, parts []string) bool {
	if word == part {
		return true
	}
	if len(word) < leastPart || len(part) < leastPart {
		return false
	}
	said, is := sound(word), sound(part)
	if alike(said, is) {
		return true
	}
	if len(word) >= leastShort && len(word) < len(part) && strings.HasPrefix(part, word[:leastShort]) && within(word, part) {
		return true
	}
	for end := max(leastSound, len(is)-1); end <= len(is)+1 && end < len(said); end++ {
		behind := said[end:]
		if alike(said[:end], is) && (meeting[behind] || slices.ContainsFunc(parts, func(p string) bool { return len(p) >= leastPart && alike(behind, sound(p)) })) {
			return true
		}
	}
	return false
}

// meeting are words for any meeting, as sound spells them.
var meeting = func() map[string]bool {
	all := map[string]bool{}
	for _, word := range words["meeting"] {
		all[sound(word)] = true
	}
	return all
}()

// alike reports whether two words as sound spells them are one: but for a slip in longer
// ones, but for vowels in short ones.
func alike(a, b string) bool {
	switch {
	case a == "" || b == "" || a[0] != b[0]:
		return false
	case len(a) < leastSlip || len(b) < leastSlip:
		return len(a) == len(b) && vowels.ReplaceAllString(a, "*") == vowels.ReplaceAllString(b, "*")
	}
	return officehours.Apart(a, b, 1)
}

var vowels = regexp.MustCompile(`[aeiou]`)

// sound spells a folded word as it is heard: "kaffee" and "kafe" alike.
func sound(word string) string {
	word = sounds.Replace(word)
	var heard []byte
	for i := range len(word) {
		if i == 0 || word[i] != word[i-1] {
			heard = append(heard, word[i])
		}
	}
	return string(heard)
}

var sounds = strings.NewReplacer("sch", "sch", "ch", "ch", "ck", "k", "c", "k", "ph", "f", "th", "t", "dt", "t", "ie", "i", "ih", "i", "ea", "i", "ee", "e", "eh", "e", "ah", "a", "y", "i")

// within reports whether the letters of a short word stand in a longer one in order.
func within(short, long string) bool {
	for _, r := range short {
		at := strings.IndexRune(long, r)
		if at < 0 {
			return false
		}
		long = long[at+1:]
	}
	return true
}
