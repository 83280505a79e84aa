package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsNumbered reports lines that begin with the number of a section. "3. March" is
// a day.
func IsNumbered(line string) bool { return sectionNumber.MatchString(line) && !IsDay(line) }

// IsDay reports lines that begin with a day: "15. November 2024", "1. 3. 2024".
func IsDay(line string) bool { return dayStart.MatchString(line) }

// GoesOn reports lines that begin with the ordinal of a sentence that the line before
// leaves open: "bis zur Vollendung des", "14. Lebensjahres". last is the number of
// the list's last item; 0: none.
func GoesOn(before, line string, last int) bool {
	found := ordinalStart.FindStringSubmatch(line)
	if found == nil || openEnd.FindString(before) == "" {
		return false
	}
	return articleEnd.MatchString(before) || Number(found[1]) > 1 && Number(found[1]) != last+1
}

var (
	ordinalStart = regexp.MustCompile(`^(\d{1,3})\. `)
	openEnd      = regexp.MustCompile(`[\pL\d,]\s*$`)
	articleEnd   = regexp.MustCompile(`(?:^|[\s(])(?:[Dd](?:er|ie|as|es|em|en)|[Ee]ines?r?|[Vv]om|[Zz]u[mr]|[Aa]m|[Ii]m|[Bb]eim|bis|und|oder|sowie|mit|nach|seit|ab)\s*$`)
)

var dayStart = regexp.MustCompile(`^(?:0?[1-9]|[12]\d|3[01])\. ?(?:(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:$|[^\pL])|(?:Jan|Feb|Mrz|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)\.? ?\d{2,4}|(?:0?[1-9]|1[0-2])\. ?(?:\d{4}|\d{2})?(?:$|[^\d.]))`)

var sectionNumber = regexp.MustCompile(`^(?:§+ ?\d+[a-z]?|\d+(?:\.\d+){0,4}\.?|[IVX]+\.) +\p{Lu}`)

// Numeral is the number of a paragraph.
type Numeral struct {
	Is     bool // it has one, or a bullet
	Level  int  // from 0
	Text   string
	Quoted bool // more than a plain number: part of how the clause is cited
}

// FormatNumber writes a number in one of Word's and OpenDocument's ways.
func FormatNumber(n int, format string) string {
	switch format {
	case "lowerLetter", "a":
		return letters(n, 'a')
	case "upperLetter", "A":
		return letters(n, 'A')
	case "lowerRoman", "i":
		return strings.ToLower(roman(n))
	case "upperRoman", "I":
		return roman(n)
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters counts a, b, …, z, aa, bb, … as Word does.
func letters(n int, first rune) string {
	if n <= 0 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n <= 0 || n >= 4000 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= step.value; n -= step.value {
			out.WriteString(step.sign)
		}
	}
	return out.String()
}

// JoinNumber puts a computed number before its text, unless it is typed there too.
func JoinNumber(number, text string) string {
	rest, typed := strings.CutPrefix(strings.TrimSpace(text), number)
	if number == "" || typed && (rest == "" || !IsLetterOrDigit([]rune(rest)[0])) {
		return text
	}
	return number + " " + strings.TrimLeftFunc(text, unicode.IsSpace)
}

func IsLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Number reads a small number; what is none counts as 0.
func Number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > 1<<20 {
		return 0
	}
	return n
}

// NumberDepth returns how deep a section is whose heading begins with its
// number: 1 for "3." and "§ 3", 2 for "3.1".
func NumberDepth(text string) (depth int, isNumbered bool) {
	if !IsNumbered(text) {
		return 0, false
	}
	number, _, _ := strings.Cut(text, " ")
	return 1 + strings.Count(strings.TrimRight(number, "."), "."), true
}

// maxHeading is the length in characters up to which a line can be a heading.
const maxHeading = 120

// IsHeadingLike reports a line set in bold that reads like a heading though
// nobody marked it as one: short, no sentence, and numbered or larger than the
// text around it.
func IsHeadingLike(text string, bold, larger bool) bool {
	text = strings.TrimSpace(text)
	if !bold || utf8.RuneCountInString(text) > maxHeading || strings.ContainsAny(text, "\n\t|") || !strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return !strings.ContainsRune(".,;:", last) && (larger || IsNumbered(text) || lettered.MatchString(text))
}

// lettered matches headings that are counted by letters: "A. Zweck", "b) Form".
var lettered = regexp.MustCompile(`^(?:[A-Z][.)]|[a-z]\)|\([a-z]\)) +\p{Lu}`)
