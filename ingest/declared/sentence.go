package declared

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// sentence is one sentence on its way to statements.
type sentence struct {
	masked   string // quotations blotted out, byte for byte as long
	original string
	before   *sentence // in the same block; nil: none
	title    title
}

// unsure marks sentences that deny, plan, suppose, ask or report something.
var unsure = regexp.MustCompile(`(?i)(?:^|[^\pL])` + either("unsure") + `(?:[^\pL]|$)|\?|z\.\s?B\.|d\.\s?h\.\s+wenn`)

// Pieces of the patterns. A subject is few words without a verb, a comma or a
// figure between.
const (
	subject = `((?:dies(?:e|er|es)|(?:die|der|das)(?:\s+hier)?(?:\s+vorliegende[nr]?)?)\s+[\pL\pN][\pL\pN\s„“"»«.-]{0,80}?|sie|er|es)`
	day     = `(` + datePart + `)`
	numbers = `^(?:(?:\(\d{1,2}[a-z]?\)|§\s?\d+[a-z]?|\d{1,2}[.)]|[a-z]\))\s*)*`
	onDay   = `(?:(?:rückwirkend\s+)?(?:am|zum|ab\s+dem|ab|mit\s+Wirkung\s+(?:vom|zum|ab)|mit\s+dem)\s+)`
	endDay  = `(?:(?:am|zum|mit\s+dem|mit\s+Ablauf\s+des|mit\s+Ende\s+des)\s+)`
	toDay   = `(?:bis\s+(?:zum\s+|einschließlich\s+|einschließlich\s+zum\s+|zum\s+Ablauf\s+des\s+)?)`
	andThen = `(?:\s*(?:,|;)?\s*(?:und|sowie)\s+(?:(?:sie|er|es)\s+)?|\s*,\s*)`
	stop    = `\s*(?:[.;!]|$)`
)

