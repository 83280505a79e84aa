package dialogue

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// command is a word with something behind it, which it is about.
type command struct {
	where Place
	read  func(message string) (Act, bool)
}

var commands = []command{
	{Hosts, openTickets},
	{Hosts, hostWord},
	{Hosts, meantForAsker},
	{Direct, misplaced},
	{Direct, toChannel},
	{Direct, careFor},
	{Direct | Thread, change},
	{Channel | Thread, channelMode},
	{Direct | Channel | Thread, opensCoffee},
	{Direct, coffeeAside},
	{Coffee, coffee},
}

// commanded reads the first command that a message is.
func commanded(h Heard) (Act, bool) {
	for _, c := range commands {
		if h.Place&c.where == 0 {
			continue
		}
		if act, ok := c.read(h.Text); ok {
			return act, true
		}
	}
	return aWord(h)
}

// change reads "ändern: Darf ich das?".
func change(message string) (Act, bool) {
	trimmed := strings.TrimLeftFunc(message, func(r rune) bool { return !unicode.IsLetter(r) })
	head, rest, found := strings.Cut(trimmed, ":")
	head = strings.ToLower(strings.TrimRight(strings.TrimSpace(head), "*_"))
	if !found || head != "ändern" && head != "aendern" {
		return Act{}, false
	}
	return Act{Kind: Change, Text: strings.TrimSpace(strings.TrimLeft(rest, "*_"))}, true
}

var careWords = regexp.MustCompile(`(?is)^[\s*_` + "`" + `]*(sperren|freigeben)\s+(?:nr\.?\s*)?(\d{1,18})[\s*_` + "`" + `.!]*(?::\s*(.*))?$`)

// careFor reads "sperren 412", "freigeben Nr. 412", "sperren 412: Anlage fehlt".
func careFor(message string) (Act, bool) {
	m := careWords.FindStringSubmatch(message)
	if m == nil {
		return Act{}, false
	}
	act := Act{Kind: Block, Text: shortReason(m[3])}
	act.Subject.Document, _ = strconv.ParseInt(m[2], 10, 64) // of 18 digits at most
	if strings.EqualFold(m[1], "freigeben") {
		act.Kind = Release
	}
	return act, true
}

// reasonRunes is the length up to which a reason is kept.
const reasonRunes = 300

func shortReason(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")), " ")
	return string([]rune(text)[:min(reasonRunes, utf8.RuneCountInString(text))])
}
