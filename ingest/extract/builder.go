package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Builder collects the blocks of one document and keeps track of the headings
// that the next block stands under.
type Builder struct {
	Doc     Document
	Path    []string
	Levels  []int // of the headings in path
	anchors map[string]int
	size    int       // bytes of text so far
	weight  int       // bytes of blocks so far, with what they stand under
	bold    *boldLine // the last one, if it was bold and may be a heading
	Full    bool      // more text came than is collected: reading on makes no sense
	swollen bool      // a row of it is far longer than what people write
}

// NewBuilder makes a builder of an empty document.
func NewBuilder() *Builder { return &Builder{Doc: Document{Meta: map[string]string{}}} }

// Bounds of what is collected of a document, in bytes: its text, and its blocks with
// the headings and the header that each of them carries.
const (
	maxOutput = MaxText / 2
	maxWeight = 24 << 20
	perBlock  = 150 // beside its texts
)

// hasRoom counts text that is about to be added as a block.
func (b *Builder) hasRoom(text, header string) bool {
	b.size += len(text)
	b.weight += perBlock + len(text) + len(header)
	for _, heading := range b.Path {
		b.weight += len(heading)
	}
	b.Full = b.Full || b.size > maxOutput || b.weight > maxWeight
	return !b.Full
}

// Room is how much text, in bytes, may still be added.
func (b *Builder) Room() int { return maxOutput - b.size }

// Heading adds a heading, with an anchor made from its text.
func (b *Builder) Heading(level int, text string) {
	if text = b.Clean(text, true); text != "" {
		b.begin(level, text, b.slug(text))
	}
}

// Top ends all headings: what follows stands under none.
func (b *Builder) Top() { b.Path, b.Levels = nil, nil }

// HeadingAt adds a heading with an anchor, which may be empty.
func (b *Builder) HeadingAt(level int, text, anchor string) {
	if text = b.Clean(text, true); text != "" {
		b.begin(level, text, anchor)
	}
}

// begin adds a heading of clean text and makes it the one that following blocks
// stand under.
func (b *Builder) begin(level int, text, anchor string) {
	if !b.hasRoom(text, "") {
		return
	}
	for len(b.Levels) > 0 && b.Levels[len(b.Levels)-1] >= level {
		b.Levels = b.Levels[:len(b.Levels)-1]
		b.Path = b.Path[:len(b.Path)-1]
	}
	b.Doc.Blocks = append(b.Doc.Blocks, Block{
		Kind: Heading, Text: text, Level: level, Anchor: anchor, Path: slices.Clone(b.Path),
	})
	b.Path = append(b.Path, text)
	b.Levels = append(b.Levels, level)
}

// Add appends a block under the current headings; empty text adds nothing.
// Line breaks are kept in preformatted text, and single ones elsewhere.
func (b *Builder) Add(block Block) {
	block.Text = b.Clean(block.Text, block.Kind == TableRow)
	if block.Text == "" || !b.hasRoom(block.Text, block.Header) {
		return
	}
	block.Path = slices.Clone(b.Path)
	b.Doc.Blocks = append(b.Doc.Blocks, block)
}

// maxRowText is the length in bytes up to which the texts of one row are put
// together: a cell that spans or repeats is small in a file and large in a row.
const maxRowText = 4 << 20

// Row adds a table row from its cells and returns its text.
func (b *Builder) Row(cells []string, header string) string {
	length := 0
	for _, cell := range cells {
		length += len(cell)
	}
	if length > maxRowText {
		b.Full, b.swollen = true, true
		return ""
	}
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(b.Clean(cell, true), "|", "/")
	}
	if strings.Join(cells, "") == "" {
		return ""
	}
	text := strings.TrimSpace(strings.Join(cells, " | "))
	if text == header { // repeated for those who turn the page
		return text
	}
	b.Add(Block{Kind: TableRow, Text: text, Header: header})
	return text
}

// Beyond says that something stands behind a limit of size and is not read: as long as
// the limit and the file are the same, reading it again gives the same.
func (b *Builder) Beyond(what string) {
	b.Remark(TooMuch, 1, what)
	b.Doc.Partial = true
}

// Beginning returns a text up to a line's end before a length in bytes, for readers that
// need many times as much memory as there is text.
func (b *Builder) Beginning(text string, most int) string {
	if len(text) <= most {
		return text
	}
	b.Beyond(fmt.Sprintf("text behind the first %d MB", most>>20))
	if end := strings.LastIndexByte(text[:most], '\n'); end > most/2 {
		return text[:end+1]
	}
	return strings.ToValidUTF8(text[:most], "")
}

