package bot

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// form is the dialog that the button of a way opens. What is sent off goes the way
// as the press would, with Message.Fields.
type form struct {
	// open says what to show, as things stand now; it must take no second. A dialog
	// without fields: there is nothing to fill in (any more), the press goes the way
	// at once, without Fields, which says why.
	open func(context.Context, chat.Click) (chat.Dialog, error)
	// check may find faults in what was typed besides those of the fields
	// themselves (missing, too long, not on offer). Optional.
	check func(context.Context, chat.Submission) (chat.Faults, error)
}

// Opens returns the dialog that a press opens.
func (in *intake) Opens(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	f := in.bot.ways[dialogue.Pressed(c.Action, c.Subject).Kind].form
	if f.open == nil {
		return chat.Dialog{}, nil
	}
	d, err := f.open(ctx, c)
	if err != nil {
		return chat.Dialog{}, fmt.Errorf("open dialog (%s): %w", c.Action, err)
	}
	if len(d.Fields) == 0 {
		return chat.Dialog{}, nil
	}
	return d, nil
}

// Submitted looks at what was filled in and receives it. The dialog is asked for
// once more: what it is on may have changed since it was opened.
func (in *intake) Submitted(ctx context.Context, s chat.Submission) (chat.Faults, error) {
	d, err := in.Opens(ctx, s.Click)
	if err != nil {
		return nil, err
	}
	a := pressed(inbox.FromDialog, s.Click)
	if len(d.Fields) > 0 { // else: over, as the way will say
		faults, err := in.bot.faults(ctx, d, s)
		if err != nil || len(faults) > 0 {
			return faults, err
		}
		a.Fields = d.Only(s.Values)
	}
	return nil, in.pipeline.Receive(ctx, a)
}

// faults are what is wrong with a submission: in its fields, and only then to the
// way that it is for.
func (b *Bot) faults(ctx context.Context, d chat.Dialog, s chat.Submission) (chat.Faults, error) {
	faults := chat.Faults{}
	for _, f := range d.Fields {
		if fault := b.fault(f, s.Values[f.Name]); fault != "" {
			faults[f.Name] = fault
		}
	}
	check := b.ways[dialogue.Pressed(s.Action, s.Subject).Kind].form.check
	if len(faults) > 0 || check == nil {
		return faults, nil
	}
	return check(ctx, s)
}

func (b *Bot) fault(f chat.Field, value string) string {
	length := utf8.RuneCountInString(value)
	switch {
	case strings.TrimSpace(value) == "" && f.Optional:
		return ""
	case strings.TrimSpace(value) == "" && f.Kind == chat.Tick: // a tick may be left out
		return ""
	case strings.TrimSpace(value) == "":
		return b.cfg.Texts.FieldMissing()
	case f.Limit() > 0 && length > f.Limit():
		return b.cfg.Texts.FieldTooLong(prompts.Length{Length: length, Limit: f.Limit()})
	case !f.Takes(value):
		return b.cfg.Texts.FieldNotOffered()
	}
	return ""
}
