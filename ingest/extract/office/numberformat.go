package office

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/ingest/extract"
)

// builtinFormats are the number formats without a code of their own, as a German
// Excel shows them (ECMA-376 part 1, 18.8.30 leaves them to the language).
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `#,##0 "€";-#,##0 "€"`, 6: `#,##0 "€";-#,##0 "€"`, 7: `#,##0.00 "€";-#,##0.00 "€"`, 8: `#,##0.00 "€";-#,##0.00 "€"`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "dd.mm.yyyy", 15: "dd. mmm yy", 16: "dd. mmm", 17: "mmm yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss", 22: "dd.mm.yyyy hh:mm",
	27: "dd.mm.yyyy", 30: "dd.mm.yy", 36: "dd.mm.yyyy", 50: "dd.mm.yyyy", 57: "dd.mm.yyyy",
	37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
	41: `#,##0;-#,##0;"-"`, 42: `#,##0 "€";-#,##0 "€";"-" "€"`, 43: `#,##0.00;-#,##0.00;"-"`, 44: `#,##0.00 "€";-#,##0.00 "€";"-" "€"`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

// numberFormat is a number format's code, cut at its semicolons.
type numberFormat struct {
	sections []formatSection
	general  bool // nothing says how to show numbers
}

// formatSection is how numbers of one kind are shown.
type formatSection struct {
	tokens    []formatToken
	condition string // such as "<1"; empty: by its place
	date      bool
	elapsed   bool // hours, minutes or seconds beyond a day
	noon      bool // with AM and PM
	english   bool // month and day names of the code's own language
	austrian  bool // or as they are called in Austria
	percent   int
	scale     int // commas that each divide by a thousand
	whole     int // zeros before the comma
	decimals  int
	most      int // decimals at most, zeros and other places
	grouped   bool
	exponent  bool
	fraction  bool
	text      bool // shows texts
	empty     bool
}

// formatToken is a piece of a section: a literal, or a run of places.
type formatToken struct {
	literal bool
	text    string
}

// isPlace reports whether the token is a place for a digit.
func (t formatToken) isPlace() bool { return t.text != "" && strings.Contains(digitPlaces, t.text) }

// digitPlaces are the signs of a place for a digit.
const digitPlaces = "0#?"

// parseNumberFormat reads a code.
func parseNumberFormat(code string) *numberFormat {
	f := &numberFormat{}
	if code == "" || strings.EqualFold(code, "general") || strings.EqualFold(code, "standard") {
		f.general = true
		return f
	}
	for _, section := range cutSections(code) {
		f.sections = append(f.sections, parseSection(section))
	}
	return f
}

// cutSections cuts at semicolons outside of quotes.
func cutSections(code string) []string {
	var sections []string
	start, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			quoted = !quoted
		case '\\':
			i++
		case ';':
			if !quoted {
				sections = append(sections, code[start:i])
				start = i + 1
			}
		}
	}
	return append(sections, code[start:])
}

// parseSection cuts a section into tokens and notes what kind it is.
func parseSection(code string) formatSection {
	s := formatSection{empty: code == ""}
	for i := 0; i < len(code); {
		c := code[i]
		switch {
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 1
			}
			s.literal(code[i+1 : i+1+end])
			i += end + 2
		case c == '\\':
			_, size := utf8.DecodeRuneInString(code[min(i+1, len(code)):])
			s.literal(code[min(i+1, len(code)):min(i+1+size, len(code))])
			i += 1 + max(size, 1)
		case c == '_' || c == '*':
			_, size := utf8.DecodeRuneInString(code[min(i+1, len(code)):])
			if c == '_' {
				s.literal(" ")
			}
			i += 1 + max(size, 1)
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i
			}
			s.bracket(code[i+1 : i+end])
			i += end + 1
		case hasFold(code[i:], "am/pm"), hasFold(code[i:], "a/p"):
			s.noon, s.date = true, true
			s.tokens = append(s.tokens, formatToken{text: "AM/PM"})
			if i += 3; hasFold(code[i-3:], "am/pm") {
				i += 2
			}
		case hasFold(code[i:], "general"):
			s.tokens = append(s.tokens, formatToken{text: "general"})
			i += 7
		case strings.IndexByte("ymdhsYMDHS", c) >= 0:
			n := 1
			for i+n < len(code) && code[i+n]|0x20 == c|0x20 {
				n++
			}
			s.date = true
			s.tokens = append(s.tokens, formatToken{text: strings.ToLower(code[i : i+n])})
			i += n
		case (c == 'e' || c == 'E') && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			s.exponent = true
			s.tokens = append(s.tokens, formatToken{text: code[i : i+2]})
			i += 2
		case strings.IndexByte("0#?.,%@/", c) >= 0:
			s.tokens = append(s.tokens, formatToken{text: string(c)})
			i++
		default:
			_, size := utf8.DecodeRuneInString(code[i:])
			s.literal(code[i : i+size])
			i += size
		}
	}
	s.finish()
	return s
}

func hasFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

func (s *formatSection) literal(text string) {
	s.tokens = append(s.tokens, formatToken{literal: true, text: text})
}

// bracket reads what stands in brackets: a condition, a currency and language,
// or a time beyond a day. Colours are not shown.
func (s *formatSection) bracket(text string) {
	switch lower := strings.ToLower(text); {
	case strings.HasPrefix(text, "$"):
		sign, language, _ := strings.Cut(text[1:], "-")
		switch language = strings.ToUpper(language); {
		case language == "F800":
			s.tokens = append(s.tokens, formatToken{text: "longdate"})
		case language == "F400":
			s.tokens = append(s.tokens, formatToken{text: "longtime"})
		case strings.HasSuffix(language, "09"):
			s.english = true
		case strings.HasSuffix(language, "C07") || strings.HasSuffix(language, "DE-AT"):
			s.austrian = true
		}
		s.literal(sign)
	case strings.Trim(lower, "h") == "" || strings.Trim(lower, "m") == "" || strings.Trim(lower, "s") == "":
		s.date, s.elapsed = true, true
		s.tokens = append(s.tokens, formatToken{text: "[" + lower + "]"})
	case strings.ContainsAny(text, "<>="):
		s.condition = text
	}
}

// finish counts the places of numbers.
func (s *formatSection) finish() {
	for i, t := range s.tokens {
		if t.literal {
			continue
		}
		switch t.text {
		case "longdate":
			*s = formatSection{date: true, tokens: longDate}
			return
		case "longtime":
			*s = formatSection{date: true, tokens: longTime}
			return
		case "@":
			s.text = true
		case "/":
			s.fraction = s.fraction || !s.date && i > 0
		}
	}
	if s.date {
		return
	}
	after, last := false, -1
	for i, t := range s.tokens {
		if t.literal {
			continue
		}
		switch t.text {
		case "0", "#", "?":
			last = i
			switch {
			case after && !s.inExponent(i):
				s.most++
				if t.text == "0" {
					s.decimals = s.most
				}
			case t.text == "0" && !s.inExponent(i):
				s.whole++
			}
		case ".":
			after = true
		case "%":
			s.percent++
		}
	}
	for i, t := range s.tokens {
		if !t.literal && t.text == "," {
			if i < last {
				s.grouped = true
			} else {
				s.scale++
			}
		}
	}
}

func (s *formatSection) inExponent(at int) bool {
	for _, t := range s.tokens[:at] {
		if !t.literal && len(t.text) == 2 && (t.text[0] == 'e' || t.text[0] == 'E') {
			return true
		}
	}
	return false
}

var (
	longDate = []formatToken{{text: "dddd"}, {literal: true, text: ", "}, {text: "d"}, {literal: true, text: ". "}, {text: "mmmm"}, {literal: true, text: " "}, {text: "yyyy"}}
	longTime = []formatToken{{text: "hh"}, {literal: true, text: ":"}, {text: "mm"}, {literal: true, text: ":"}, {text: "ss"}}
)

// isDate reports formats that show numbers as dates or times.
func (f *numberFormat) isDate() bool { return len(f.sections) > 0 && f.sections[0].date }

// number writes a number.
func (f *numberFormat) number(value float64, date1904 bool) string {
	if f.general || len(f.sections) == 0 {
		return extract.GermanNumber(value)
	}
	s, signed := f.sectionFor(value)
	switch {
	case s.empty:
		return ""
	case s.date:
		return s.dated(value, date1904)
	case len(s.tokens) == 1 && !s.tokens[0].literal && s.tokens[0].text == "@":
		return extract.GermanNumber(value)
	}
	if !signed {
		value = math.Abs(value)
	}
	return strings.TrimSpace(s.numbered(value))
}

// sectionFor returns the section for a number, and whether it shows its sign
// itself.
func (f *numberFormat) sectionFor(value float64) (s *formatSection, signed bool) {
	for i := range f.sections {
		if s := &f.sections[i]; s.condition != "" && holds(s.condition, value) {
			return s, i == 0 || len(f.sections) == 1
		}
	}
	conditional := f.sections[0].condition != ""
	n := len(f.sections)
	if n > 1 && f.sections[n-1].text && n < 4 {
		n-- // the last one is for texts
	}
	switch {
	case conditional:
		return &f.sections[n-1], true
	case value < 0 && n > 1:
		return &f.sections[1], false
	case value == 0 && n > 2:
		return &f.sections[2], true
	}
	return &f.sections[0], true
}

