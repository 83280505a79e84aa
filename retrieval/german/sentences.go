package german

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a piece of a text: bytes from Start up to End.
type Span struct{ Start, End int }

// Of returns the piece of text that the span means.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Sentences returns the sentences of a text in order, without the blanks
// between them. A list item, a table row and a heading line are sentences of
// their own; a mere line break inside a paragraph ends nothing. Together the
// spans hold every character that is not blank.
func Sentences(text string) []Span {
	var spans []Span
	for _, block := range blocks(text) {
		from := block.Start
		for from < block.End {
			end := sentenceEnd(text[:block.End], from)
			if span := trim(text, Span{from, end}); span.Start < span.End {
				spans = append(spans, span)
			}
			from = end
		}
	}
	return spans
}

// Statements returns the sentences of a text, of tables ("a | b") each row by
// itself.
func Statements(text string) []Span {
	var all []Span
	for _, span := range Sentences(text) {
		from := span.Start
		if strings.Contains(span.Of(text), " | ") {
			for i := span.Start; i < span.End; i++ {
				if text[i] == '\n' && i > from {
					all = append(all, trim(text, Span{from, i}))
					from = i + 1
				}
			}
		}
		if from < span.End {
			all = append(all, trim(text, Span{from, span.End}))
		}
	}
	return all
}

// LeansBack reports whether a sentence opens as one that is not understood
// without the one before.
func LeansBack(sentence string) bool { return leaning.MatchString(sentence) }

var leaning = regexp.MustCompile(`^(?:Dies|Diese[rsm]?|Das (?:ist|gilt|sind|heißt|bedeutet|muss|darf|kann|soll|betrifft|hat|wird)|Dabei|Dafür|Dazu|Dagegen|Dort|Dann|Damit|Davon|Daher|Deshalb|Außerdem|Auch|Hierfür|Hierzu|Er|Aber|Jedoch|Allerdings|Sonst|Andernfalls|Ebenso|Zudem|Beides|Nur so)\b`)

// ListItem reports whether a text is an item of a list.
func ListItem(text string) bool { return listItem.MatchString(text) }

const itemMark = `[-*•–+]\s|\d{1,3}[.)]\s|[a-z]\)\s`

var (
	listItem = regexp.MustCompile(`^\s*(?:` + itemMark + `)`)
	// ownLine matches lines that stand alone: list items, table rows, headings.
	ownLine = regexp.MustCompile(`^\s*(?:` + itemMark + `|\||#{1,6}\s)`)
)

// blocks cuts at blank lines and before and behind lines that stand alone.
func blocks(text string) []Span {
	var spans []Span
	start := 0
	alone := false // the block so far is a heading or table row: the next line opens a new one
	for pos := 0; pos < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[pos:], '\n'); i >= 0 {
			end = pos + i + 1
		}
		line := text[pos:end]
		blank := strings.TrimSpace(line) == ""
		if pos > start && (blank || alone || ownLine.MatchString(line)) {
			spans = append(spans, Span{start, pos})
			start = pos
		}
		first := strings.TrimLeft(line, " \t")
		alone = blank || strings.HasPrefix(first, "|") || strings.HasPrefix(first, "#")
		pos = end
	}
	return append(spans, Span{start, len(text)})
}

// sentenceEnd returns where the sentence that begins at from ends.
func sentenceEnd(text string, from int) int {
	for i := from; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r != '.' && r != '!' && r != '?' && r != '…' {
			continue
		}
		end := closeQuotes(text, i)
		if end >= len(text) {
			return len(text)
		}
		next, _ := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsSpace(next) {
			continue
		}
		if endsHere(text[max(from, i-200):i], r, strings.TrimLeftFunc(text[end:], unicode.IsSpace)) {
			return end
		}
	}
	return len(text)
}

// closeQuotes moves past further end marks, closing quotes and brackets.
func closeQuotes(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(`.!?…"'“”’«»)]*_`, r) {
			break
		}
		i += size
	}
	return i
}

// endsHere reports whether a mark behind before really ends a sentence, given
// what follows.
func endsHere(before string, mark rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if after == "" {
		return true
	}
	if unicode.IsLower(next) {
		return false
	}
	if mark != '.' {
		return true
	}
	words := strings.Fields(before)
	if len(words) == 0 {
		return false
	}
	last := strings.Trim(words[len(words)-1], `("'„“»«[*_`)
	last = strings.TrimSuffix(last, ".")
	if last == "" {
		return true
	}
	if isOrdinal(last) {
		return !ordinalContext(words, after)
	}
	return !abbreviated(last)
}

// abbreviations whose dot ends no sentence, folded; those that often do end one
// (usw., etc.) are missing on purpose.
var abbreviations = Set(`abs art nr nrn bzw ca vgl ggf evtl inkl exkl zzgl dr prof dipl ing hr fr st str tel
std min sek mio mrd tsd max mind bspw sog insb insbes gem lt bes entspr ff abt ref dez anm aufl bd hrsg jg kap ziff
lit ver verf zb dh ua od vs allg betr einschl gez geb ehem jan feb apr jun jul aug sep sept okt nov s z d i u o a v`)

func abbreviated(last string) bool {
	if utf8.RuneCountInString(last) == 1 && unicode.IsLetter(firstRune(last)) {
		return true // initials and "z. B."
	}
	if i := strings.LastIndexByte(last, '.'); i >= 0 {
		piece := last[i+1:] // z.B, d.h
		return utf8.RuneCountInString(piece) == 1 || abbreviations[Fold(piece)]
	}
	return abbreviations[Fold(last)]
}

func isOrdinal(last string) bool {
	return len(last) <= 2 && allDigits(last)
}

// ordinalContext reports whether a one- or two-digit number with a dot is an
// ordinal ("am 3. Dezember", "die 2. Auflage") rather than the end ("bis 12.").
func ordinalContext(words []string, after string) bool {
	next := Fold(strings.TrimRight(firstWord(after), `.,;:!?)]"”“«»`))
	if _, ok := months[next]; ok {
		return true
	}
	if len(words) < 2 {
		return true // "1. Zweck": a number that opens the line
	}
	before := Fold(words[len(words)-2])
	return ordinalBefore[before]
}

var ordinalBefore = Set(`der die das dem den des am zum zur vom im ins beim ab bis seit ein eine einer jede jeder jedes jeden
ihr ihre sein seine unser unsere dieser diese dieses`)

func firstWord(s string) string {
	if fields := strings.Fields(s); len(fields) > 0 {
		return fields[0]
	}
	return ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func trim(text string, s Span) Span {
	piece := text[s.Start:s.End]
	left := len(piece) - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
	right := len(strings.TrimRightFunc(piece, unicode.IsSpace))
	if right < left {
		return Span{s.Start, s.Start}
	}
	return Span{s.Start + left, s.Start + right}
}
