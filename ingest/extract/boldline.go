package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// boldLine is a line set in bold that is a heading if text follows it.
type boldLine struct {
	at, level int // its place among the blocks; the heading's level
	text      string
}

// IsBoldLine reports a line that reads like a heading, all of it set in bold.
func IsBoldLine(text string) bool {
	return utf8.RuneCountInString(text) <= maxBoldLine && !strings.HasSuffix(strings.TrimSpace(text), "!") && IsHeadingLike(text, true, true)
}

// maxBoldLine is the length in characters up to which a bold line that nothing
// else makes a heading can be one.
const maxBoldLine = 80

// AddBoldLine adds a paragraph that becomes a heading of this level if text
// follows it.
func (b *Builder) AddBoldLine(level int, text string) {
	before := len(b.Doc.Blocks)
	b.Add(Block{Kind: Paragraph, Text: text})
	if len(b.Doc.Blocks) > before {
		b.bold = &boldLine{before, level, text}
	}
}

// Follows is told the text that is about to be added as a paragraph or item. If
// it is one that a heading can stand over, the bold line right before it is one.
func (b *Builder) Follows(text string) {
	line := b.bold
	b.bold = nil
	if line == nil || line.at != len(b.Doc.Blocks)-1 || !isRunningText(text) {
		return
	}
	b.Doc.Blocks = b.Doc.Blocks[:line.at]
	b.Heading(line.level, line.text)
}

// TableFollows is told that a table is about to be added. The bold line right before
// it is its heading.
func (b *Builder) TableFollows() {
	line := b.bold
	b.bold = nil
	if line != nil && line.at == len(b.Doc.Blocks)-1 {
		b.Doc.Blocks = b.Doc.Blocks[:line.at]
		b.Heading(line.level, line.text)
	}
}

// isRunningText reports sentences, and texts as long as one.
func isRunningText(text string) bool {
	return len(strings.Fields(text)) >= 8 || sentenceEnd.MatchString(text)
}

var sentenceEnd = regexp.MustCompile(`\pL[.!?:;][“"')\]]*\s*$`)
