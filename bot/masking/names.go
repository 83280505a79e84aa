package masking

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed givennames.txt
var givenNames string

//go:embed surnames.txt
var commonFamilies string

// lines are the words of a list.
func lines(list string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(list) {
		if !strings.HasPrefix(line, "#") {
			for _, word := range strings.Fields(line) {
				set[word] = true
			}
		}
	}
	return set
}

// word is a word of a text.
type word struct {
	start, end int
	text       string
	gap        string // what stands between it and the next one
}

var wordPattern = regexp.MustCompile(`[\p{L}\p{M}]+(?:[-'’.][\p{L}\p{M}]+)*`)

func wordsOf(text string) (all []word) {
	for _, at := range wordPattern.FindAllStringIndex(text, -1) {
		if n := len(all); n > 0 {
			all[n-1].gap = text[all[n-1].end:at[0]]
		}
		all = append(all, word{start: at[0], end: at[1], text: text[at[0]:at[1]]})
	}
	if n := len(all); n > 0 {
		all[n-1].gap = text[all[n-1].end:]
	}
	return all
}

// names finds names where nothing is marked yet.
func (m *Masker) names(text string, marked []Mark) (marks []Mark) {
	words := wordsOf(text)
	for i := 0; i < len(words); i++ {
		for len(marked) > 0 && marked[0].End <= words[i].start {
			marked = marked[1:]
		}
		if len(marked) > 0 && marked[0].Start < words[i].end {
			continue
		}
		from, to := m.nameAt(text, words, i)
		if to <= from {
			continue
		}
		marks = append(marks, Mark{words[from].start, words[to-1].end, Name})
		i = to - 1
	}
	return marks
}

// nameAt returns the words of the name that a sign at word i speaks of.
func (m *Masker) nameAt(text string, words []word, i int) (from, to int) {
	w := words[i]
	switch {
	case m.isUser(text, w):
		return i, i + 1
	case titles[w.text]:
		from = behindRanks(words, i+1)
		return from, family(words, from, true)
	case ranks[w.text] && (w.gap == ". " || w.gap == " "):
		from = behindRanks(words, i)
		return from, family(words, from, true)
	case roles[w.text] && w.gap == " ":
		if to = m.person(words, i+1); to > 0 || i+1 == len(words) || !isCapital(words[i+1].text) {
			return i + 1, to
		}
		return i + 1, family(words, i+1, false)
	case greetings[w.text]:
		return signature(words, i)
	case isInitial(words, i) && family(words, i+1, true) > i+1:
		return i, family(words, i+1, true)
	}
	if to = m.person(words, i); to > 0 {
		return i, to
	}
	if (m.families[strings.TrimSuffix(w.text, "s")] || m.families[w.text]) && !determined(words, i) {
		return i, i + 1
	}
	return 0, 0
}

// person returns the end of a name that begins with a given name, or is turned round:
// "Schäfer, Petra". 0: it is none.
func (m *Masker) person(words []word, i int) int {
	if i >= len(words) {
		return 0
	}
	if m.isGiven(words[i].text) {
		to := i + 1
		for to < len(words) && words[to-1].gap == " " && m.isGiven(words[to].text) {
			to++
		}
		if words[to-1].gap == " " {
			return max(to, family(words, to, false))
		}
		return to
	}
	w := words[i].text
	if i+1 == len(words) || words[i].gap != ", " || !isCapital(w) || !isFamily(w, false) || !m.isGiven(words[i+1].text) {
		return 0
	}
	if words[i+1].gap == " " && i+2 < len(words) && isCapital(words[i+2].text) {
		return 0
	}
	return i + 2
}

func (m *Masker) isGiven(w string) bool {
	if m.given[w] {
		return true
	}
	if bare := strings.TrimSuffix(w, "s"); bare != w && len(bare) > 3 && m.given[bare] {
		return true
	}
	first, second, joined := strings.Cut(w, "-")
	return joined && m.given[first] && m.given[second]
}

// isUser reports whether a word is the name of an account: one of the house's, one
// that is spoken to with @, or a given name with a family name.
func (m *Masker) isUser(text string, w word) bool {
	if m.users[strings.ToLower(w.text)] && (strings.ContainsAny(w.text, ".-_") || at(text, w)) {
		return true
	}
	if at(text, w) {
		return w.text != "all" && w.text != "channel" && w.text != "here"
	}
	given, _, dotted := strings.Cut(w.text, ".")
	return dotted && m.given[title(given)]
}

func at(text string, w word) bool { return w.start > 0 && text[w.start-1] == '@' }

func title(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[n:]
}

// behindRanks is the first word from i on that is no rank.
func behindRanks(words []word, i int) int {
	for i < len(words) && ranks[words[i].text] {
		i++
	}
	return i
}

// longest is of how many words a family name is at most.
const longest = 3

// family returns the end of a family name that begins at i, behind a sign that it is
// one. It is i where there is none.
func family(words []word, i int, sure bool) int {
	to := i
	for to < len(words) && to-i < longest {
		w := words[to].text
		if particles[w] && to+1 < len(words) && words[to].gap == " " && (isCapital(words[to+1].text) || particles[words[to+1].text]) {
			if to++; to-i >= longest {
				break
			}
			continue
		}
		if !isCapital(w) || !isFamily(w, sure && to == i) || to > i && words[to-1].gap != " " {
			break
		}
		to++
		if words[to-1].gap != " " || !sure {
			break
		}
		sure = false
	}
	if to > i && particles[words[to-1].text] {
		return i
	}
	return to
}

// isFamily reports whether a word with a capital may be a family name: most nouns are
// none by how they end. Behind a title nearly all are.
func isFamily(w string, sure bool) bool {
	if w == strings.ToUpper(w) || noNames[w] {
		return false
	}
	return sure || !fitsOne(w, nouns)
}

func isCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// determined reports whether a word stands behind an article or the like, as nouns do
// and names hardly: "der Bericht", "im Amt".
func determined(words []word, i int) bool {
	return i > 0 && words[i-1].gap == " " && determiners[strings.ToLower(words[i-1].text)]
}

// isInitial reports whether a word is the first letter of a given name: "T. Koch".
func isInitial(words []word, i int) bool {
	w := words[i]
	return utf8.RuneCountInString(w.text) == 1 && isCapital(w.text) && w.gap == ". " && i+1 < len(words) && isCapital(words[i+1].text) &&
		(i == 0 || utf8.RuneCountInString(words[i-1].text) > 1)
}

// signature is the name behind a greeting, at the end of a line.
func signature(words []word, i int) (from, to int) {
	from = i + 1
	if from < len(words) && words[from].text == "aus" {
		from += 2
	}
	for to = from; to < len(words) && isCapital(words[to].text) && to-from < longest; {
		to++
		if gap := words[to-1].gap; gap != " " && gap != ". " {
			break
		}
	}
	if to > from && (to == len(words) || strings.Contains(words[to-1].gap, "\n")) {
		return from, to
	}
	return 0, 0
}
