package dialogue

import (
	"context"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Handler works out the reply to a message that was understood as an act. It may be
// called again for the same one: whatever it changes is marked with the message's id.
type Handler = func(context.Context, chat.Message, Act) (inbox.Reply, error)

// Pending is what waits for a word of somebody.
type Pending struct {
	Preview bool // shown, open, not too old
	Adds    bool // that one, to a ticket
	Answer  bool // a person's, which the message stands below or follows
	Asked   bool // that answer is a question back
	Tickets bool // with people
}
