package german

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what sort of word a word is.
type Kind uint8

// The kinds of words.
const (
	Plain        Kind = iota
	Number            // 12,5 or 2026
	Date              // 3.12.2026, 3. Dezember
	Paragraph         // § 26 Abs. 8, Art. 6
	Abbreviation      // two or more capitals: DA, DSGVO, LVR
)

// Word is one word of a text with the keys under which it is found.
type Word struct {
	Start, End int // bytes in the text that was analysed
	Kind       Kind
	Stop       bool     // carries no subject
	Form       string   // folded, hyphens and CamelCase joined, base form of gender forms
	Stem       string   // of Form: the main key
	Parts      []string // further keys: stems of the parts, pieces of a date or paragraph
}

// Words returns the words of a text in order. Stop words are included and marked.
func Words(text string) []Word { return scan(text, nil) }

func scan(text string, memory map[string]Word) []Word {
	s := scanner{text: text, shouting: shouting(text), memory: memory}
	words := make([]Word, 0, len(text)/7+1)
	for s.pos < len(text) {
		if w, ok := s.next(); ok {
			words = append(words, w)
		}
	}
	return words
}

// Content returns those words that are no stop words.
func Content(words []Word) []Word {
	content := make([]Word, 0, len(words))
	for _, w := range words {
		if !w.Stop {
			content = append(content, w)
		}
	}
	return content
}

type scanner struct {
	text     string
	pos      int
	shouting bool            // all in capitals: they mark no abbreviations then
	memory   map[string]Word // of simple words; nil: none
}

// next returns the next word, or false after moving past something that is none.
func (s *scanner) next() (Word, bool) {
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	if r == '§' || unicode.IsDigit(r) || startsReference(s.text[s.pos:]) {
		if w, ok := s.special(); ok {
			return w, true
		}
	}
	if !wordRune(r) {
		s.pos += size
		return Word{}, false
	}
	if w, ok := s.simple(); ok {
		return w, true
	}
	return s.word(), true
}

// word reads letters and digits, joined by hyphens and dots, up to the word's end.
func (s *scanner) word() Word {
	start := s.pos
	var segment strings.Builder
	var segments []string
	flush := func() {
		if segment.Len() > 0 {
			segments = append(segments, segment.String())
			segment.Reset()
		}
	}
	for s.pos < len(s.text) {
		rest := s.text[s.pos:]
		r, size := utf8.DecodeRuneInString(rest)
		if wordRune(r) {
			segment.WriteRune(r)
			s.pos += size
			continue
		}
		if invisible(r) {
			s.pos += size
			continue
		}
		if n := genderSuffix(rest); n > 0 && segment.Len() > 2 {
			s.pos += n
			break
		}
		n, keep := joiner(rest, len(segments) > 0 || segment.Len() > 0)
		if n == 0 {
			break
		}
		s.pos += n
		if keep {
			flush()
		}
	}
	flush()
	return s.finish(start, segments)
}

// finish makes a Word of the segments between its hyphens.
func (s *scanner) finish(start int, segments []string) Word {
	surface := strings.Join(segments, "")
	w := Word{Start: start, End: s.pos}
	var parts []string
	for _, segment := range segments {
		base := binnenI(segment)
		pieces := camel(base)
		if len(segments) > 1 || len(pieces) > 1 {
			for _, piece := range pieces {
				parts = append(parts, Fold(piece))
			}
		}
		if len(segments) == 1 {
			surface = base
		}
	}
	w.Form = Fold(surface)
	w.Stem = Stem(w.Form)
	switch {
	case allDigits(surface):
		w.Kind = Number
	case len(surface) >= 2 && capitals(surface) && !s.shouting:
		w.Kind = Abbreviation
	default:
		w.Stop = stopWords[w.Form] || len(w.Form) < 2
	}
	for _, part := range parts {
		if utf8.RuneCountInString(part) < 2 || stopWords[part] && !capitalsOnly(segments) {
			continue
		}
		w.Parts = append(w.Parts, Stem(part))
	}
	return w
}

