package desk

import (
	"context"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/masking"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// What other rooms of hosts ask of the desk, each by an interface of its own.

// AtCard finds the ticket that a host's word or button is about. Not ok: the reply
// says why there is none.
func (d *Desk) AtCard(ctx context.Context, m chat.Message, act dialogue.Act) (officehours.Ticket, inbox.Reply, bool, error) {
	return d.atCard(ctx, m, act)
}

// UnderCard is a word below a ticket's card, for the hosts.
func (d *Desk) UnderCard(ctx context.Context, t officehours.Ticket, text string) (inbox.Draft, error) {
	hosts, err := d.privateHosts(ctx, false)
	return d.underCard(hosts.ID, t, text), err
}

// InHosts is a word in the hosts' channel that is about no ticket.
func (d *Desk) InHosts(ctx context.Context, text string) (inbox.Draft, error) {
	return d.UnderCard(ctx, officehours.Ticket{}, text)
}

// TellAskers are the messages to all who ask a ticket: a text of texts/wayback.
func (d *Desk) TellAskers(ctx context.Context, t officehours.Ticket, text string, change func(*prompts.Step)) ([]inbox.Draft, error) {
	askers, err := d.askers(ctx, t)
	if err != nil {
		return nil, err
	}
	step := d.stepText(t)
	change(&step)
	return d.tells(t, askers, text, step), nil
}

// Masked is a text without what tells who somebody is; of some kinds, or of all. What
// is masked already stays as it is.
func (d *Desk) Masked(text string, kinds ...masking.Kind) string {
	masked := func(m masking.Mark) bool {
		return strings.HasSuffix(text[:m.Start], "[") && strings.HasPrefix(text[m.End:], "]")
	}
	marks := slices.DeleteFunc(d.cfg.Masker.Find(text), func(m masking.Mark) bool {
		return masked(m) || len(kinds) > 0 && !slices.Contains(kinds, m.Kind)
	})
	return d.masked(text, marks)
}

// OnDuty is the user name of the host who is mentioned now; empty: nobody.
func (d *Desk) OnDuty() string { return d.duty.On(d.cfg.Now()) }
