package retrieval

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// How far behind the best statement, in log odds, one may lie that gives what a question
// of its kind asks for, where the best one does not.
const (
	fitsInSection = 5.0 // below the same heading of the same document; from 2 to 5 the figures are the same
	fitsElsewhere = 1.0
)

// fitting puts the first statement that gives what is asked for before those that do
// not, of statements with the best first: of a question for how long, one with a span of
// time; of one for what a word means, one that says it. What a model of single statements
// could not learn (docs/evaluation.md) is a condition here, and no weight.
func (j judging) fitting(question string, hits []Hit, all []Statement) {
	if len(all) == 0 || !j.markFits(question, all) {
		return
	}
	best := all[0]
	if best.Fits || row(best.Text()) { // of a table's rows the words decide
		return
	}
	for i, s := range all[1:] {
		behind := best.Score - s.Score
		if behind > fitsInSection {
			return
		}
		near := behind <= fitsElsewhere && s.Bears >= best.Bears/2
		if s.Fits && (near || sameSection(hits, best, s)) {
			toFront(all, i+1)
			return
		}
	}
}

// markFits tells of each statement whether it gives what a question asks for; false: the
// question is of no kind, and none is told of.
func (j judging) markFits(question string, all []Statement) bool {
	fits := j.fit(question)
	if fits == nil {
		return false
	}
	for i := range all {
		all[i].Fits = fits(all[i])
	}
	return true
}

// toFront puts the statement at a place first.
func toFront(all []Statement, at int) {
	s := all[at]
	copy(all[1:at+1], all[:at])
	all[0] = s
}

// sameSection reports whether two statements stand below the same headings of a document.
func sameSection(hits []Hit, a, b Statement) bool {
	return a.Passage.ID == b.Passage.ID ||
		hits[a.Hit].Document.ID == hits[b.Hit].Document.ID && strings.Join(a.Passage.Headings, "\n") == strings.Join(b.Passage.Headings, "\n")
}

// fit returns whether a statement gives what a question asks for; nil: every one may.
func (j judging) fit(question string) func(Statement) bool {
	folded := german.Fold(question)
	for _, k := range kinds {
		if !k.asked.MatchString(folded) {
			continue
		}
		return func(s Statement) bool {
			text := s.Text()
			return !strings.HasSuffix(text, "?") && k.fits(j, german.Fold(numbering.ReplaceAllString(text, "")), s)
		}
	}
	return nil
}

// numbering is the number of a paragraph before its text.
var numbering = regexp.MustCompile(`^\s*(?:\(\d+\)|\d+(?:\.\d+)*\.?)\s`)

// kind is what some questions have in common in what answers them.
type kind struct {
	asked *regexp.Regexp                                   // on the folded question
	fits  func(j judging, folded string, s Statement) bool // of a statement, folded and without its number
}

const (
	someTime  = `(?:\d+|eine?[mnrs]?|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|halbe?n?|mehrere[nr]?|wenige[nr]?)(?: bis \S+)? (?:\w+ )?(?:minuten?|stunden?|\w*tage?[ns]?|wochen?|monate?[ns]?|jahre?[ns]?)\b`
	frequency = `\balle ` + someTime + `|\b(?:halb|viertel)?jahrlich|\bmonatlich|\bwochentlich|\btaglich|\b\w+mal\b|\bmal (?:im|in|pro|je)\b|\bjede[nrsm]? (?:\w+ )?(?:tag|woche|monat|jahr|quartal|montag|dienstag|mittwoch|donnerstag|freitag)\b|\bnach (?:\d+|\w+) (?:tagen|wochen|monaten|jahren)\b|\bbeliebig oft\b|\bregelmassig`
)

