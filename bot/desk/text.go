package desk

import (
	"strconv"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// hint says how a question gets to people, and when they meet.
func (d *Desk) hint() string {
	text := d.cfg.Texts.HandoverHint()
	if n := answer.NextOfKind(d.cfg.Calendar, officehours.Single, d.cfg.Now()); n != nil {
		text += "\n\n" + d.cfg.Texts.NextSession(*n)
	}
	return text
}

func runes(text string) int { return utf8.RuneCountInString(text) }

// ticketText is what texts say of a ticket; a date that has passed is not said.
func (d *Desk) ticketText(t officehours.Ticket) prompts.Ticket {
	text := prompts.Ticket{Number: t.Number, Text: answer.SafeBlock(t.Text), Name: answer.Safe(t.Name), Many: officehours.Rounded(t.Votes)}
	if f, known := d.cfg.Calendar.Format(t.Format); known {
		text.Item = t.Place
		text.Format = answer.Link(f.Name, f.Link)
		text.Place = answer.Safe(f.Place)
		if t.Session.After(d.cfg.Now()) {
			text.At = t.Session.In(d.cfg.Calendar.Zone())
		}
	}
	return text
}

func numbersOf(tickets []officehours.Ticket) prompts.Numbers {
	var n prompts.Numbers
	for _, t := range tickets {
		n.Numbers = append(n.Numbers, strconv.FormatInt(t.Number, 10))
	}
	return n
}
