package answer

import (
	"regexp"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// aspect is what a question may ask for by itself, with how it is asked for and what
// an answer to it has. Both are looked for in folded text.
type aspect struct {
	name  string // as a text names it: "Zur Dauer steht dort nichts."
	asked *regexp.Regexp
	said  *regexp.Regexp
}

const (
	amount = `(\d|\b(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|zwolf|zwanzig|dreissig|halb))`
	span   = amount + `\S*( \S+)? (minuten?|stunden?|\S*tage?n?|wochen?|monate?n?|jahre?n?)\b`
)

var aspects = []aspect{
	{"zur Dauer", regexp.MustCompile(`\bwie lang|\bdauer\b`), regexp.MustCompile(span + `|\b(dauerhaft|unbefristet|unbegrenzt|bis (zu|zum|zur)?\b)`)},
	{"zur Frist", regexp.MustCompile(`\bbis wann\b|\bfrist(en)?\b`), regexp.MustCompile(span + `|\bbis (zu|zum|spatestens|ende|mitte|\d)|\bspatestens\b|\bunverzuglich\b|\bsofort\b|\d{1,2}\. ?(\d{1,2}\.|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)|\bfrist`)},
	{"zu den Kosten", regexp.MustCompile(`\b(was|wie ?viel|wieviel)( \S+){0,3} kostet|\bkosten\b|\bwie teuer\b|\bgebuhr`), regexp.MustCompile(`\beuro\b|€|\bkosten|\bkostet|\bgebuhr|\bunentgeltlich`)},
	{"zur Häufigkeit", regexp.MustCompile(`\bwie oft\b|\bwie haufig\b`), regexp.MustCompile(`mal\b|\balle ` + amount + `|\bje(de[nrs]?)? |\b(tag|wochent|monat|jahr)lich|\bregelmassig|\beinmal`)},
}

// Aspects are what a question asks for by itself, as a text names it ("zur Dauer").
func Aspects(question string) (names []string) {
	for _, a := range aspectsOf(question) {
		names = append(names, a.name)
	}
	return names
}

// gaps names what a question asks for and the passages that prose cites do not have.
// Left reports that they have it and the prose does not say it: then the prose
// leaves out what was asked.
func gaps(question, prose string, cited []retrieval.Hit) (missing []string, left bool) {
	prose = german.Fold(prose)
	for _, a := range aspectsOf(question) {
		if a.said.MatchString(prose) {
			continue
		}
		there := false
		for _, hit := range cited {
			there = there || a.said.MatchString(german.Fold(modelText(hit)))
		}
		if there {
			left = true
			continue
		}
		missing = append(missing, a.name)
	}
	return missing, left
}

func aspectsOf(question string) (asked []aspect) {
	folded := german.Fold(question)
	for _, a := range aspects {
		if a.asked.MatchString(folded) {
			asked = append(asked, a)
		}
	}
	return asked
}
