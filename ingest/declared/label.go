package declared

import (
	"regexp"
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// Labelled lines. A label must open the line, or follow a sign that parts what a
// line holds; behind the date nothing else may stand.
var (
	apart      = regexp.MustCompile(`\s*(?:[|·•;\n]|,\s+|\s[–-]\s(?:[A-ZÄÖÜ]))\s*`)
	asOfLabel  = regexp.MustCompile(`(?i)^\(?(?:Sachstand|Stand)\s*:?\s*(?:vom\s+)?(` + datePart + `)\)?\.?$`)
	fromLabel  = regexp.MustCompile(`(?i)^\(?(?:Gültig(?:keit)?\s+(?:ab|seit)|Gültig\s+vom|Inkrafttreten|In\s+Kraft\s+(?:ab|seit)|Gilt\s+ab)\s*:?\s*(?:dem\s+)?(` + datePart + `)\)?\.?$`)
	untilLabel = regexp.MustCompile(`(?i)^\(?(?:Gültig(?:keit)?\s+bis|Befristet\s+bis|Gilt\s+bis|Außerkrafttreten)\s*:?\s*(?:zum\s+|einschließlich\s+)?(` + datePart + `)\)?\.?$`)
	rangeLabel = regexp.MustCompile(`(?i)^\(?(?:Gültig(?:keit(?:sdauer|szeitraum)?)?|Gilt|Geltungsdauer|Laufzeit)\s*:?\s*(?:vom|von|ab)?\s*(` + datePart + `|` + german.ShortDayPattern + `)\s*(?:bis(?:\s+zum)?|–|-)\s*(` + datePart + `)\)?\.?$`)
)

// maxLabel is the length in bytes of a line of labels: longer ones are sentences.
const maxLabel = 200

// labels looks at each line of a paragraph, and at what stands beside each other
// on one.
func (f *finder) labels(text string) {
	if len(text) > 4*maxSentence {
		return
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if len(line) > maxLabel || f.label(line) {
			continue
		}
		for _, piece := range apart.Split(line, -1) {
			f.label(strings.TrimSpace(piece))
		}
	}
}

func (f *finder) label(line string) bool {
	if m := rangeLabel.FindStringSubmatch(line); m != nil {
		return f.addRange(m[1], m[2], line)
	}
	for _, l := range []struct {
		kind    Kind
		pattern *regexp.Regexp
	}{{AsOf, asOfLabel}, {Begins, fromLabel}, {Ends, untilLabel}} {
		if m := l.pattern.FindStringSubmatch(line); m != nil {
			date, ok := parseDate(m[1], l.kind == Ends)
			if ok {
				f.add(l.kind, date, "", line)
			}
			return ok
		}
	}
	return false
}

// addRange adds beginning and end; a beginning without a year has that of the end.
func (f *finder) addRange(from, until, sentence string) bool {
	last, ok := parseDate(until, true)
	if !ok {
		return false
	}
	first, ok := parseShort(from, last.Year)
	if !ok || last.Compare(first) < 0 {
		return false
	}
	f.add(Begins, first, "", sentence)
	f.add(Ends, last, "", sentence)
	return true
}
