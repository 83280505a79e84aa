package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
)

// Outcomes are the records of what the bot has said.
type Outcomes interface {
	// OutcomeOf returns the outcome of the question that an own post with this
	// marker replies to. inbox.ErrDone: it is not kept.
	OutcomeOf(ctx context.Context, marker string) (string, error)
	// Question returns a question with its replies. inbox.ErrDone: it is not kept.
	Question(ctx context.Context, id string) (inbox.Question, error)
}

// sameTalk is how long what the bot said last still waits for a word where no
// thread holds a talk together.
const sameTalk = 2 * time.Hour

// waiting is what a message can be a reply to, what is most likely first.
type waiting struct {
	states []dialogue.State
	last   string // outcome of what the bot said last; empty: nothing lately
}

// waits finds out what a message can be a reply to.
func (b *Bot) waits(ctx context.Context, m chat.Message) (w waiting, err error) {
	last, found, err := b.lastOwn(ctx, m)
	if err != nil {
		return w, err
	}
	if found && (m.RootID != "" || m.Post.CreatedAt.Sub(last.CreatedAt) <= sameTalk) {
		if w.last, err = b.cfg.Outcomes.OutcomeOf(ctx, last.Marker); err != nil && !errors.Is(err, inbox.ErrDone) {
			return w, fmt.Errorf("find what was said last: %w", err)
		}
	}
	pending, err := b.cfg.Desk.Waits(ctx, m, last.ID)
	if err != nil {
		return w, err
	}
	add := func(on bool, s dialogue.State) {
		if on {
			w.states = append(w.states, s)
		}
	}
	add(pending.Preview, dialogue.Preview)
	add(pending.Answer, dialogue.Replied)
	add(stateAfter[w.last] != "", stateAfter[w.last])
	add(pending.Tickets, dialogue.Waiting)
	add(len(w.states) == 0 && !found && m.Direct(), dialogue.Welcome)
	add(len(w.states) == 0, dialogue.Idle)
	return w, nil
}

// stateAfter is what waits after the bot has said something.
var stateAfter = map[string]dialogue.State{
	string(answer.Answered):    dialogue.Answered,
	string(answer.Conflicting): dialogue.Answered,
	string(answer.Nearest):     dialogue.Nearest,
	string(answer.NotFound):    dialogue.Nearest,
	outcomeDocument:            dialogue.Answered,
	outcomeOffer:               dialogue.Nearest,
	outcomeForget:              dialogue.Nearest,
	feedback.Outcome:           dialogue.Answered,
}

// Outcomes of short words that the next message may be a reply to.
const (
	outcomeDocument = "document"
	outcomeOffer    = "offer"
	outcomeHint     = "hint" // asks for the question that is to go to people
)

// lastOwn is the bot's last post before a message. In a thread of a channel,
// where others have written since, nothing of it waits any more.
func (b *Bot) lastOwn(ctx context.Context, m chat.Message) (chat.Post, bool, error) {
	talk, err := chat.Before(ctx, b.cfg.Posts, m)
	if err != nil {
		return chat.Post{}, false, err
	}
	for i := len(talk) - 1; i >= 0; i-- {
		p := talk[i]
		if p.ID == m.Post.ID || p.CreatedAt.After(m.Post.CreatedAt) {
			continue
		}
		if p.MadeBy(b.cfg.Self) {
			return p, true, nil
		}
		if !m.Direct() && p.UserID != m.UserID {
			break
		}
	}
	return chat.Post{}, false, nil
}

// heard understands a message in the likeliest state. Where that makes it a
// question, a word about tickets that wait besides is tried, too.
func (b *Bot) heard(h dialogue.Heard, w waiting) dialogue.Act {
	h.Waits = w.states[0]
	act := b.cfg.Ear.Hear(h)
	if act.Kind == dialogue.Question && w.last == outcomeHint && h.Place == dialogue.Direct {
		act.Kind = dialogue.PersonWithQuestion
		return act
	}
	if act.Kind == dialogue.Yes && w.last == outcomeForget {
		act.Kind = dialogue.Forgotten
		return act
	}
	for _, state := range w.states[1:] {
		if act.Kind != dialogue.Question && act.Kind != dialogue.Unclear {
			break
		}
		h.Waits = state
		if other := b.cfg.Ear.Hear(h); aboutTickets[other.Kind] {
			act = other
		}
	}
	return act
}

var aboutTickets = map[dialogue.Kind]bool{
	dialogue.Status: true, dialogue.Withdraw: true, dialogue.Settled: true, dialogue.StillOpen: true,
}