// kinds are tried in order.
var kinds = []kind{
	{regexp.MustCompile(`\bwas (?:heisst|bedeutet|bedeuten|meint|ist|sind|versteht man unter)\b(?: (?:eigentlich|denn|genau|ein|eine|der|die|das|unter|mit))*(?: [\pL\pN-]+){1,2}(?: \S+){0,2}\W*$`), judging.defines},
	{regexp.MustCompile(`\bwie (?:oft|haufig)\b|\bin welchen abstanden\b`), saying(frequency)},
	{regexp.MustCompile(`\b(?:nachts|abends|morgens|mittags|wochenende[sn]?|sonntags|samstags|feiertags|uhrzeit)\b|\bum wie ?viel uhr\b|\b(?:geoffnet|offnungszeit\w*)\b`), saying(`\d uhr\b|\bwerktags\b|\bwochenende\b|\brund um die uhr\b|\bfeiertag\w*`)},
	{regexp.MustCompile(`\bbis wann\b|\bspatestens\b|\bfrist\b|\bwie lange? (?:vorher|davor|vor)\b`), func(_ judging, folded string, _ Statement) bool {
		return deadline.MatchString(repeating.ReplaceAllString(folded, ""))
	}},
	{regexp.MustCompile(`\bwie lang(?:e)?\b|\bwie viel zeit\b|\bdauert?\b`), func(_ judging, folded string, _ Statement) bool {
		return lasting.MatchString(repeated.ReplaceAllString(folded, ""))
	}},
	{regexp.MustCompile(`\bwann (?:muss|mussen|soll|sollen)\b|\bwie (?:schnell|zeitig|fruh|bald)\b`), saying(someTime + `|\bbis (?:montag|dienstag|mittwoch|donnerstag|freitag|\d|ende|mitte|anfang|zum \d)|\d uhr\b|\bspatestens\b|\bsofort\b|\bunverzuglich\b|\bumgehend\b|\d{1,2}\. ?(?:\d{1,2}\.|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)|\bvor (?:der|dem|beginn)\b`)},
	{regexp.MustCompile(`\bwie ?viele?[nmrs]?\b`), saying(`\d| \| |` + someTime + `|\b(?:zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|hundert)\b`)},
	{regexp.MustCompile(`\b(?:wer|wem|wen)\b|\ban wen\b`), judging.namesSomebody},
	{regexp.MustCompile(`\bseit wann\b`), saying(`\bseit\b|\bab (?:dem )?\d|\bin kraft\b`)},
	{regexp.MustCompile(`\bwann (?:ist|sind|war|tagt|trifft|treffen|findet|finden|kommt|kriegt?|krieg|bekommt?|bekomm|erfahrt?|erfahr|weiss|hore?|wird|werden|lauft|endet|beginnt|startet)\b`), saying(someTime + `|` + frequency + `|\d uhr\b|\d{1,2}\. ?(?:\d{1,2}\.|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)|\b\d{4}\b|\bspatestens\b|\bsofort\b|\btermin steht\b`)},
	{regexp.MustCompile(`^(?:\W*(?:und|aber|also|hallo|moin|hi|ok)\W+)?(?:darf|durfen|muss|mussen|kann|konnen|brauch\w*)\b|\b(?:darf|durfen|muss|mussen|brauch\w*) (?:ich|wir|man|da|der|die|das)\b|\b(?:erlaubt|zulassig|gestattet|verboten)\b|\b(?:geht das|ok|okay|in ordnung)\W*$`), func(_ judging, folded string, s Statement) bool {
		return (ruling(s.Text()) || limiting.MatchString(folded)) && (s.Bears >= ruledOn || yesNo.MatchString(s.Text()))
	}},
}

var (
	lasting  = regexp.MustCompile(`\b` + someTime + `|\b\d+ (?:zeichen|worter|seiten|satze|zeilen)\b|\bdauerhaft\b|\bunbefristet\b|\bunbegrenzt\b|\bbis zu[mr]?\b|\bsofort\b|\d{1,2}\.\d{1,2}\.\d{4}`)
	repeated = regexp.MustCompile(`\balle ` + someTime + `|\b` + someTime + ` (?:vor|vorher|davor)\b`) // how often, and when
	// repeating is how often something takes place, which says nothing of until when.
	repeating = regexp.MustCompile(`\balle ` + someTime + `|\d{1,2}(?:[.:]\d\d)? bis \d{1,2}(?:[.:]\d\d)? uhr\b`)
	deadline  = regexp.MustCompile(`\b(?:spatestens|sofort|unverzuglich|umgehend|innerhalb|binnen|\w*frist|\w*schluss|vorlauf)\b|\d{1,2}\.\d{1,2}\.\d{4}|\bbis (?:zum?|montag|dienstag|mittwoch|donnerstag|freitag|ende|mitte|anfang|\d)|\bbis ` + someTime + `|` + someTime + ` (?:vorher|davor|vor|nach)\b|\bvor (?:der|dem|beginn)\b`)
	limiting  = regexp.MustCompile(`\b(?:hochstens|mindestens|moglich|nur|ausschliesslich|bis zu|immer|gilt|gelten)\b`)
	yesNo     = regexp.MustCompile(`^(?:Ja|Nein)\b`)
)

// ruledOn is the share of the question's words that a rule has itself.
const ruledOn = 0.2

func saying(pattern string) func(judging, string, Statement) bool {
	said := regexp.MustCompile(pattern)
	return func(_ judging, folded string, _ Statement) bool { return said.MatchString(folded) }
}

// defines reports whether a statement begins with what is asked about and says what it is.
func (j judging) defines(_ string, s Statement) bool {
	text := numbering.ReplaceAllString(s.Text(), "")
	at := defining.FindStringIndex(text)
	if at == nil {
		return false
	}
	head := german.NewBag(text[:at[1]])
	for _, w := range j.words {
		if w.in(head) >= wellHeld {
			return true
		}
	}
	return false
}

// defining is what follows the few words that are explained.
var defining = regexp.MustCompile(`^\S+(?: \S+){0,3}?(?: (?:heißt|heißen|bedeutet|bedeuten|ist|sind|steht für|stehen für|meint|nennt man)\b|:| \| | [–-] )`)

// wellHeld is how well a word is found that counts as there.
const wellHeld = 0.5

// namesSomebody reports whether a statement names somebody whom the question does not.
func (j judging) namesSomebody(folded string, _ Statement) bool {
	for _, found := range somebody.FindAllString(folded, -1) {
		asked := false
		for _, w := range j.words {
			asked = asked || strings.Contains(found, w.Stem) || strings.Contains(w.Form, german.Stem(found))
		}
		if !asked {
			return true
		}
	}
	return false
}

var somebody = regexp.MustCompile(`\w@\w|\btelefon\b|\b\w*(?:stelle|beauftragte\w*|leitung|leiter\w*|kreis|rat|team|zentrum|servicedesk|buro|amt|dezernat\w*|fachbereich\w*|abteilung|kraft|krafte|lots\w*|vertretung|referat|akademie|redaktion|gruppe|mitglieder\w*|beschaftigte\w*|teilnehmende\w*|vorsitz\w*|it|(?:verantwortliche|die|jede) person)\b`)
