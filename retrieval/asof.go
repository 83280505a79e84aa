package retrieval

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// AsOf finds the day in the past that a question asks about ("Was galt am
// 1.3.2024 für Dienstreisen?") and returns it with the question as it would have
// been asked then ("Was gilt für Dienstreisen?"): documents are written so. A
// month or a year stands for its last day, "bis" and "vor" for the day before.
//
// It is careful, because the day decides which documents may answer: the sentence
// must speak of what was the rule, in the past tense, and name one day as the
// time of that. A date that a document or a thing is named by (vom 3.12.2024,
// Haushalt 2023), a day to come, and "seit" leave the question to today.
func AsOf(question string, today Date) (day Date, rest string, ok bool) {
	for _, span := range german.Sentences(question) {
		sentence := span.Of(question)
		found, at, one := momentAsked(sentence, today)
		if !one {
			continue
		}
		day, ok = found, true
		then := inPresent(sentence[:at[0]] + " " + sentence[at[1]:])
		rest = question[:span.Start] + then + question[span.End:]
	}
	return day, strings.Join(strings.Fields(rest), " "), ok
}

// momentAsked returns the only day in the past that a sentence asks about, and
// where it stands.
func momentAsked(sentence string, today Date) (day Date, at [2]int, ok bool) {
	folded := german.Fold(sentence)
	if presentRule.MatchString(folded) {
		return Date{}, at, false
	}
	past := pastRule.MatchString(folded)
	second := false // another date may be meant as well
	for _, match := range moment.FindAllStringSubmatchIndex(sentence, -1) {
		m := momentOf(sentence, match)
		if !m.bound(past) {
			second = second || m.lead == ""
			continue
		}
		if ok {
			return Date{}, at, false // two of them
		}
		d, valid := m.day(today)
		if !valid || d.Compare(today) >= 0 {
			return Date{}, at, false
		}
		day, at, ok = d, [2]int{match[0], match[1]}, true
	}
	return day, at, ok && !second
}

// inPresent puts the verbs that ask for a rule in the present tense.
func inPresent(sentence string) string {
	return pastVerb.ReplaceAllStringFunc(sentence, func(verb string) string { return presentOf[strings.ToLower(verb)] })
}

var (
	pastVerb  = regexp.MustCompile(`(?i)\b(?:galt|galten|gegolten|durfte|durften|musste|mussten|brauchte|brauchten|war|waren)\b`)
	presentOf = map[string]string{
		"galt": "gilt", "galten": "gelten", "gegolten": "gilt", "durfte": "darf", "durften": "dürfen",
		"musste": "muss", "mussten": "müssen", "brauchte": "braucht", "brauchten": "brauchen", "war": "ist", "waren": "sind",
	}
)

// What a sentence says about what is, and was, the rule; on folded text.
var (
	presentRule = regexp.MustCompile(`\b(?:gilt|gelten|heute|heutzutage|aktuell\w*|derzeit\w*|jetzt|inzwischen|mittlerweile|momentan|kunftig|zukunftig|seit|wann)\b` +
		`|\b(?:anderung|neufassung|umstellung|einfuhrung|inkrafttreten|wechsel)\w*\b` +
		`|\b(?:ist|sind)\b.*\bnoch\b`)
	pastRule = regexp.MustCompile(`\b(?:galt|galten|gegolten)\b` +
		`|\b(?:war|waren)\b.*\b(?:gultig|in kraft|erlaubt|verboten|untersagt|zulassig|unzulassig|gestattet|geregelt|vorgeschrieben|vorgesehen|pflicht|verpflichtend|notig|notwendig|erforderlich|freigegeben|genehmigungspflichtig|massgeblich)\b` +
		`|\b(?:durft|musst|konnt|braucht|sollt)en? (?:ich|man|wir|sie|beschaftigte\w*|mitarbeitende\w*|mitarbeiter\w*|kolleg\w*)\b` +
		`|\b(?:durft|musst|braucht)en?\b.*\b(?:ich|man|wir)\b` +
		`|^\W*(?:und )?wie (?:war|waren|sah|sahen) (?:das|es|die regel\w*|die vorschrift\w*|die rechtslage|die lage)\b`)
)

