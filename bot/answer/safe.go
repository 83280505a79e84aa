package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// apart is put between characters that together would do something: mention
// somebody, make a link, a hashtag or an emoji. It is invisible.
const apart = "\u200b"

// Safe returns words of a document or a person as one line of Markdown that
// shows them and does nothing else: it mentions nobody, links nothing, loads
// nothing, formats nothing and ends no quote that it stands in.
func Safe(text string) string {
	line := visible(text)
	line = breakLinks(line)
	var b strings.Builder
	b.Grow(len(line) + len(line)/8)
	for i, r := range line {
		next, _ := utf8.DecodeRuneInString(line[i+utf8.RuneLen(r):])
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '|', '$':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '~': // strikes through, and ~name is a channel
			b.WriteString(`\~` + apart)
		case '@', '#', '\uff20', '\ufe6b':
			b.WriteRune(r)
			b.WriteString(apart)
		case '&':
			b.WriteRune(r)
			if next == '#' || unicode.IsLetter(next) {
				b.WriteString(apart) // an entity would become what it names
			}
		default:
			b.WriteRune(r)
		}
	}
	return plainStart(b.String())
}

// visible returns the text as one line without characters that are not seen:
// controls, direction marks, joiners, tags.
func visible(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	blank := true
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, "")) {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		default:
			b.WriteRune(r)
			blank = false
		}
	}
	return strings.TrimRight(b.String(), " ")
}

var (
	// host matches the seam between the last two parts of a host or file name.
	host = regexp.MustCompile(`([\p{L}\d_-])\.([\p{L}]{2,})`)
	// www makes a link of whatever follows it, also of a number.
	www    = regexp.MustCompile(`(?i)\b(www\d{0,3})\.`)
	scheme = regexp.MustCompile(`(?i)(:)(//|\\\\)|\b(mailto|tel|sip|sips|data|javascript|file|callto|xmpp|magnet|geo|sms)(:)`)
	emoji  = regexp.MustCompile(`:([\w+-]*[A-Za-z+-][\w+-]*):`)
)

func breakLinks(line string) string {
	line = scheme.ReplaceAllString(line, "$1$3$4"+apart+"$2")
	line = www.ReplaceAllString(line, "$1"+apart+".")
	for range 2 { // matches overlap in intranet.example.org
		line = host.ReplaceAllString(line, "$1"+apart+".$2")
	}
	return emoji.ReplaceAllString(line, ":"+apart+"$1:")
}

var startMark = regexp.MustCompile(`^([-+=]|\d{1,9}[.)])`)

// plainStart keeps a line from opening a list, a heading or a rule.
func plainStart(line string) string {
	mark := startMark.FindString(line)
	switch {
	case mark == "":
		return line
	case len(mark) == 1:
		return `\` + line
	default:
		return mark[:len(mark)-1] + `\` + line[len(mark)-1:]
	}
}

// SafeBlock returns text as a Markdown quote. Each line is made safe; marks
// of Markdown that the document itself used for form are left out.
func SafeBlock(text string) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		line = Safe(unmark(line))
		if line != "" {
			lines = append(lines, "> "+line)
		}
	}
	return strings.Join(lines, "\n")
}

var (
	image   = regexp.MustCompile(`!\[([^\]\n]*)\]\([^)\n]*\)`)
	link    = regexp.MustCompile(`\[([^\]\n]+)\]\([^)\n]*\)`)
	ruling  = regexp.MustCompile(`^[\s|:=*_-]+$`)
	heading = regexp.MustCompile(`^\s*#{1,6}\s+`)
	bullet  = regexp.MustCompile(`^\s*[-*+•]\s+`)
	strong  = regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\n]+)__`)
)

// unmark turns one line of a document's Markdown into its words.
func unmark(line string) string {
	if ruling.MatchString(line) {
		return ""
	}
	line = image.ReplaceAllString(line, "$1")
	line = link.ReplaceAllString(line, "$1")
	line = heading.ReplaceAllString(line, "")
	line = bullet.ReplaceAllString(line, "– ")
	line = strong.ReplaceAllString(line, "$1$2")
	if row := strings.TrimSpace(line); strings.HasPrefix(row, "|") || strings.Contains(row, " | ") {
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(row, "|"), "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		line = strings.Join(cells, " · ")
	}
	return line
}

var mail = regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)+`)

// contactLine is Safe for what the house itself set: e-mail addresses stay usable.
func contactLine(text string) string {
	text = visible(text)
	var b strings.Builder
	from := 0
	for _, at := range mail.FindAllStringIndex(text, -1) {
		b.WriteString(keepBlanks(text[from:at[0]]))
		b.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	b.WriteString(keepBlanks(text[from:]))
	return b.String()
}

// keepBlanks is Safe with the blanks around the text kept.
func keepBlanks(text string) string {
	safe := Safe(text)
	if strings.HasPrefix(text, " ") {
		safe = " " + safe
	}
	if strings.HasSuffix(text, " ") && strings.TrimSpace(text) != "" {
		safe += " "
	}
	return safe
}
