package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// answerCommand is how a host's post begins that goes to the asker.
const answerCommand = "!antwort"

// verdict says whether a post is the bot's business.
type verdict int

const (
	ignored    verdict = iota
	addressed          // yes, whatever the thread says
	askThread          // only if the thread is one of the bot's, see followsUp
	hostAnswer         // a host's answer in the hosts' channel
)

// address is the pure rule which posts are the bot's business.
type address struct {
	selfID   string // user id of the bot
	username string // without @
	hostsID  string // id of the hosts' channel; empty: none
}

// judge looks at the post alone. A post that no person wrote here is never the
// bot's business; a direct message always is; elsewhere a mention outside code
// and quotes counts, or the thread decides.
func (a address) judge(p Post, kind ChannelKind) verdict {
	switch {
	case p.UserID == "" || p.UserID == a.selfID,
		p.Deleted, p.Type != "", p.Automated, p.Remote, p.Marker != "":
		return ignored
	case a.hostsID != "" && p.ChannelID == a.hostsID && isHostAnswer(withoutMention(p.Text, a.username)):
		return hostAnswer
	case kind == DirectChannel:
		return addressed
	case mentions(p.Text, a.username):
		return addressed
	case p.RootID == "" || p.ChannelID == a.hostsID || mentionsOthers(p.Text):
		return ignored // hosts talk among themselves below a card
	}
	return askThread
}

// followsUp reports whether a reply without a mention continues a talk with the
// bot: the bot has answered in the thread before, and the author either has
// asked here too, or asks right below the bot's answer. What colleagues say to
// each other further down stays theirs.
func (a address) followsUp(p Post, thread []Post) bool {
	var asked, answered, last bool
	for _, other := range thread {
		if other.ID == p.ID || other.CreatedAt.After(p.CreatedAt) {
			continue
		}
		own := other.UserID == a.selfID && other.Marker != ""
		answered = answered || own
		last = own
		asked = asked || other.UserID == p.UserID && mentions(other.Text, a.username)
	}
	return answered && (asked || last && strings.Contains(p.Text, "?"))
}

// isHostAnswer reports whether a text begins with the hosts' command as a word
// of its own.
func isHostAnswer(text string) bool {
	_, ok := cutCommand(text)
	return ok
}

// cutCommand returns what stands behind the hosts' command.
func cutCommand(text string) (rest string, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) < len(answerCommand) || !strings.EqualFold(text[:len(answerCommand)], answerCommand) {
		return "", false
	}
	rest = text[len(answerCommand):]
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(r) && r != ':' {
		return "", false
	}
	return strings.TrimSpace(strings.TrimPrefix(rest, ":")), true
}

// mentions reports whether the text mentions the user outside code and quotes.
func mentions(text, username string) bool {
	for _, m := range findMentions(text) {
		if m.names(text, username) {
			return true
		}
	}
	return false
}

// mentionsOthers reports whether the text mentions anybody at all; callers have
// ruled out that it is the bot.
func mentionsOthers(text string) bool { return len(findMentions(text)) > 0 }

// withoutMention returns the text without mentions of the user and without the
// comma or colon that an address leaves behind. Code and quotes stay.
func withoutMention(text, username string) string {
	var b strings.Builder
	from := 0
	for _, m := range findMentions(text) {
		end, ok := m.end(text, username)
		if !ok {
			continue
		}
		b.WriteString(text[from:m.from])
		from = end
		if strings.TrimSpace(b.String()) == "" {
			rest := strings.TrimLeft(strings.TrimLeft(text[from:], ",:;.!"), " \t")
			from = len(text) - len(rest)
		}
	}
	b.WriteString(text[from:])
	return strings.TrimSpace(b.String())
}

// mention is one @name: text[from:to], the @ included.
type mention struct{ from, to int }

func (m mention) names(text, username string) bool {
	_, ok := m.end(text, username)
	return ok
}

// end returns where the mention of just this user ends. Signs that may belong
// to a name or to the sentence ("@ki.") belong to the sentence.
func (m mention) end(text, username string) (int, bool) {
	name := text[m.from+1 : m.to]
	if username == "" || len(name) < len(username) || !strings.EqualFold(name[:len(username)], username) {
		return 0, false
	}
	if strings.Trim(name[len(username):], "._-") != "" {
		return 0, false
	}
	return m.from + 1 + len(username), true
}

// findMentions returns all @names outside code and quotes, in order. A name
// begins at a word border: an address like a@b holds none.
func findMentions(text string) []mention {
	var found []mention
	hidden := hiddenParts(text)
	for i := 0; i < len(text); i++ {
		if text[i] != '@' || hidden.holds(i) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(text[:i]); i > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("@_-./", r)) {
			continue
		}
		end := i + 1
		for end < len(text) && inName(text[end]) {
			end++
		}
		// A letter that no name may hold makes it another word: "@kiü".
		if r, _ := utf8.DecodeRuneInString(text[end:]); end > i+1 && (end == len(text) || !unicode.IsLetter(r)) {
			found = append(found, mention{i, end})
		}
		i = end - 1
	}
	return found
}

func inName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'
}