func pattern(parts ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)` + numbers + strings.Join(parts, ""))
}

var (
	beginsFirst = pattern(subject, `\s+(?:tritt|trat)\s+`, onDay, day, `\s+in\s+Kraft(?P<rest>.*)$`)
	beginsLate  = pattern(`(?:am|zum|ab\s+dem|mit\s+Wirkung\s+vom)\s+`, day, `\s+(?:tritt|trat)\s+`, subject, `\s+in\s+Kraft(?P<rest>.*)$`)
	hasBegun    = pattern(subject, `\s+ist\s+(?:am|zum|seit\s+dem|seit|mit\s+Wirkung\s+vom)\s+`, day, `\s+in\s+Kraft(?:\s+getreten)?`, stop)
	endsFirst   = pattern(subject, `\s+tritt\s+`, endDay, day, `\s+(?:wieder\s+)?(?:außer|ausser)\s+Kraft`, stop)
	endsLate    = pattern(`(?:am|zum|mit\s+Ablauf\s+des)\s+`, day, `\s+tritt\s+`, subject, `\s+(?:wieder\s+)?(?:außer|ausser)\s+Kraft`, stop)
	endsNow     = pattern(subject, `\s+(?:tritt\s+(?:hiermit\s+|ab\s+sofort\s+|mit\s+sofortiger\s+Wirkung\s+)?(?:außer|ausser)\s+Kraft|ist\s+(?:außer|ausser)\s+Kraft(?:\s+getreten)?)`, stop)
	holdsFrom   = pattern(subject, `\s+(?:gilt|ist\s+gültig|hat\s+Gültigkeit|ist\s+in\s+Kraft)\s+(?:ab|seit)\s+(?:dem\s+)?`, day, `(?P<rest>.*)$`)
	holdsUntil  = pattern(subject, `\s+(?:gilt|ist\s+gültig|hat\s+Gültigkeit|ist\s+befristet|gilt\s+befristet|gilt\s+längstens)\s+`, toDay, day, stop)
	holdsRange  = pattern(subject, `\s+(?:gilt|ist\s+gültig|hat\s+Gültigkeit)\s+(?:vom|von|ab\s+dem|ab)\s+(`, datePart, `|`, german.ShortDayPattern, `)\s+bis\s+(?:zum\s+|einschließlich\s+)?`, day, stop)

	// How a sentence about the beginning may go on.
	thenEnds  = regexp.MustCompile(`(?i)^` + andThen + `(?:tritt\s+)?` + endDay + day + `\s+(?:wieder\s+)?(?:außer|ausser)\s+Kraft` + stop)
	thenHolds = regexp.MustCompile(`(?i)^` + andThen + `(?:gilt|ist\s+(?:befristet|gültig))\s+` + toDay + day + stop)
	forAll    = regexp.MustCompile(`(?i)^(?:` + stop + `|\s+für\s+alle[n]?\s[^,;]*$|\s+(?:im|in|für)\s+(?:das|die|den|dem|der)?\s*(?:ganze[nr]?|gesamte[nr]?)\s[^,;]*$)`)
)

// sentence adds what one sentence declares.
func (f *finder) sentence(s *sentence) {
	if !says(s.masked) || unsure.MatchString(s.masked) {
		return
	}
	_ = f.begins(s) || f.ends(s) || f.holds(s)
	f.replaces(s)
}

// telling are pieces of words of which each sentence that declares something
// holds one.
var telling = words["telling"]

func says(sentence string) bool {
	return slices.ContainsFunc(telling, func(t string) bool { return strings.Contains(sentence, t) })
}

var opening = pattern(subject, `\s+\p{Ll}`)

// pronounReach is how many sentences back a pronoun's meaning is looked for.
const pronounReach = 4

// followsSelf reports whether the sentences before have the document itself as
// their subject, so that a pronoun means it.
func (s *sentence) followsSelf() bool {
	for before, n := s.before, 0; before != nil && n < pronounReach; before, n = before.before, n+1 {
		m := opening.FindStringSubmatch(before.masked)
		if m == nil {
			return false
		}
		if !pronoun.MatchString(m[1]) {
			return before.isSelf(m[1])
		}
	}
	return false
}

func (f *finder) begins(s *sentence) bool {
	for _, p := range []struct {
		re            *regexp.Regexp
		subject, date int
	}{{beginsFirst, 1, 2}, {beginsLate, 2, 1}, {hasBegun, 1, 2}} {
		m := p.re.FindStringSubmatch(s.masked)
		if m == nil || !s.isSelf(m[p.subject]) {
			continue
		}
		rest := ""
		if i := p.re.SubexpIndex("rest"); i > 0 {
			rest = m[i]
		}
		return f.beginning(s, m[p.date], rest)
	}
	return false
}

// beginning adds the first day and, where the sentence goes on with it, the last.
func (f *finder) beginning(s *sentence, date, rest string) bool {
	first, ok := parseDate(date, false)
	if !ok {
		return false
	}
	f.add(Begins, first, "", s.original)
	for _, p := range []*regexp.Regexp{thenEnds, thenHolds} {
		if m := p.FindStringSubmatch(rest); m != nil {
			if last, ok := parseDate(m[1], true); ok && last.Compare(first) >= 0 {
				f.add(Ends, last, "", s.original)
			}
		}
	}
	return true
}

func (f *finder) ends(s *sentence) bool {
	for _, p := range []struct {
		re            *regexp.Regexp
		subject, date int
	}{{endsFirst, 1, 2}, {endsLate, 2, 1}, {endsNow, 1, 0}} {
		m := p.re.FindStringSubmatch(s.masked)
		if m == nil || !s.isSelf(m[p.subject]) {
			continue
		}
		last, ok := retrieval.Date{}, true
		if p.date > 0 {
			last, ok = parseDate(m[p.date], true)
		}
		if ok {
			f.add(Ends, last, "", s.original)
		}
		return ok
	}
	return false
}

func (f *finder) holds(s *sentence) bool {
	if m := holdsRange.FindStringSubmatch(s.masked); m != nil && s.isSelf(m[1]) {
		return f.addRange(m[2], m[3], s.original)
	}
	if m := holdsUntil.FindStringSubmatch(s.masked); m != nil && s.isSelf(m[1]) {
		last, ok := parseDate(m[2], true)
		if ok {
			f.add(Ends, last, "", s.original)
		}
		return ok
	}
	m := holdsFrom.FindStringSubmatch(s.masked)
	if m == nil || !s.isSelf(m[1]) || !forAll.MatchString(m[3]) {
		return false
	}
	return f.beginning(s, m[2], "")
}

// quoteEnd are the closing marks of each opening one.
var quoteEnd = map[rune]string{'„': "“”\"", '“': "”", '»': "«", '«': "»", '"': "\"", '‚': "‘’", '›': "‹"}

// blot takes the place of quoted text.
const blot = '_'

// maskQuotes blots out what stands between quotation marks, also over several
// sentences, byte for byte, so that places stay. A mark that is not closed
// blots out the rest of the block.
func maskQuotes(text string) string {
	masked := []byte(text)
	closing := ""
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case closing == "":
			closing = quoteEnd[r]
		case strings.ContainsRune(closing, r):
			closing = ""
		default:
			for j := i; j < i+size; j++ {
				masked[j] = blot
			}
		}
		i += size
	}
	return string(masked)
}
