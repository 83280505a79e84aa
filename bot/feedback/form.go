package feedback

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
)

// The fields of the dialog.
const (
	fieldReason = "reason"
	fieldTell   = "tell"
)

// Form asks why an answer did not help, and whether its owner may be told.
func (f *Feedback) Form(context.Context, chat.Click) (chat.Dialog, error) {
	t := f.cfg.Texts
	d := chat.Dialog{Title: t.WordUnhelpful(), Intro: t.VoteWhy(), Submit: t.WordSend(), Fields: []chat.Field{{Name: fieldReason, Label: t.VoteFieldReason(), Kind: chat.Choice}}}
	for _, r := range reasons {
		d.Fields[0].Options = append(d.Fields[0].Options, chat.Option{Label: t.VoteReasonWord(string(r)), Value: string(r)})
	}
	if f.cfg.Documents != nil {
		d.Fields = append(d.Fields, chat.Field{Name: fieldTell, Label: t.VoteFieldTell(), Kind: chat.Tick, Help: t.VoteTellHelp()})
	}
	return d, nil
}
