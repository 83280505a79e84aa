package german

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rejoin returns a text with separated verbs put together again: "wie melde ich
// mich zum Kurs an" becomes "wie anmelden ich mich zum Kurs", since documents say
// "Anmeldung" and "angemeldet". known says whether a stem is a word; what gives none
// stays as it is. It is for searching; nobody reads it.
func Rejoin(text string, known func(stem string) bool) string {
	words := Words(text)
	var b strings.Builder
	end, first := 0, 0
	for i := range words {
		if !endsClause(text, words, i) {
			continue
		}
		if verb, whole, ok := separated(text, words[first:i+1], known); ok {
			verb += first
			b.WriteString(text[end:words[verb].Start])
			b.WriteString(whole)
			b.WriteString(strings.TrimRight(text[words[verb].End:words[i].Start], " "))
			end = words[i].End
		}
		first = i + 1
	}
	b.WriteString(text[end:])
	return b.String()
}

// endsClause reports whether a clause ends behind a word.
func endsClause(text string, words []Word, i int) bool {
	if i+1 == len(words) {
		return true
	}
	return strings.ContainsAny(text[words[i].End:words[i+1].Start], ".,;:?!–\n") || clauseOpeners[words[i+1].Form]
}

// separated returns the verb of a clause that its last word belongs to, with both
// in one.
func separated(text string, clause []Word, known func(stem string) bool) (verb int, whole string, ok bool) {
	last := clause[len(clause)-1]
	particle := text[last.Start:last.End]
	if !verbParticles[particle] {
		return 0, "", false
	}
	for i, w := range clause[:len(clause)-1] {
		typed := text[w.Start:w.End]
		if r, _ := utf8.DecodeRuneInString(typed); w.Stop || w.Kind != Plain || !unicode.IsLower(r) {
			continue
		}
		for _, ending := range verbEndings {
			root, has := strings.CutSuffix(typed, ending)
			if has && len(root) >= leastRoot && known(Stem(Fold(particle+root+"en"))) {
				return i, particle + root + "en", true
			}
		}
	}
	return 0, "", false
}

// leastRoot is how many letters a verb without its ending has at least.
const leastRoot = 3

var (
	verbEndings   = []string{"", "en", "e", "et", "est", "st", "t", "n"}
	verbParticles = Set(`ab an auf aus bei ein fest frei her hin hoch los mit nach rein raus rauf rum runter vor weg weiter zu zurück zusammen`)
	clauseOpeners = Set(`und oder wenn weil dass ob damit obwohl bevor nachdem sobald falls sondern aber`)
)