func holds(condition string, value float64) bool {
	sign := strings.TrimRight(condition, "0123456789.-+eE ")
	limit, err := strconv.ParseFloat(strings.TrimSpace(condition[len(sign):]), 64)
	if err != nil {
		return false
	}
	switch sign {
	case "<":
		return value < limit
	case "<=":
		return value <= limit
	case ">":
		return value > limit
	case ">=":
		return value >= limit
	case "=":
		return value == limit
	case "<>":
		return value != limit
	}
	return false
}

// written returns a text as the format shows it.
func (f *numberFormat) written(text string) string {
	if len(f.sections) == 0 {
		return text
	}
	last := f.sections[len(f.sections)-1]
	if len(f.sections) == 4 && last.empty {
		return ""
	}
	if !last.text {
		return text
	}
	var out strings.Builder
	for _, t := range last.tokens {
		switch {
		case t.literal:
			out.WriteString(t.text)
		case t.text == "@":
			out.WriteString(text)
		}
	}
	return strings.TrimSpace(out.String())
}

// numbered writes a number with its places.
func (s *formatSection) numbered(value float64) string {
	for range s.percent {
		value *= 100
	}
	for range s.scale {
		value /= 1000
	}
	var digits string
	switch {
	case s.fraction:
		digits = asFraction(value)
	case s.exponent:
		digits = asExponent(value, s.decimals)
	default:
		digits = s.fixed(value)
	}
	first, last := s.places()
	if s.isParted(first, last) {
		return s.inPlaces(digits, first)
	}
	var out strings.Builder
	written := false
	for i, t := range s.tokens {
		switch {
		case t.literal:
			if !s.fraction || i < first || i > last { // not inside the fraction
				out.WriteString(t.text)
			}
		case t.text == "%":
			out.WriteString("%")
		case t.text == "general":
			out.WriteString(extract.GermanNumber(value))
		case t.isPlace() && !written:
			out.WriteString(digits)
			written = true
		}
	}
	return out.String()
}

// isParted reports a whole number with literals inside, as in 0000 0000 or 000-00.
func (s *formatSection) isParted(first, last int) bool {
	if s.fraction || s.exponent || s.grouped || s.most > 0 || first < 0 {
		return false
	}
	return slices.ContainsFunc(s.tokens[first:last], func(t formatToken) bool { return t.literal && t.text != "" })
}

// inPlaces writes digits around the literals, one in each place from the last one on;
// the first place takes what is left.
func (s *formatSection) inPlaces(digits string, first int) string {
	digits, negative := strings.CutPrefix(digits, "-")
	parts := make([]string, len(s.tokens))
	for i, t := range slices.Backward(s.tokens) {
		switch {
		case t.literal || t.text == "%":
			parts[i] = t.text
		case i == first:
			parts[i] = digits
		case t.isPlace():
			last := max(len(digits)-1, 0)
			parts[i], digits = digits[last:], digits[:last]
		}
	}
	out := strings.Join(parts, "")
	if negative {
		return "-" + out
	}
	return out
}

