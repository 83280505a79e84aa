package desk

import (
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// cardButtons are the words of the hosts as buttons below a card; none in a house
// without. They stay: a ticket that is closed can be opened again.
func (d *Desk) cardButtons(t officehours.Ticket) []inbox.Button {
	if !d.cfg.Buttons {
		return nil
	}
	var buttons []inbox.Button
	for _, b := range []struct {
		word   string
		action inbox.Action
	}{
		{"word_claim", inbox.Claim}, {"word_answer", inbox.AnswerHow}, {"word_merge", inbox.Merge},
		{"word_move", inbox.Move}, {"word_give_back", inbox.GiveBack}, {"word_close", inbox.Close},
		{"word_knowledge", inbox.Knowledge},
	} {
		buttons = append(buttons, inbox.Button{
			Label: d.cfg.Texts.Hosts(b.word, prompts.Step{}), Action: b.action, Subject: inbox.Subject{Ticket: t.Number}, Primary: b.action == inbox.Claim,
		})
	}
	return buttons
}
