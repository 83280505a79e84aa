package desk

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// What hosts fill in behind the buttons of a card. Without a ticket that takes it
// there is no dialog: the way says why.

// The fields besides fieldText.
const (
	fieldAsk     = "ask"
	fieldInto    = "into"
	fieldSession = "session"
)

// formWords is how long a dialog's text may be.
const formWords = 3000

// typed is what a dialog of a card says as a word would.
func typed(m chat.Message, act dialogue.Act) dialogue.Act {
	act.Text = strings.TrimSpace(m.Fields[fieldText])
	if m.Fields[fieldAsk] == "true" {
		act.Kind = dialogue.HostAsks
	}
	return act
}

// form begins the dialog of a button for a ticket; false: there is none to work on.
func (d *Desk) form(ctx context.Context, c chat.Click, word string) (chat.Dialog, officehours.Ticket, bool, error) {
	t, err := d.cfg.Store.TicketByNumber(ctx, c.Subject.Ticket)
	if errors.Is(err, officehours.ErrUnknown) {
		return chat.Dialog{}, t, false, nil
	}
	dialog := chat.Dialog{Title: d.word(word), Submit: d.word("word_send"), Intro: answer.SafeBlock(shortened(t.Text))}
	return dialog, t, err == nil && t.State != officehours.Merged && t.State != officehours.Withdrawn, err
}

func (d *Desk) word(name string) string { return d.cfg.Texts.Hosts(name, prompts.Step{}) }

// AnswerForm asks for an answer, or a question back.
func (d *Desk) AnswerForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	dialog, _, ok, err := d.form(ctx, c, "word_answer")
	if err != nil || !ok || c.Subject.Ticket == 0 {
		return chat.Dialog{}, err
	}
	dialog.Fields = []chat.Field{
		{Name: fieldText, Label: d.word("field_text"), Kind: chat.Text, Longest: formWords},
		{Name: fieldAsk, Label: d.word("field_ask"), Kind: chat.Tick, Optional: true},
	}
	return dialog, nil
}

// CloseForm asks what those who asked are told at the end.
func (d *Desk) CloseForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	dialog, t, ok, err := d.form(ctx, c, "word_close")
	if err != nil || !ok || t.State.Closed() {
		return chat.Dialog{}, err
	}
	dialog.Fields = []chat.Field{{
		Name: fieldText, Label: d.word("field_text"), Kind: chat.Text, Longest: formWords, Optional: t.State == officehours.Replied || t.Practice,
	}}
	return dialog, nil
}

// MergeForm offers the tickets that another can be merged with.
func (d *Desk) MergeForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	dialog, t, ok, err := d.form(ctx, c, "word_merge")
	if err != nil || !ok || t.State.Closed() {
		return chat.Dialog{}, err
	}
	open, err := d.open(ctx)
	if err != nil {
		return chat.Dialog{}, err
	}
	field := chat.Field{Name: fieldInto, Label: d.word("field_into"), Kind: chat.Choice}
	for _, other := range open {
		if number := strconv.FormatInt(other.Number, 10); other.Number != t.Number && len(field.Options) < listed {
			field.Options = append(field.Options, chat.Option{Label: "Nr. " + number + ": " + answer.InLine(other.Text, optionRunes), Value: number})
		}
	}
	if len(field.Options) == 0 {
		return chat.Dialog{}, nil
	}
	dialog.Fields = []chat.Field{field}
	return dialog, nil
}

// optionRunes is how much of a question a choice shows.
const optionRunes = 60

// MoveForm offers the sessions that a ticket can go to.
func (d *Desk) MoveForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	dialog, t, ok, err := d.form(ctx, c, "word_move")
	if err != nil || !ok || t.State.Closed() {
		return chat.Dialog{}, err
	}
	field := chat.Field{Name: fieldSession, Label: d.word("field_session"), Kind: chat.Choice}
	for _, s := range d.sessionsFor(t) {
		field.Options = append(field.Options, chat.Option{Label: s.Format.Name + ", " + prompts.Session(s.At), Value: s.Format.ID + " " + s.At.UTC().Format(time.RFC3339)})
	}
	if len(field.Options) == 0 {
		return chat.Dialog{}, nil
	}
	dialog.Fields = []chat.Field{field}
	return dialog, nil
}

// sessionChosen reads what MoveForm offered, if that session is still held.
func (d *Desk) sessionChosen(value string) (officehours.Session, bool) {
	format, moment, _ := strings.Cut(value, " ")
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil || !at.After(d.cfg.Now()) {
		return officehours.Session{}, false
	}
	return d.cfg.Calendar.At(format, at)
}
