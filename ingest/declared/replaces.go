package declared

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// What a document may say of the one that it replaces. A name ends before its
// date, or with the sentence.
const (
	article = `(?:die|den|das|der)\s+`
	older   = `(?:bisherige[nr]?\s+|alte[nr]?\s+|vorherige[nr]?\s+|bis\s+dahin\s+geltende[nr]?\s+)?`
	name    = `([\pL„“”"»«_][^.;:,!?()]{2,160}?)`
	dated   = `(?:,?\s+(?:\(?(?:vom|in\s+der\s+Fassung\s+vom|mit\s+Stand\s+vom|Stand:?)\s+)(` + datePart + `)\)?)?`
	atOnce  = `(?:gleichzeitig|zugleich|damit|hiermit|am\s+selben\s+Tag|mit\s+ihrem\s+Inkrafttreten|mit\s+(?:dem\s+)?Inkrafttreten\s+dieser\s+[\pL-]+)`
)

var (
	takesPlace  = pattern(subject, `\s+ersetzt\s+(?:hiermit\s+|damit\s+)?`, article, older, name, dated, stop)
	relieves    = pattern(subject, `\s+löst\s+`, article, older, name, dated, `\s+ab`, stop)
	endsOther   = pattern(atOnce, `\s+tritt\s+`, article, older, name, dated, `\s+(?:außer|ausser)\s+Kraft`, stop)
	otherEnds   = pattern(article, older, name, dated, `\s+(?:tritt\s+(?:gleichzeitig|zugleich|damit|hiermit)\s+(?:außer|ausser)\s+Kraft|wird\s+(?:hiermit|damit|gleichzeitig|zugleich)\s+aufgehoben)`, stop)
	beginAndEnd = pattern(subject, `\s+tritt\s+`, onDay, `(?:`, datePart, `)\s+in\s+Kraft\s+und\s+ersetzt\s+`, article, older, name, dated, stop)

	severalNames = regexp.MustCompile(`(?i)\s(?:und|sowie|oder)\s+(?:die|den|das|der|alle)\s|^(?:alle|sämtliche|mehrere)\s`)
)

// replaces adds the one document that a sentence names as replaced.
func (f *finder) replaces(s *sentence) {
	for _, p := range []struct {
		re        *regexp.Regexp
		self      int // 0: the sentence has no other subject
		name, day int
	}{{takesPlace, 1, 2, 3}, {relieves, 1, 2, 3}, {beginAndEnd, 1, 2, 3}, {endsOther, 0, 1, 2}, {otherEnds, 0, 1, 2}} {
		m := p.re.FindStringSubmatchIndex(s.masked)
		if m == nil {
			continue
		}
		group := func(i int) string { // as the document writes it, quotations included
			if m[2*i] < 0 {
				return ""
			}
			return s.original[m[2*i]:m[2*i+1]]
		}
		if p.self > 0 && !s.isSelf(group(p.self)) {
			continue
		}
		f.replaced(s, group(p.name), group(p.day))
		return
	}
}

func (f *finder) replaced(s *sentence, name, day string) {
	var date retrieval.Date
	if day != "" {
		var ok bool
		if date, ok = parseDate(day, false); !ok {
			return
		}
	}
	name = strings.Join(strings.Fields(unquoted(name)), " ")
	own := german.Fold(name) == s.title.folded && date.IsZero()
	if name == "" || own || severalNames.MatchString(name) || demonstrative.MatchString("die "+name) {
		return
	}
	f.add(Replaces, date, name, s.original)
}

// unquoted returns a title that stands in quotation marks alone, or behind the
// sort of document: "Dienstanweisung „KI im Amt“" is called "KI im Amt".
func unquoted(name string) string {
	from := strings.IndexAny(name, "„“\"»«")
	if from < 0 {
		return name
	}
	inner := strings.Trim(name[from:], "„“”\"»« ")
	if strings.ContainsAny(inner, "„“”\"»«") {
		return "" // several quotations
	}
	return inner
}