// places returns where the first place for a digit stands, and the last; -1: there is
// none.
func (s *formatSection) places() (first, last int) {
	first, last = -1, -1
	for i, t := range s.tokens {
		if t.literal || !t.isPlace() {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	return first, last
}

func (s *formatSection) fixed(value float64) string {
	text := extract.GermanFixed(value, s.most, s.grouped)
	for more := s.most; more > s.decimals && strings.HasSuffix(text, "0"); more-- {
		text = text[:len(text)-1]
	}
	text = strings.TrimSuffix(text, ",")
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
		if strings.Trim(text, "0,.") == "" {
			sign = ""
		}
	}
	whole, rest, isDecimal := strings.Cut(text, ",")
	for len(whole) < s.whole && !s.grouped {
		whole = "0" + whole
	}
	switch {
	case isDecimal:
		whole += "," + rest
	case s.whole == 0 && whole == "0": // no place that shows a zero
		whole = ""
	}
	return sign + whole
}

func asExponent(value float64, decimals int) string {
	text := strconv.FormatFloat(value, 'E', min(decimals, 15), 64)
	return strings.ReplaceAll(text, ".", ",")
}

// asFraction writes a number with the nearest fraction of a small denominator.
func asFraction(value float64) string {
	sign := ""
	if value < 0 {
		sign, value = "-", -value
	}
	whole := math.Floor(value)
	rest := value - whole
	best, over, error := 0.0, 1.0, rest
	for d := 2.0; d <= 99; d++ {
		n := math.Round(rest * d)
		if e := math.Abs(rest - n/d); e < error-1e-9 {
			best, over, error = n, d, e
		}
	}
	if best == over {
		whole, best = whole+1, 0
	}
	switch {
	case best == 0:
		return sign + extract.GermanNumber(whole)
	case whole == 0:
		return sign + extract.GermanNumber(best) + "/" + extract.GermanNumber(over)
	}
	return sign + extract.GermanNumber(whole) + " " + extract.GermanNumber(best) + "/" + extract.GermanNumber(over)
}

// dated writes a number of days as a date or time.
func (s *formatSection) dated(value float64, date1904 bool) string {
	at, ok := serialTime(value, date1904)
	if !ok {
		return extract.GermanNumber(value)
	}
	var out strings.Builder
	for i, t := range s.tokens {
		switch {
		case t.literal:
			out.WriteString(t.text)
		case t.text == "/":
			out.WriteByte('.')
		default:
			out.WriteString(s.dateToken(i, t.text, at, value))
		}
	}
	text := strings.TrimSpace(out.String())
	return strings.ReplaceAll(strings.ReplaceAll(text, ". /", "."), "./", ".")
}

func (s *formatSection) dateToken(i int, token string, at time.Time, value float64) string {
	if strings.HasPrefix(token, "[") {
		total := value * 24
		switch token[1] {
		case 'm':
			total *= 60
		case 's':
			total *= 3600
		}
		return strconv.Itoa(int(total + 1e-6))
	}
	hour := at.Hour()
	if s.noon {
		if hour %= 12; hour == 0 {
			hour = 12
		}
	}
	switch token {
	case "AM/PM":
		return at.Format("PM")
	case "yyyy", "yyy", "y":
		return at.Format("2006")
	case "yy":
		return at.Format("06")
	case "d":
		return at.Format("2")
	case "dd":
		return at.Format("02")
	case "ddd":
		return s.name(at.Format("Mon"), extract.GermanShortDays[at.Weekday()])
	case "dddd":
		return s.name(at.Format("Monday"), extract.GermanDays[at.Weekday()])
	case "h":
		return strconv.Itoa(hour)
	case "hh":
		return pad(hour)
	case "s":
		return at.Format("5")
	case "ss":
		return at.Format("05")
	case "m", "mm":
		if s.isMinute(i) {
			if token == "m" {
				return strconv.Itoa(at.Minute())
			}
			return pad(at.Minute())
		}
		if token == "m" {
			return at.Format("1")
		}
		return at.Format("01")
	case "mmm":
		if s.austrian && at.Month() == time.January {
			return "Jän"
		}
		return s.name(at.Format("Jan"), extract.GermanShortMonths[at.Month()-1])
	case "mmmm":
		if s.austrian && at.Month() == time.January {
			return "Jänner"
		}
		return s.name(at.Format("January"), extract.GermanMonths[at.Month()-1])
	case "mmmmm":
		return at.Format("January")[:1]
	case ".":
		return "."
	case ",":
		return ","
	case "0", "00":
		return "0" // parts of seconds
	}
	return ""
}

func (s *formatSection) name(english, german string) string {
	if s.english {
		return english
	}
	return german
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// isMinute reports an m that stands behind hours or before seconds.
func (s *formatSection) isMinute(at int) bool {
	for i := at - 1; i >= 0; i-- {
		if t := s.tokens[i]; !t.literal && strings.IndexByte("ymdhs[", t.text[0]) >= 0 {
			if strings.HasPrefix(t.text, "h") || strings.HasPrefix(t.text, "[h") {
				return true
			}
			break
		}
	}
	for _, t := range s.tokens[at+1:] {
		if !t.literal && strings.IndexByte("ymdhs[", t.text[0]) >= 0 {
			return strings.HasPrefix(t.text, "s") || strings.HasPrefix(t.text, "[s")
		}
	}
	return false
}

// serialTime turns a number of days into a time. Excel takes 1900 for a leap
// year; before March of it days are one off.
func serialTime(value float64, date1904 bool) (time.Time, bool) {
	const last = 2958466 // the first day of the year 10000
	if value < 0 || value >= last {
		return time.Time{}, false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case value < 60:
		start = start.AddDate(0, 0, 1)
	}
	days := math.Floor(value)
	seconds := math.Round((value - days) * 86400)
	return start.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second), true
}

// daysOf returns the number of days that stands for a time.
func daysOf(at time.Time) float64 {
	return at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}
