package masking

import (
	"regexp"
	"strings"
	"unicode"
)

// rule finds one kind of mark: what group 1 of a pattern matches, if it matches, or
// all of it. They are tried in order, and earlier marks win.
type rule struct {
	kind    Kind
	pattern *regexp.Regexp
	fits    func(words string) bool // nil: always
}

const (
	date = `\d{1,2}\.\s?(?:\d{1,2}\.\s?(?:\d{4}|\d{2})|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s+\d{4})`
	// value is a number with letters and signs: "32.4-120/2026", "L01X00T47", "65 170839 J 003".
	value = `(?:\d{1,3} [A-Z][A-Za-z]{0,2} \d{1,6}/\d{2,4}|[A-ZÄÖÜ]{0,5}[-./]?[\d](?:[\dA-Za-z./\-]|[–+])*(?:(?: ?[–/] ?| )(?:\d[\dA-Z./\-]*|[A-Z]{1,2} \d[\d./\-]*))*|[A-Z]{1,5}(?:[-./][\dA-Za-z]+)+)`
	// cues are words for a number that says whose; the weak ones count before a long number alone.
	cues = `(?i:az|aktenzeichen|gz|geschäftszeichen|gesch\.-z|kassenzeichen|steuer-?id|(?:[\p{L}-]*[\p{L}-])?(?:nummer|-?nr)|pers\.-?nr|[\p{L}]*ausweis(?:nummer)?)`
	weak = `(?i:vorgang|fall|akte|verfahren|bescheid|rechnung|vertrag|antrag|kunde|bestellung)`
	is   = `(?:\.|:|\s|lautet|ist|mit der Nummer|Nr\.?|#)*`
	town = `\d{5} [A-ZÄÖÜ][\p{L}-]+(?: (?:am|an der|im|bei) [A-ZÄÖÜ]\p{L}+)?`
	// ways are the ends of names of streets.
	ways   = `(?:straße|strasse|str\.|gasse|allee|weg|platz|ring|ufer|damm|markt|chaussee|steig|pfad|hof)`
	street = `(?:[A-ZÄÖÜ][\p{L}]+(?:er|-\p{Lu}[\p{L}-]*) (?:Straße|Strasse|Str\.|Gasse|Allee|Weg|Platz|Ring|Ufer|Damm|Markt|Landstraße)|[A-ZÄÖÜ][\p{L}-]{2,}?` + ways + `|[A-ZÄÖÜ][\p{L}-]+-(?:Straße|Strasse|Str\.|Gasse|Allee|Weg|Platz|Ring|Ufer|Damm)|(?:Am|Alter|Neuer|Neumarkt|An der|An den|Auf dem|Auf der|In der|Im|Zum|Zur) (?:[A-ZÄÖÜ][\p{L}-]*)?(?:Markt|Platz|Ring|Ufer|Weg|markt|platz|ring|ufer|weg|damm|hof|graben))`
	house  = ` \d{1,4} ?[a-z]?(?:\s?[-–/]\s?\d{1,4}[a-z]?)?\b`
)

