package bot

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// way is who handles a kind of message. It may be called again for the same one:
// whatever it changes is marked with the message's id.
type way struct {
	handle    func(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error)
	everybody bool // also whom the pilot does not take
}

// table is the one list of who handles what, said in words or by a button.
func (b *Bot) table() map[dialogue.Kind]way {
	return map[dialogue.Kind]way{
		dialogue.Question:   {handle: b.cfg.Asking.Answer},
		dialogue.Handover:   {handle: b.cfg.Desk.Preview},
		dialogue.Yes:        {handle: b.cfg.Desk.Agree},
		dialogue.No:         {handle: b.cfg.Desk.Decline},
		dialogue.Change:     {handle: b.cfg.Desk.Change},
		dialogue.Settled:    {handle: b.cfg.Desk.Settle},
		dialogue.StillOpen:  {handle: b.cfg.Desk.Reopen},
		dialogue.HostAnswer: {handle: b.cfg.Desk.HostAnswer, everybody: true},
		dialogue.Block:      {handle: b.cfg.Care.Block, everybody: true},
		dialogue.Release:    {handle: b.cfg.Care.Block, everybody: true},
		dialogue.Notices:    {handle: b.cfg.Care.Notices, everybody: true},
		dialogue.Thanks:     {handle: b.notice("thanks", b.cfg.Texts.Thanks)},
		dialogue.Pause:      {handle: b.notice("pause", b.cfg.Texts.Budget), everybody: true},
		dialogue.Chatter:    {handle: drop("no question")},
		dialogue.Nothing:    {handle: drop("not addressed"), everybody: true},
	}
}

// notice is a short word to whoever wrote.
func (b *Bot) notice(outcome string, text func() string) func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error) {
	return func(_ context.Context, m chat.Message, _ dialogue.Act) (inbox.Reply, error) {
		return b.says(m, outcome, text()), nil
	}
}

func drop(reason string) func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error) {
	return func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error) {
		return inbox.Reply{Drop: true, Reason: reason}, nil
	}
}
