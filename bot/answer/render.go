package answer

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/prompts"
)

// MessageRunes is the length of a Mattermost message.
const MessageRunes = 16383

// RenderOptions are what stands around an answer.
type RenderOptions struct {
	Texts    *prompts.Catalogue   // required
	Now      time.Time            // for the age of documents
	Next     *prompts.NextSession // next date on which people answer; nil: none is said
	Handover bool                 // say how to bring the question to people
	Limit    int                  // characters; 0: MessageRunes
}

// Render sets an answer as one chat message: body, sources, when people answer
// next, how to reach them, and that a machine wrote it. It is never longer than
// the limit: the body is shortened first, quotes before words.
func Render(a Answer, opt RenderOptions) string {
	limit := opt.Limit
	if limit <= 0 {
		limit = MessageRunes
	}
	var below []string
	if a.Prose { // quotes have theirs right below them
		below = append(below, opt.Texts.Sources(prompts.Sources{Sources: lines(a, opt)}))
	}
	if offered := offer(a, opt); offered != "" {
		below = append(below, offered)
	}
	if a.Topic != Crisis { // its text says itself that a program wrote it; more would be unkind
		below = append(below, opt.Texts.Machine(prompts.Made{Prose: a.Prose, Quotes: len(a.Sources) > 0, People: a.People}))
	}
	if len(below) == 0 {
		return a.Body
	}
	tail := strings.Join(below, "\n\n")
	room := limit - utf8.RuneCountInString(tail) - 2
	if room < 0 { // many sources on a very small platform: what matters is the body
		return clip(a.Body, limit-4)
	}
	return shorten(a.Body, room, opt.Texts.Shortened()) + "\n\n" + tail
}

// Notice sets a short word of the program, with below it that a program wrote it.
func Notice(texts *prompts.Catalogue, text string) string {
	return text + "\n\n" + texts.Machine(prompts.Made{})
}

// offer is the way to people. A refused question has its contact already, and so
// has one of another field.
func offer(a Answer, opt RenderOptions) string {
	if a.Outcome == Refused || a.Outcome == Elsewhere {
		return ""
	}
	var parts []string
	if opt.Next != nil {
		parts = append(parts, opt.Texts.NextSession(*opt.Next))
	}
	if opt.Handover {
		parts = append(parts, opt.Texts.Handover())
	}
	return strings.Join(parts, " ")
}

func lines(a Answer, opt RenderOptions) []string {
	var list []string
	for _, s := range a.Sources {
		list = append(list, sourceText(opt.Texts, s, opt.Now))
	}
	return list
}

// sourceText is a source in one line.
func sourceText(texts *prompts.Catalogue, s Source, now time.Time) string {
	return texts.Source(sourceShown(texts, s, now))
}

// sourceShown is a source as texts take it.
func sourceShown(texts *prompts.Catalogue, s Source, now time.Time) prompts.Source {
	return prompts.Source{
		Title: Link(plainTitle(s), s.URI),
		Place: Safe(clip(s.Place, 80)),
		Owner: Safe(clip(s.Owner, 80)),
		State: texts.State(stateOf(s, now)),
	}
}

// shorten cuts a body to n runes: its quotes from the longest on, then its end.
func shorten(body string, n int, note string) string {
	if utf8.RuneCountInString(body) <= n {
		return body
	}
	n -= utf8.RuneCountInString(note) + 2
	blocks := strings.Split(body, "\n")
	for keep := 600; keep >= 80; keep /= 2 {
		for i, line := range blocks {
			if strings.HasPrefix(line, "> ") {
				blocks[i] = clipSafe(line, keep)
			}
		}
		if short := strings.Join(blocks, "\n"); utf8.RuneCountInString(short) <= n {
			return short + "\n\n" + note
		}
	}
	if n < 8 {
		return clipSafe(body, n+len(note))
	}
	return clipSafe(strings.Join(blocks, "\n"), n-4) + "\n\n" + note
}

// clipSafe clips safe Markdown without leaving half an escape at its end.
func clipSafe(text string, n int) string {
	short := clip(text, n)
	if short == text {
		return text
	}
	return strings.TrimRight(strings.TrimSuffix(short, " "+cut), `\ `) + " " + cut
}

// Plain sets an answer for a terminal: words without Markdown.
func Plain(a Answer, opt RenderOptions) string {
	return unformatted(inlineLink.ReplaceAllString(Render(a, opt), "$1$2 <$3>"))
}

// Words sets an answer as people read it: without Markdown and addresses.
func Words(a Answer, opt RenderOptions) string {
	return unformatted(inlineLink.ReplaceAllString(Render(a, opt), "$1$2"))
}

func unformatted(text string) string {
	text = strings.ReplaceAll(text, "`", "")
	text = emphasis.ReplaceAllString(text, "$1$2")
	return unescape.ReplaceAllString(text, "$1")
}

var (
	inlineLink = regexp.MustCompile(`(^|[^\\])\[((?:[^\]\\]|\\.)+)\]\((https?://[^)\s]+)\)`)
	emphasis   = regexp.MustCompile(`(?m)\*\*([^*\\\n]+)\*\*|^_([^_\\\n]+)_$`)
	unescape   = regexp.MustCompile(`\\([^\p{L}\d\s])`)
)