var rules = []rule{
	{kind: Mail, pattern: regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`)},
	{kind: Account, pattern: regexp.MustCompile(`\b[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,7}(?: ?[\dA-Z]{1,3})?\b`)},
	{kind: Birth, pattern: regexp.MustCompile(`(?:(?i:\bgeb(?:oren|\.)?|geburtsdatum|geburtstag)[\s:.]*(?:am |ist )?(?:am |der )?|[*†]\s?)(` + date + `)`)},
	{kind: Birth, pattern: regexp.MustCompile(`(` + date + `) (?i:geboren)`)},
	{kind: Address, pattern: regexp.MustCompile(`(?:` + town + `, )?` + street + house + `(?:, ?` + town + `)?`), fits: isStreet},
	{kind: Address, pattern: regexp.MustCompile(`(?:Am|An|Im|In|Auf|Zum|Zur|Unter|Hinter) (?:(?:der|dem|den) )?[A-ZÄÖÜ][\p{L}-]+` + house + `, ?` + town)},
	{kind: Phone, pattern: regexp.MustCompile(`(?:^|[^\p{L}\d])((?:\+|00)\d{1,3}[\d()/ \-–]{5,}\d)`), fits: digits(8)},
	{kind: Phone, pattern: regexp.MustCompile(`(?i:\btel(?:efon)?(?:nummer)?|\bdurchwahl|\bnebenstelle|\bapparat|\bhandy(?:nummer)?|\bmobil(?:nummer)?|\bfax|\brufnummer|\banrufen)[\s.:]*(?:(?i:unter|ist|lautet|nr\.|nummer)[\s.:]*)*([-(]?\d[\d()/ \-–]*\d)`), fits: digits(3)},
	{kind: Phone, pattern: regexp.MustCompile(`(?i:\bunter(?: der)?) (-?\d[\d/ \-]*\d)(?: [\p{L}]+){0,3} (?i:erreich|anruf|zurückruf)`), fits: digits(3)},
	{kind: Phone, pattern: regexp.MustCompile(`(?i:erreich\p{L}*)(?: [\p{L}]+){0,3} (?i:unter) (-?\d[\d/ \-]*\d)`), fits: digits(3)},
	{kind: Number, pattern: regexp.MustCompile(`\b` + cues + `\b` + is + `(` + value + `)`), fits: isNumber},
	{kind: Number, pattern: regexp.MustCompile(`(?i:\bund|\boder|,) ([A-Z]{1,5}-\d{1,4}[-/]\d{1,6}/\d{2,4})\b`)},
	{kind: Number, pattern: regexp.MustCompile(`\b` + weak + `(?:s?nummer)? (?:Nr\. ?|Nummer )?(` + value + `)`), fits: isLongNumber},
	{kind: Number, pattern: regexp.MustCompile(`\b\d{1,3} [A-Z][A-Za-z]{0,2} \d{1,5}/\d{2,4}\b`)},
	{kind: Number, pattern: regexp.MustCompile(`\b\d{1,4}(?:\.\d{1,4})*(?:/\d{1,4})? ?[-–] ?\d{1,6}/\d{2,4}\b`)},
	{kind: Number, pattern: regexp.MustCompile(`\b[A-Z]{1,4}-\d{2,4}[-/]\d{2,}(?:[-/]\d+)*\b`)},
	{kind: Number, pattern: regexp.MustCompile(`\b\d{2} ?\d{6} ?[A-Z] ?\d{3}\b`)},
	{kind: Phone, pattern: regexp.MustCompile(`(?:^|[^\p{L}\d./-])(\(?0[\d()/ \-–]{5,}\d)`), fits: digits(7)},
	{kind: Plate, pattern: regexp.MustCompile(`\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?\b`), fits: isPlate},
}

func (r rule) find(text string) (marks []Mark) {
	if r.kind == Mail && !strings.Contains(text, "@") || r.kind != Mail && !strings.ContainsFunc(text, unicode.IsDigit) {
		return nil // patterns are slow
	}
	for _, at := range r.pattern.FindAllStringSubmatchIndex(text, -1) {
		start, end := at[0], at[1]
		if len(at) > 2 && at[2] >= 0 {
			start, end = at[2], at[3]
		}
		words := strings.TrimRight(text[start:end], " .,-–/(")
		if r.fits == nil || r.fits(words) {
			marks = append(marks, Mark{start, start + len(words), r.kind})
		}
	}
	return marks
}

// mostDigits is the length of a telephone number (ITU-T E.164).
const mostDigits = 15

// digits reports whether a telephone number has so many digits, and not too many.
func digits(least int) func(string) bool {
	return func(words string) bool {
		n := count(words, unicode.IsDigit)
		return n >= least && n <= mostDigits
	}
}

func count(words string, is func(rune) bool) (n int) {
	for _, r := range words {
		if is(r) {
			n++
		}
	}
	return n
}

// isNumber keeps the numbers of rooms, sections and forms out: they are short.
func isNumber(words string) bool { return count(words, unicode.IsDigit) >= 4 }

// isLongNumber is one that is neither a year nor a date.
func isLongNumber(words string) bool {
	return count(words, unicode.IsDigit) >= 4 && len(words) > 4 && !dateAlone.MatchString(words)
}

var dateAlone = regexp.MustCompile(`^(?:` + date + `|\d{1,2}/\d{4})$`)

// isStreet keeps out what only ends as the names of streets do.
func isStreet(words string) bool {
	first := strings.ToLower(words)
	if end := strings.IndexFunc(first, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		first = first[:end]
	}
	return !fitsOne(first, noStreets)
}

func isPlate(words string) bool {
	town, _, _ := strings.Cut(words, "-")
	return !noPlates[town]
}
