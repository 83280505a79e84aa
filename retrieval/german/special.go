package german

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Dates, numbers and references to paragraphs, each anchored where the scanner
// stands. Every pattern ends before a letter or digit, so that "26a" stays whole.
var (
	isoDate    = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})`)
	dottedDate = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}))?`)
	namedDate  = regexp.MustCompile(`^(\d{1,2})\.\s{0,2}([A-ZÄÖÜa-zäöü]{3,9})\.?(?:\s{1,2}(\d{4}))?`)
	number     = regexp.MustCompile(`^\d+(?:[.,:]\d+)*`)
	thousands  = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+(?:,\d+)?$`)
	paragraph  = regexp.MustCompile(`^(?:§§?|(?:[Pp]aragra(?:f|ph)(?:en)?|[Aa]rt\.|[Aa]rtikel)\s)\s*(\d+[a-z]?)`)
	subsection = regexp.MustCompile(`^[,\s]*[Aa]bs(?:\.|atz)\s*(\d+[a-z]?)`)
)

// startsReference reports whether paragraph may match a word at the start of s:
// most words need not be tried.
func startsReference(s string) bool {
	switch s[0] {
	case 'P', 'p':
		return strings.HasPrefix(s[1:], "aragra")
	case 'A', 'a':
		return strings.HasPrefix(s[1:], "rt")
	}
	return false
}

// special reads a date, number or paragraph at the scanner's position.
func (s *scanner) special() (Word, bool) {
	rest := s.text[s.pos:]
	if m := paragraph.FindStringSubmatch(rest); m != nil {
		return s.paragraph(m), true
	}
	if rest[0] < '0' || rest[0] > '9' {
		return Word{}, false
	}
	if w, ok := s.date(rest); ok {
		return w, true
	}
	m := number.FindString(rest)
	if m == "" || s.letterAt(len(m)) {
		return Word{}, false // 26a, 2FA: a word
	}
	form := m
	if thousands.MatchString(form) {
		form = strings.ReplaceAll(form, ".", "")
	}
	form = strings.ReplaceAll(form, ",", ".")
	return s.token(len(m), Number, form, nil), true
}

func (s *scanner) paragraph(m []string) Word {
	size := len(m[0])
	key := "§" + strings.ToLower(m[1])
	parts := []string{strings.ToLower(m[1])}
	if sub := subsection.FindStringSubmatch(s.text[s.pos+size:]); sub != nil {
		size += len(sub[0])
		parts = append(parts, key+"abs"+strings.ToLower(sub[1]))
	}
	return s.token(size, Paragraph, key, parts)
}

func (s *scanner) date(rest string) (Word, bool) {
	if m := isoDate.FindStringSubmatch(rest); m != nil {
		return s.day(m[0], m[1], atoi(m[2]), m[3])
	}
	if m := dottedDate.FindStringSubmatch(rest); m != nil {
		return s.day(m[0], m[3], atoi(m[2]), m[1])
	}
	if m := namedDate.FindStringSubmatch(rest); m != nil {
		return s.day(m[0], m[3], Month(m[2]), m[1])
	}
	return Word{}, false
}

// day makes the token of a date; the year may be missing.
func (s *scanner) day(match, year string, month int, day string) (Word, bool) {
	d := atoi(day)
	if month < 1 || month > 12 || d < 1 || d > 31 || s.letterAt(len(match)) {
		return Word{}, false
	}
	if len(year) == 2 {
		year = strconv.Itoa(fullYear(year))
	}
	key := fmt.Sprintf("%02d-%02d", month, d)
	if year == "" {
		return s.token(len(match), Date, key, nil), true
	}
	return s.token(len(match), Date, year+"-"+key, []string{key, year}), true
}

func (s *scanner) token(size int, kind Kind, form string, parts []string) Word {
	w := Word{Start: s.pos, End: s.pos + size, Kind: kind, Form: form, Stem: form, Parts: parts}
	s.pos += size
	return w
}

// letterAt reports whether a letter or digit stands offset bytes ahead.
func (s *scanner) letterAt(offset int) bool {
	for _, r := range s.text[s.pos+offset:] {
		return wordRune(r)
	}
	return false
}

// atoi reads digits that a pattern has already matched.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
