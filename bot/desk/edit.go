package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// The fields of the dialog that edits a preview.
const (
	fieldText     = "text"
	fieldWhere    = "where"
	fieldName     = "name"
	fieldOriginal = "original"
	fieldAnswer   = "answer"
)

// editBytes is up to which length a text is filled in beforehand.
const editBytes = 3000

// sessionsAhead is how many sessions of each format the dialog offers.
const sessionsAhead = 2

// EditForm is the dialog behind the button of an open preview. There is none for one
// that is over, or whose text is too long for a dialog.
func (d *Desk) EditForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	h, err := d.cfg.Store.HandoverFor(ctx, c.UserID, "")
	if errors.Is(err, officehours.ErrUnknown) || err == nil && (h.ID != c.Subject.HandoverID || h.Expired(c.At) || len(said(h)) > editBytes) {
		return chat.Dialog{}, nil
	}
	if err != nil {
		return chat.Dialog{}, fmt.Errorf("find preview: %w", err)
	}
	label := d.cfg.Texts.HandoverEdit
	dialog := chat.Dialog{Title: label("title"), Submit: label("submit"), Fields: []chat.Field{
		{Name: fieldText, Label: label("text"), Kind: chat.Text, Value: said(h)},
	}}
	said, err := d.botAnswer(ctx, h)
	if err != nil {
		return chat.Dialog{}, err
	}
	if h.Ticket == 0 {
		dialog.Fields = append(dialog.Fields,
			chat.Field{Name: fieldWhere, Label: label("where"), Kind: chat.Choice, Value: choiceOf(h.Format, h.Session), Options: d.places(h)},
			chat.Field{Name: fieldName, Label: label("name"), Kind: chat.Tick, Value: ticked(h.Name != ""), Optional: true})
	}
	if said.Marker != "" {
		dialog.Fields = append(dialog.Fields, chat.Field{Name: fieldAnswer, Label: label("answer"), Kind: chat.Tick, Value: ticked(h.Answer != ""), Optional: true})
	}
	dialog.Fields = append(dialog.Fields, chat.Field{Name: fieldOriginal, Label: label("original"), Kind: chat.Tick, Value: ticked(h.Unmasked), Optional: true})
	return dialog, nil
}

func ticked(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// choiceOf is how a choice names a session of a format: "sprechstunde@1772715600".
func choiceOf(format string, session time.Time) string {
	if session.IsZero() {
		return format + "@"
	}
	return format + "@" + strconv.FormatInt(session.Unix(), 10)
}

// places are where a preview can go: the next sessions, or an answer in writing.
func (d *Desk) places(h officehours.Handover) (options []chat.Option) {
	add := func(name, format string, at time.Time) {
		value := choiceOf(format, at)
		for _, o := range options {
			if o.Value == value {
				return
			}
		}
		if !at.IsZero() {
			name += " " + at.In(d.cfg.Calendar.Zone()).Format("02.01.2006 15:04")
		}
		options = append(options, chat.Option{Label: name, Value: value})
	}
	add(d.cfg.Texts.HandoverEdit("written"), "", time.Time{})
	if f, known := d.cfg.Calendar.Format(h.Format); known {
		add(f.Name, f.ID, h.Session)
	}
	for _, f := range d.cfg.Calendar.Formats() {
		at := d.cfg.Now()
		for range sessionsAhead {
			s, ok := d.cfg.Calendar.Next(f.ID, at)
			if !ok {
				break
			}
			add(f.Name, f.ID, s.At)
			at = s.At
		}
	}
	return options
}

// Edit changes an open preview as its dialog says, and shows it again.
func (d *Desk) Edit(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	h, open, err := d.openPreview(ctx, m, act)
	if err != nil {
		return inbox.Reply{}, err
	}
	switch {
	case !open:
		return d.noneOpen(m, h), nil
	case len(m.Fields) == 0:
		return m.Says(dialogue.AskedHow, d.cfg.Texts.HandoverChangeHow()), nil
	}
	if h.Ticket == 0 {
		if err := d.pick(ctx, m, &h); err != nil {
			return inbox.Reply{}, err
		}
	}
	h.Unmasked = m.Fields[fieldOriginal] != ""
	reply, unfit, err := d.rewrite(ctx, m, &h, dialogue.Act{Kind: dialogue.Change, Text: m.Fields[fieldText]})
	if err != nil || unfit {
		return reply, err
	}
	return d.revise(ctx, m, h)
}

// pick takes the session, the name and whether the bot's answer goes along from a dialog.
func (d *Desk) pick(ctx context.Context, m chat.Message, h *officehours.Handover) error {
	format, unix, _ := strings.Cut(m.Fields[fieldWhere], "@")
	h.Format, h.Session = format, time.Time{}
	if n, err := strconv.ParseInt(unix, 10, 64); err == nil {
		h.Session = time.Unix(n, 0).UTC()
	}
	choice := dialogue.WithoutName
	if m.Fields[fieldName] != "" {
		choice = dialogue.WithName
	}
	if err := d.choose(ctx, m, h, dialogue.Act{Choice: choice}); err != nil {
		return err
	}
	choice = dialogue.NoAnswer
	if m.Fields[fieldAnswer] != "" {
		choice = dialogue.WithAnswer
	}
	return d.choose(ctx, m, h, dialogue.Act{Choice: choice})
}
