package retrieval

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Asked is the kind of thing that a question wants to hear.
type Asked string

// What questions ask for. Open: an explanation, a rule, anything else.
const (
	AskedOpen   Asked = "open"
	AskedNumber Asked = "number"
	AskedDate   Asked = "date"
	AskedPerson Asked = "person"
	AskedPlace  Asked = "place"
	AskedLink   Asked = "link"
	AskedRule   Asked = "rule" // yes or no: darf, muss, kann
)

// askedPatterns are tried in order on the folded question.
var askedPatterns = []struct {
	asked   Asked
	pattern *regexp.Regexp
}{
	{AskedLink, regexp.MustCompile(`\b(?:link|url|webseite|internetseite|mailadresse|e-?mail-?adresse|telefonnummer|durchwahl|formular)\b`)},
	{AskedNumber, regexp.MustCompile(`\b(?:wie ?viele?[nmrs]?|wie (?:hoch|lange?|oft|gross|alt|teuer|weit|schnell|schwer|haufig)\w*|was kostet|kosten|frist|hochstens|mindestens|maximal|prozentsatz|anteil|anzahl|hohe)\b`)},
	{AskedDate, regexp.MustCompile(`\b(?:wann|welche[mnrs]? (?:tag|datum|jahr|monat|uhrzeit|termin|jahrhundert)\w*|um wie ?viel uhr|uhrzeit|stichtag|nachste[rn]? (?:termin|\w*sprechstunde|\w*kurs|\w*schulung))\b`)},
	{AskedPerson, regexp.MustCompile(`\b(?:wer|wem|wen|wessen|ansprechpartner\w*|ansprechperson\w*|zustandig\w*)\b`)},
	{AskedPlace, regexp.MustCompile(`\b(?:wo|wohin|woher|welche[mnr]? (?:ort|raum|stadt|land|gebaude|stockwerk))\b`)},
	{AskedRule, regexp.MustCompile(`^(?:\W*(?:und|aber|also|hallo|moin|hi|ok)\W+)?(?:darf|durfen|muss|mussen|kann|konnen|soll|sollen|ist|sind|gilt|gelten|brauch\w*|gibt|hat|haben)\b|\b(?:darf|durfen) (?:ich|wir|man|er|sie|die|der|das)\b|\b(?:erlaubt|zulassig|gestattet|verboten)\b|\b(?:geht das|ok|okay|in ordnung)\W*$`)},
}

// AskedBy returns what a question asks for.
func AskedBy(question string) Asked {
	folded := german.Fold(question)
	for _, p := range askedPatterns {
		if p.pattern.MatchString(folded) {
			return p.asked
		}
	}
	return AskedOpen
}

// What a text must hold to give a value of a kind, on the folded text.
var (
	numberIn = regexp.MustCompile(`\d|\b(?:zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|hundert|tausend|halb\w*|doppelt\w*|taglich|wochentlich|monatlich|jahrlich|einmal|zweimal|unbegrenzt|unbefristet|kostenlos|kostenfrei)\b`)
	dateIn   = regexp.MustCompile(`\d{4}|\d{1,2}\.\s?\d{1,2}\.|\d{1,2}[.:]\d{2}\s?uhr|\d{1,2} uhr|\b(?:januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\w*|\b(?:taglich|wochentlich|monatlich|jahrlich|quartal\w*|jahrhundert\w*|jahre\w*|woche\w*|ende|anfang|seit|sofort)\b`)
	linkIn   = regexp.MustCompile(`https?://|www\.|\w@\w|\]\(|\d{3,}[ /-]\d{3,}|\bformular\w*|\bintranet\b`)
)

// Holds reports whether a text gives a value of the kind; for kinds that no
// pattern can tell it always does.
func (a Asked) Holds(text string) bool {
	folded := german.Fold(text)
	switch a {
	case AskedNumber:
		return numberIn.MatchString(folded)
	case AskedDate:
		return dateIn.MatchString(folded)
	case AskedLink:
		return linkIn.MatchString(strings.ToLower(text))
	}
	return true
}
