package knowledge

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// The fields of a draft, by name; as words they are typed as labels says.
const (
	fieldQuestions = "questions" // each on a line
	fieldText      = "text"
	fieldQuote     = "quote"
	fieldOwner     = "owner" // a function, and "@" with the user name of who looks after it
	fieldUntil     = "until"
)

var fields = []string{fieldQuestions, fieldText, fieldQuote, fieldOwner, fieldUntil}

// Draft makes a draft of what was answered to a ticket: of what a dialog holds, or
// else of what is proposed and the word says otherwise. Who mends a draft, or an
// answer that is in force, does the same.
func (k *Knowledge) Draft(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	t, reply, ok, err := k.cfg.Desk.AtCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	current, reason, err := k.sound(ctx, t)
	if err != nil || reason != "" {
		return k.says(m, "no draft", reason, prompts.Knowledge{Number: t.Number}), err
	}
	values := m.Fields
	if m.Origin != inbox.FromDialog {
		if values, err = k.proposed(ctx, t, current, m.UserID); err != nil {
			return inbox.Reply{}, err
		}
		maps.Copy(values, typed(act.Text))
	}
	v, faults, err := k.read(ctx, t, values, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(faults) > 0 {
		return k.says(m, "draft lacks", "lacks", prompts.Knowledge{Number: t.Number, Faults: listed(faults)}), nil
	}
	v, err = k.cfg.Versions.Write(ctx, v, m.ID, k.cfg.Now())
	if errors.Is(err, approved.ErrUnknown) {
		return inbox.Reply{}, fmt.Errorf("%w: %w", inbox.ErrGone, err)
	}
	if err != nil {
		return inbox.Reply{}, err
	}
	reply, err = k.shown(ctx, m, v)
	if err != nil {
		return reply, err
	}
	for _, before := range current { // a new draft takes the place of one that nobody has decided
		if before.Stage == approved.StageDraft && before.ID != v.ID {
			reply.Drafts[0].Moot = append(reply.Drafts[0].Moot, decided(before)...)
		}
	}
	return reply, nil
}

// decided takes the buttons of a draft from where it was shown.
func decided(v approved.Version) []inbox.Choice {
	return []inbox.Choice{{Subject: inbox.Subject{Version: v.ID}}}
}

// sound returns a ticket's versions, or the name of the text that says why nothing
// can be made of it.
func (k *Knowledge) sound(ctx context.Context, t officehours.Ticket) (current []approved.Version, reason string, err error) {
	if t.Practice {
		return nil, "practice", nil
	}
	answers, err := k.answers(ctx, t.Number)
	if err != nil {
		return nil, "", err
	}
	if current, err = k.cfg.Versions.Current(ctx, t.Number, ""); err != nil {
		return nil, "", err
	}
	if len(answers) == 0 && len(current) == 0 {
		return nil, "unanswered", nil
	}
	return current, "", nil
}

// answers are what hosts have answered, without what they asked back.
func (k *Knowledge) answers(ctx context.Context, number int64) ([]officehours.HostAnswer, error) {
	answers, err := k.cfg.Tickets.Answers(ctx, number)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(answers, func(a officehours.HostAnswer) bool { return a.AskBack }), nil
}

// shown is a draft below its card, for another host.
func (k *Knowledge) shown(ctx context.Context, m chat.Message, v approved.Version) (inbox.Reply, error) {
	text, err := k.text(ctx, v, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	reply := k.says(m, "draft", "draft", text)
	if k.cfg.Buttons {
		on := inbox.Subject{Version: v.ID}
		reply.Drafts[0].Buttons = []inbox.Button{
			{Label: k.word("word_approve"), Action: inbox.Approve, Subject: on, Primary: true, Spends: inbox.SpendsDecided},
			{Label: k.word("word_send_back"), Action: inbox.SendBack, Subject: on, Spends: inbox.SpendsDecided},
			{Label: k.word("word_edit"), Action: inbox.Knowledge, Subject: inbox.Subject{Ticket: v.Number}},
		}
	}
	return reply, nil
}

func (k *Knowledge) word(name string) string {
	return k.cfg.Texts.Knowledge(name, prompts.Knowledge{})
}

// DraftForm is the dialog of a draft, filled in with what is proposed. There is none
// where nothing can be made of the ticket: the way says why.
func (k *Knowledge) DraftForm(ctx context.Context, c chat.Click) (chat.Dialog, error) {
	t, err := k.cfg.Tickets.TicketByNumber(ctx, c.Subject.Ticket)
	if errors.Is(err, officehours.ErrUnknown) {
		return chat.Dialog{}, nil
	}
	if err != nil {
		return chat.Dialog{}, err
	}
	current, reason, err := k.sound(ctx, t)
	if err != nil || reason != "" {
		return chat.Dialog{}, err
	}
	values, err := k.proposed(ctx, t, current, c.UserID)
	if err != nil {
		return chat.Dialog{}, err
	}
	dialog := chat.Dialog{Title: k.word("title"), Submit: k.word("submit"), Intro: k.word("intro")}
	for _, name := range fields {
		f := chat.Field{Name: name, Label: k.word("field_" + name), Help: k.word("help_" + name), Kind: chat.Text, Value: values[name]}
		if name == fieldOwner || name == fieldUntil {
			f.Kind = chat.Line
		}
		dialog.Fields = append(dialog.Fields, f)
	}
	return dialog, nil
}

// DraftFaults are what is wrong with a draft that somebody has filled in.
func (k *Knowledge) DraftFaults(ctx context.Context, s chat.Submission) (chat.Faults, error) {
	t, err := k.cfg.Tickets.TicketByNumber(ctx, s.Subject.Ticket)
	if err != nil {
		return nil, err
	}
	_, faults, err := k.read(ctx, t, s.Values, s.UserID)
	return faults, err
}

// listed are faults in the order of the fields.
func listed(faults chat.Faults) (all []string) {
	for _, name := range append([]string{""}, fields...) {
		if fault := faults[name]; fault != "" {
			all = append(all, fault)
		}
	}
	return all
}

// labels are the words that begin a line of a draft typed as a word.
var labels = map[string]string{
	"frage": fieldQuestions, "fragen": fieldQuestions, "antwort": fieldText, "grundlage": fieldQuote, "verantwortlich": fieldOwner, "gültig bis": fieldUntil, "gueltig bis": fieldUntil,
}

// typed reads "Frage: …", "Grundlage: …" line by line; what follows without such a
// word belongs to the one before. Text without any is the answer.
func typed(text string) map[string]string {
	values := map[string]string{}
	at := fieldText
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		head, rest, found := strings.Cut(line, ":")
		if name, known := labels[strings.ToLower(strings.Trim(head, " *_"))]; found && known {
			at, line = name, strings.TrimLeft(rest, " *_")
		}
		if values[at] == "" {
			values[at] = strings.TrimSpace(line)
		} else {
			values[at] += "\n" + line
		}
	}
	maps.DeleteFunc(values, func(_, value string) bool { return strings.TrimSpace(value) == "" })
	return values
}
