package desk

import (
	"context"
	"strings"
	"unicode/utf8"

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
	text := said.Text
	if !h.Unmasked {
		text = d.masked(text, d.cfg.Masker.Find(text))
	}
	return along{text: quoted(text, alongRunes), basis: said.About.Basis, masked: text != said.Text}, nil
}

// alongRunes is how much of an answer stands on a card.
const alongRunes = 3000

// quoted sets Markdown as a block quote, of whole lines up to a length.
func quoted(text string, most int) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		most -= utf8.RuneCountInString(line) + 1
		if most < 0 {
			b.WriteString("\n> […]")
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight("> "+line, " "))
	}
	return b.String()
}
