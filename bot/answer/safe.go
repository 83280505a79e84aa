package answer

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Safe returns words of a document or a person as one line of Markdown that
// shows them and does nothing else: it mentions nobody, links nothing, loads
// nothing, formats nothing and ends no quote that it stands in. What clients or
// the server would act on (an address, a mention, a hashtag) stands as code, so
// that it can be copied as it is; nothing invisible is put in.
func Safe(text string) string {
	line := visible(text)
	var b strings.Builder
	b.Grow(len(line) + len(line)/8)
	for i, token := range strings.Split(line, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(safeToken(token))
	}
	return plainStart(b.String())
}

// safeToken is Safe for what stands between two blanks.
func safeToken(token string) string {
	core := strings.Trim(token, around)
	if core == "" || !acts.MatchString(core) {
		return escape(token)
	}
	at := strings.Index(token, core)
	return escape(token[:at]) + "`" + strings.ReplaceAll(core, "`", "'") + "`" + escape(token[at+len(core):])
}

// around are marks of a sentence, which belong to no address.
const around = `.,;!?()"'„“”‚‘’»«*_<>[]{}|\`

// acts matches what a client or the server does something with: addresses with
// and without a scheme, hosts, mail, mentions, hashtags, channels, emoji and
// entities.
var acts = regexp.MustCompile(`(?i)://|:\\\\|\bwww\d{0,3}\.|\b(?:mailto|tel|sips?|data|javascript|file|callto|xmpp|magnet|geo|sms):` +
	`|[\p{L}\d_-]\.\p{L}{2,}|[@\x{ff20}\x{fe6b}]|#\p{L}|~\p{L}|^:[\w+-]+:$|&#|&\p{L}+;`)

func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '|', '$', '~':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
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

// emoji matches names of emoji.
var emoji = regexp.MustCompile(`:([\w+-]*[A-Za-z+-][\w+-]*):`)

var startMark = regexp.MustCompile(`^([-+=#]|\d{1,9}[.)])`)

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

// SafeBlock sets words off as a Markdown quote that does nothing but show them, line
// by line.
func SafeBlock(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = Safe(line); line != "" {
			lines = append(lines, "> "+line)
		}
	}
	return strings.Join(lines, "\n>\n")
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