// moment matches a date with the words that lead to it.
var moment = regexp.MustCompile(`(?i)\b((?:(?:am|im|in|an|zum|vom|von|aus|bis|vor|nach|ab|seit|dem|den|der|des|per|zu|mit|stand|fassung|jahr|jahre|jahres|monat|anfang|mitte|ende)[\s:]+)*)` +
	`(?:(` + german.DayPattern + `\b|\d{1,2}\.\s?\d{1,2}\.\s?\d{2}\b|` + german.WholeMonthPattern + `\b|\d{4}\b)` +
	`|((?:letzte[nsm]?|vorige[nsm]?|vergangene[nsm]?)\s+jahr)\b` +
	`|(gestern)\b)`)

// Groups of moment.
const (
	groupLead = iota + 1
	groupDate
	groupLastYear
	groupYesterday
)

// when is one match of moment.
type when struct {
	sentence string
	match    []int
	lead     string // in small letters, one blank between words
	before   string // the word before it, in small letters
}

func momentOf(sentence string, match []int) when {
	w := when{sentence: sentence, match: match}
	w.lead = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(w.group(groupLead), ":", " "))), " ")
	if words := strings.Fields(strings.ToLower(sentence[:match[0]])); len(words) > 0 {
		w.before = words[len(words)-1]
	}
	return w
}

func (w when) group(i int) string {
	if w.match[2*i] < 0 {
		return ""
	}
	return w.sentence[w.match[2*i]:w.match[2*i+1]]
}

// Leads that make a date the time of what is asked.
var (
	leadTime    = regexp.MustCompile(`^(?:am|zum|per|an dem|in|(?:im|in dem)(?: jahre?| monat)?|(?:bis )?(?:zu |zum )?(?:anfang|mitte|ende)(?: (?:des jahres|im jahre?))?)$`)
	leadBefore  = regexp.MustCompile(`^(?:bis|vor)(?: zum| dem| zum jahr| dem jahr)?$`)
	leadVersion = regexp.MustCompile(`^(?:(?:mit|nach|zu|zum) )?(?:dem )?stand(?: vom| von| am| im| in| ende| anfang| mitte)?$|^(?:(?:in|nach|zu) )?(?:der )?fassung (?:vom|von|aus)(?: dem jahr)?$`)
	verbBefore  = regexp.MustCompile(`^(?:galt|galten|war|waren|durfte|durften|musste|mussten|ich|man|wir|das|es|damals)$`)
)

// bound reports whether the date is the time asked about, in a sentence that
// speaks of the past or not.
func (w when) bound(past bool) bool {
	switch {
	case leadVersion.MatchString(w.lead):
		return true
	case !past:
		return false
	case leadTime.MatchString(w.lead), leadBefore.MatchString(w.lead):
		return true
	case w.lead != "":
		return false
	}
	return w.before == "" || verbBefore.MatchString(w.before) || w.group(groupLastYear)+w.group(groupYesterday) != ""
}

// day returns the day that the date stands for; false: it is none.
func (w when) day(today Date) (Date, bool) {
	first, last, ok := w.period(today)
	switch {
	case !ok:
		return Date{}, false
	case leadBefore.MatchString(w.lead):
		return first.AddDays(-1), true
	case strings.Contains(w.lead, "anfang"):
		return first, true
	case strings.Contains(w.lead, "mitte"):
		return first.AddDays(first.DaysTo(last) / 2), true
	}
	return last, true
}

// period returns the first and last day of what the date names.
func (w when) period(today Date) (first, last Date, ok bool) {
	m := german.Moment{Year: today.Year - 1}
	switch {
	case w.group(groupYesterday) != "":
		return today.AddDays(-1), today.AddDays(-1), true
	case w.group(groupLastYear) == "":
		if m, ok = german.ParseMoment(w.group(groupDate)); !ok {
			return Date{}, Date{}, false
		}
	}
	first, last, ok = Days(m)
	return first, last, ok && first.Year >= earliestYear
}

// earliestYear is before any rule of a house that is asked for; smaller numbers
// are no years.
const earliestYear = 1949