// finish gives the document back, or says that there is no text in it. What was
// collected up to a limit is kept.
func (b *Builder) finish() (Document, error) {
	if b.swollen {
		return Document{}, &Error{Reason: TooLarge, Detail: fmt.Sprintf("a row with more than %d MB of text", maxRowText>>20)}
	}
	if b.Full {
		b.Beyond(fmt.Sprintf("text behind the first %d MB", b.size>>20))
	}
	switch {
	case len(b.Doc.Blocks) == 0 && b.Doc.Partial:
		return Document{}, &Error{Reason: TooLarge, Detail: "no text within the limits"}
	case len(b.Doc.Blocks) == 0:
		return Document{}, &Error{Reason: Empty, Detail: "no text that a reader could see"}
	}
	for key, value := range b.Doc.Meta {
		b.Doc.Meta[key] = b.Clean(value, true)
	}
	for key, value := range b.Doc.Props {
		b.Doc.Props[key] = b.Clean(value, true)
	}
	b.Doc.Title = b.Clean(b.Doc.Title, true)
	if title := b.Doc.Meta["title"]; title != "" {
		b.Doc.Title = title
		return b.Doc, nil
	}
	heading := topHeading(b.Doc.Blocks)
	if b.Doc.Title == "" || isWithSite(b.Doc.Title, heading) {
		b.Doc.Title = heading
	}
	return b.Doc, nil
}

// topHeading returns the first heading of level 1.
func topHeading(blocks []Block) string {
	for _, block := range blocks {
		if block.Kind == Heading && block.Level == 1 {
			return block.Text
		}
	}
	return ""
}

// isWithSite reports titles of pages such as "Freigabe – Intranet", which are
// the page's heading with the name of the site.
func isWithSite(title, heading string) bool {
	rest, ok := strings.CutPrefix(title, heading)
	rest = strings.TrimSpace(rest)
	return ok && heading != "" && rest != "" && strings.ContainsRune("-–—|·:", []rune(rest)[0])
}

// Clean normalises text: NFC, no control and zero-width characters, white space
// folded, and line breaks folded too where the text is one line.
func (b *Builder) Clean(text string, oneLine bool) string {
	var out strings.Builder
	out.Grow(len(text))
	invisible := false
	for _, r := range text {
		switch {
		case r == '\r':
			continue
		case r == '\n' && !oneLine:
			out.WriteRune(r)
		case r == '\u2028' || r == '\u2029':
			out.WriteRune('\n')
		case unicode.IsSpace(r):
			out.WriteRune(' ')
		case r == '\u00AD': // soft hyphen: a place to break, not a sign
			continue
		case r == '\u200C' || r == '\u200D': // joiners carry meaning in some scripts and emoji, none in German
			continue
		case isInvisible(r):
			invisible = true
		case r >= '\uFB00' && r <= '\uFB06': // ligatures are one sign to the font only
			out.WriteString(norm.NFKC.String(string(r)))
		case r == '\u2010' || r == '\u2011': // hyphens that break a line, or do not
			out.WriteByte('-')
		case unicode.IsControl(r) || r == unicode.ReplacementChar || isNoncharacter(r):
			continue
		default:
			out.WriteRune(r)
		}
	}
	if invisible {
		b.Doc.Hidden++
	}
	return norm.NFC.String(foldSpace(out.String()))
}

// isInvisible reports characters that only serve to hide something: zero-width
// space, direction overrides, tags.
func isInvisible(r rune) bool {
	switch {
	case r == '\u200B', r == '\u2060', r == '\uFEFF', r == '\u180E',
		r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\u200E', r == '\u200F',
		r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

func isNoncharacter(r rune) bool {
	return r&0xFFFE == 0xFFFE || (r >= 0xFDD0 && r <= 0xFDEF)
}

// foldSpace makes runs of blanks one, trims lines and drops empty ones.
func foldSpace(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// slug makes the fragment that GitHub and most Markdown renderers give a
// heading; a repeated one gets -1, -2, ….
func (b *Builder) slug(text string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-':
			out.WriteRune(r)
		case r == ' ':
			out.WriteByte('-')
		}
	}
	slug := out.String()
	if b.anchors == nil {
		b.anchors = map[string]int{}
	}
	seen := b.anchors[slug]
	b.anchors[slug]++
	if seen > 0 {
		return slug + "-" + strconv.Itoa(seen)
	}
	return slug
}
