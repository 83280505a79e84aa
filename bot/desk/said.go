package desk

import (
	"context"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// What the bot has answered goes along with the question, as far as all hosts may read
// it and unless its asker wants it otherwise.

// Said knows what the bot has answered.
type Said interface {
	// To returns the bot's answer to a post of the asker, as it may be shown to all who
	// read the channel: its marker, and safe Markdown. The zero Draft: there is none.
	To(ctx context.Context, hosts chat.Channel, askerID, postID string) (inbox.Draft, error)
}

// botAnswer is the bot's answer to what a preview asks; the zero Draft: there is none
// that may go along.
func (d *Desk) botAnswer(ctx context.Context, h officehours.Handover) (inbox.Draft, error) {
	if d.cfg.Said == nil || h.PostID == "" || h.Ticket != 0 {
		return inbox.Draft{}, nil
	}
	hosts, err := d.Hosts(ctx)
	if err != nil || hosts.ID == "" {
		return inbox.Draft{}, err
	}
	return d.cfg.Said.To(ctx, hosts, h.AskerID, h.PostID)
}

// along is an answer of the bot that goes along with a question.
type along struct {
	text   string      // as its hosts read it; empty: there is none
	basis  inbox.Basis // that is looked at once more right before the card is posted
	masked bool        // something in it
}

// along is the answer that goes along with a preview; none, if it is not the one any
// more that the asker agreed to.
func (d *Desk) along(ctx context.Context, h officehours.Handover) (along, error) {
	if h.Answer == "" {
		return along{}, nil
	}
	said, err := d.botAnswer(ctx, h)
	if err != nil || said.Marker != h.Answer {
		return along{}, err
	}
	line, quotes := inOneLine(said.Text)
	if !h.Unmasked && !quotes {
		masked := d.masked(line, d.cfg.Masker.Find(line))
		return along{text: masked, basis: said.About.Basis, masked: masked != line}, nil
	}
	return along{text: line, basis: said.About.Basis}, nil
}

// alongRunes is how much of an answer stands on a card, besides its source.
const alongRunes = 240

// inOneLine is the first line of a posted answer that says something, and its
// source. Quotes: it is the documents' own, who may be read by all that read it here.
func inOneLine(text string) (line string, quotes bool) {
	for one := range strings.Lines(text) {
		rest, quoted := strings.CutPrefix(strings.TrimSpace(one), ">")
		said := strings.Trim(strings.ReplaceAll(rest, "**", ""), " >–-•")
		if said == "" || quotes && !quoted || line != "" && !quoted {
			continue
		}
		if line == "" || quoted && !quotes {
			line, quotes = said, quoted
		}
	}
	line = answer.Cut(line, alongRunes)
	if quotes {
		line = "„" + line + "“"
	}
	if source := sourceOf(text); source != "" {
		line += " (" + source + ")"
	}
	return line, quotes
}

// sourceOf is what an answer names as its source, or else what it links to.
func sourceOf(text string) string {
	for one := range strings.Lines(text) {
		if label, source, named := strings.Cut(strings.TrimSpace(one), ":** "); named && strings.HasPrefix(label, "**") {
			source, _, _ = strings.Cut(source, " · ")
			return source
		}
	}
	return links.FindString(text)
}

// links matches links as answers set them.
var links = regexp.MustCompile(`\[[^\[\]\n]+\]\([^()\s]+\)`)
