package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/ingest/extract"
)

var (
	underline = regexp.MustCompile(`^(?:={3,}|-{3,}|~{3,})$`)
	// pageNumber is a page's number alone on a line beside the page's end.
	pageNumber = regexp.MustCompile(`(?i)\n[ \t]*` + numberOfPage + `\n\s*\f|\f\s*` + numberOfPage + `(?:\n|\z)`)
	bullet     = regexp.MustCompile(`^(?:[-*•–·▪] +|(\d{1,3}[.)]|[a-z]\)) +)`)
)

// numberOfPage is such a number with its words and dashes, and the blanks behind it.
const numberOfPage = `(?:(?:Seite|Blatt)[ \t]+|[-–][ \t]*)?\d{1,4}(?:[ \t]*(?:von|/)[ \t]*\d{1,4}|[ \t]*[-–])?[ \t]*`

// readPlain reads plain text: paragraphs are separated by empty lines, a line
// underlined or numbered that stands alone is a heading, lines that begin with
// a bullet are list items. A head between --- lines is read as in Markdown.
func readPlain(b *extract.Builder, text string) error {
	return readPlainIn(b, text, func(int64) bool { return true })
}

// readPlainFile reads it in parts: of a long file what there is time for.
func readPlainFile(f *extract.File, text string) error {
	return readPlainIn(f.Builder, text, f.Through(len(text)).At)
}

// readPlainIn asks at each line, by its place, whether it may be read.
func readPlainIn(b *extract.Builder, text string, at func(int64) bool) error {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if strings.Contains(text, "\f") { // else there are no pages
		text = strings.ReplaceAll(pageNumber.ReplaceAllString(text, "\f"), "\f", "\n\n")
	}
	body, err := extract.CutHead(b, text)
	if err != nil {
		return err
	}
	addBody(b, body, true, at)
	return nil
}

// AddBody adds the paragraphs of a text; titled: it may begin with its title.
func AddBody(b *extract.Builder, body string, titled bool) {
	addBody(b, body, titled, func(int64) bool { return true })
}

func addBody(b *extract.Builder, body string, titled bool, at func(int64) bool) {
	place := int64(0)
	var paragraph []string
	length := 0 // of the paragraph, in bytes
	first := titled
	flush := func() {
		if first && len(paragraph) > 0 {
			paragraph = plainTitle(b, paragraph)
			first = false
		}
		plainParagraph(b, paragraph)
		paragraph, length = nil, 0
	}
	for line := range strings.SplitSeq(body, "\n") {
		if b.Full {
			return
		}
		isRead := at(place)
		place += int64(len(line)) + 1
		if line = strings.TrimSpace(line); line == "" || !isRead {
			flush()
			continue
		}
		if length += len(line); length > b.Room() { // no such paragraph is added; a list is, as far as it goes
			if slices.ContainsFunc(paragraph, isItem) {
				flush()
			}
			b.Full = true
			return
		}
		paragraph = append(paragraph, line)
	}
	flush()
}

// plainTitle takes the document's first line for its title if it reads like one:
// short, not a sentence, and standing alone or in capitals. It returns the
// other lines.
func plainTitle(b *extract.Builder, lines []string) []string {
	if len(lines) >= 2 && underline.MatchString(lines[1]) {
		return lines
	}
	title := lines[0]
	if !isTitleLike(title) || len(lines) > 1 && !isCapitals(title) {
		return lines
	}
	b.Heading(1, title)
	return lines[1:]
}

func isTitleLike(line string) bool {
	return utf8.RuneCountInString(line) <= 120 && !strings.ContainsAny(line[len(line)-1:], ".,;:") &&
		!extract.IsNumbered(line) && !isItem(line)
}

// isCapitals reports lines in which most letters are capitals.
func isCapitals(line string) bool {
	var upper, lower int
	for _, r := range line {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	return upper >= 3 && upper > 4*lower
}

// plainParagraph adds the lines between two empty ones.
func plainParagraph(b *extract.Builder, lines []string) {
	switch {
	case len(lines) == 0:
		return
	case len(lines) >= 2 && underline.MatchString(lines[1]):
		level := 2
		if lines[1][0] == '=' {
			level = 1
		}
		b.Heading(level, lines[0])
		plainParagraph(b, lines[2:])
		return
	case len(lines) == 1 && isPlainHeading(lines[0]):
		b.Heading(plainLevel(lines[0]), lines[0])
		return
	case isItem(lines[0]):
		plainList(b, lines)
		return
	}
	for i, line := range lines {
		if i > 0 && isItem(line) && !extract.GoesOn(lines[i-1], line, 0) {
			b.Add(extract.Block{Kind: extract.Paragraph, Text: joined(lines[:i])})
			plainList(b, lines[i:])
			return
		}
	}
	b.Add(extract.Block{Kind: extract.Paragraph, Text: joined(lines)})
}

// isItem reports lines that begin a list item. A day at the line's start does not.
func isItem(line string) bool {
	return line != "" && strings.IndexByte(bulletBytes, line[0]) >= 0 && bullet.MatchString(line) && !extract.IsDay(line)
}

// bulletBytes are the bytes that a bullet may begin with: looked at first, since most
// lines begin with none.
const bulletBytes = "-*\xe2\xc20123456789abcdefghijklmnopqrstuvwxyz"

// joined puts lines together; words divided at a line's end become whole.
func joined(lines []string) string {
	var out strings.Builder
	for i, line := range lines {
		stem, divided := extract.CutHyphen(line)
		last, _ := utf8.DecodeLastRuneInString(stem)
		if divided && unicode.IsLetter(last) && i+1 < len(lines) {
			lines[i+1] = extract.JoinLines(line, lines[i+1])
			continue
		}
		out.WriteString(line)
		if i+1 < len(lines) {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// isPlainHeading reports whether a line standing alone names a section.
func isPlainHeading(line string) bool {
	return utf8.RuneCountInString(line) <= 100 && (extract.IsNumbered(line) || isCapitals(line)) &&
		!strings.ContainsAny(line[len(line)-1:], ".,;")
}

// plainLevel returns 2 for "3." and "§ 3", 3 for "3.1", and so on.
func plainLevel(line string) int {
	number, _, _ := strings.Cut(line, " ")
	return 2 + strings.Count(strings.TrimRight(number, "."), ".")
}

// plainList adds list items; a line without a bullet continues the one before.
func plainList(b *extract.Builder, lines []string) {
	var item []string
	var marker string
	flush := func() {
		if len(item) > 0 {
			b.Add(extract.Block{Kind: extract.ListItem, Level: 1, Marker: marker, Text: joined(item)})
		}
	}
	for _, line := range lines {
		found := bullet.FindStringSubmatch(line)
		goesOn := len(item) > 0 && extract.GoesOn(item[len(item)-1], line, extract.Number(strings.TrimRight(marker, ".)")))
		if found != nil && isItem(line) && !goesOn {
			flush()
			item, marker = []string{line[len(found[0]):]}, found[1]
			continue
		}
		item = append(item, line)
	}
	flush()
}