func capitalsOnly(segments []string) bool {
	for _, segment := range segments {
		if !capitals(segment) {
			return false
		}
	}
	return true
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joiner returns how many bytes of rest join the word before with what comes
// behind, and whether the place is a seam between parts. A hyphen at a line's
// end before a small letter is no seam: the word was only broken there.
func joiner(rest string, inside bool) (n int, seam bool) {
	if !inside {
		return 0, false
	}
	r, size := utf8.DecodeRuneInString(rest)
	after := rest[size:]
	next, _ := utf8.DecodeRuneInString(after)
	switch r {
	case '-', '\u2010', '\u2011':
		if wordRune(next) {
			return size, true
		}
		if skip := lineBreak(after); skip > 0 {
			next, _ = utf8.DecodeRuneInString(after[skip:])
			if unicode.IsLower(next) {
				if startsWithConjunction(after[skip:]) {
					return 0, false // "Aus-\nund Fortbildung"
				}
				return size + skip, false
			}
			if unicode.IsUpper(next) || unicode.IsDigit(next) {
				return size + skip, true
			}
		}
	case '.', '&', '@', '\'', '’':
		if unicode.IsLetter(next) {
			return size, r != '\'' && r != '’'
		}
	}
	return 0, false
}

// lineBreak returns the length of one line break with the blanks around it, or 0.
func lineBreak(s string) int {
	trimmed := strings.TrimLeft(s, " \t\r")
	if !strings.HasPrefix(trimmed, "\n") {
		return 0
	}
	trimmed = strings.TrimLeft(trimmed[1:], " \t")
	return len(s) - len(trimmed)
}

func startsWithConjunction(s string) bool {
	for _, c := range []string{"und ", "oder ", "bzw"} {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

// genderSuffix returns the length of a gender mark with its ending (":innen",
// "*in", "/-innen", "(innen)") at the start of s, or 0.
func genderSuffix(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	closing := ""
	switch r {
	case ':', '*', '_', '·', '/', '!':
		if strings.HasPrefix(s[size:], "-") {
			size++
		}
	case '(':
		closing = ")"
		if strings.HasPrefix(s[size:], "-") {
			size++
		}
	default:
		return 0
	}
	for _, ending := range []string{"innen", "in", "n", "r", "e"} {
		if !strings.HasPrefix(s[size:], ending+closing) {
			continue
		}
		if len(ending) == 1 && r != ':' && r != '*' && r != '(' {
			return 0 // "und/r" is no gender form
		}
		end := size + len(ending) + len(closing)
		next, _ := utf8.DecodeRuneInString(s[end:])
		if !wordRune(next) {
			return end
		}
	}
	return 0
}

// binnenI cuts the -Innen and -In of MitarbeiterInnen.
func binnenI(segment string) string {
	for _, suffix := range []string{"Innen", "In"} {
		base, ok := strings.CutSuffix(segment, suffix)
		if !ok || len(base) < 4 {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(base); unicode.IsLower(last) {
			return base
		}
	}
	return segment
}

// camel cuts WissenToGo into Wissen, To, Go, KIKongress into KI, Kongress, and
// Office365 into Office, 365.
func camel(segment string) []string {
	if seamless(segment) {
		return []string{segment}
	}
	runes := []rune(segment)
	var pieces []string
	from := 0
	for i := 1; i < len(runes); i++ {
		if camelSeam(runes, i) {
			pieces = append(pieces, string(runes[from:i]))
			from = i
		}
	}
	return append(pieces, string(runes[from:]))
}

// seamless reports whether nothing behind the first rune is a capital or a digit.
func seamless(segment string) bool {
	for i, r := range segment {
		if i > 0 && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			return false
		}
	}
	return true
}

func camelSeam(runes []rune, i int) bool {
	before, at := runes[i-1], runes[i]
	switch {
	case unicode.IsLower(before) && unicode.IsUpper(at):
		return true
	case unicode.IsLetter(before) != unicode.IsLetter(at):
		return unicode.IsDigit(before) || unicode.IsDigit(at)
	case unicode.IsUpper(before) && unicode.IsUpper(at):
		return i+2 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsLower(runes[i+2])
	}
	return false
}

func allDigits(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return s != ""
}

// capitals reports whether all letters are capitals, a plural s aside (DAs),
// and there are at least two.
func capitals(s string) bool {
	n := 0
	for _, r := range strings.TrimSuffix(s, "s") {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// shouting reports whether a text is written in capitals throughout.
func shouting(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsLower(r):
			lower++
			if lower > 200 {
				return false
			}
		case unicode.IsUpper(r):
			upper++
		}
	}
	return upper > 12 && upper > 3*lower
}
