package talk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Hear understands a message by what waits: in the likeliest state; where that makes
// it a question, a word about tickets that wait besides is tried, too. Heard is what
// was said and where; its Waits is found out here.
func (t *Talk) Hear(ctx context.Context, m chat.Message, h dialogue.Heard) (dialogue.Act, error) {
	w, err := t.waits(ctx, m)
	if err != nil {
		return dialogue.Act{}, err
	}
	return t.heard(h, w), nil
}

func (t *Talk) heard(h dialogue.Heard, w waiting) dialogue.Act {
	if w.passed {
		if act, meant := t.forPassed(h); meant {
			return act
		}
	}
	h.Waits = w.states[0]
	act := t.cfg.Ear.Hear(h)
	chatted := w.last != w.about && h.Waits == stateAfter[w.about]
	if chatted && (act.Kind == dialogue.Yes || act.Kind == dialogue.No) {
		h.Waits = dialogue.Idle // a bare word is meant for what was said last
		act = t.cfg.Ear.Hear(h)
	}
	if w.asked && h.Waits == dialogue.Replied && h.Place == dialogue.Direct && act.Replies(h.Text) {
		return dialogue.Act{Kind: dialogue.ReplyToHost, Text: strings.TrimSpace(h.Text), Waits: h.Waits, Subject: act.Subject}
	}
	if act.Kind == dialogue.Question && w.last == dialogue.AskedForText && h.Place == dialogue.Direct {
		act.Kind = dialogue.PersonWithQuestion
		return act
	}
	if act.Kind == dialogue.Yes && w.last == dialogue.AskedToForget {
		act.Kind = dialogue.Forgotten
		return act
	}
	if w.passed && t.decides(h) && (chatted || !asked[act.Waits]) {
		act.Kind = dialogue.Unclear
		return act
	}
	for _, state := range w.states[1:] {
		if act.Kind != dialogue.Question && act.Kind != dialogue.Unclear {
			break
		}
		h.Waits = state
		if other := t.cfg.Ear.Hear(h); aboutTickets[other.Kind] {
			act = other
		}
	}
	return act
}

// forPassed hears what is meant for a preview though the bot has said something else
// since: what says so itself. A bare yes is meant for what was said last.
func (t *Talk) forPassed(h dialogue.Heard) (act dialogue.Act, meant bool) {
	h.Waits = dialogue.Preview
	act = t.cfg.Ear.Hear(h)
	switch act.Kind {
	case dialogue.Send, dialogue.Cancel:
		return act, dialogue.Explicit(h.Text)
	case dialogue.Change:
		return act, act.Choice != "" || dialogue.Explicit(h.Text)
	}
	return act, false
}

// decides reports whether a message would decide a preview, had it just been shown.
func (t *Talk) decides(h dialogue.Heard) bool {
	h.Waits = dialogue.Preview
	kind := t.cfg.Ear.Hear(h).Kind
	return kind == dialogue.Send || kind == dialogue.Cancel
}

// asked are the states in which a bare yes or no has something to be an answer to.
var asked = map[dialogue.State]bool{dialogue.Answered: true, dialogue.Nearest: true, dialogue.Replied: true}

var aboutTickets = map[dialogue.Kind]bool{
	dialogue.Status: true, dialogue.Withdraw: true, dialogue.Settled: true, dialogue.StillOpen: true,
}

// sameTalk is how long what the bot said last still waits for a word where no
// thread holds a talk together.
const sameTalk = 2 * time.Hour

// waiting is what a message can be a reply to, what is most likely first.
type waiting struct {
	states []dialogue.State
	last   string // outcome of what the bot said last; empty: nothing lately
	about  string // likewise, but for small talk since
	passed bool   // a preview waits, and something else was said since
	asked  bool   // a person has asked back
}

// waits finds out what a message can be a reply to.
func (t *Talk) waits(ctx context.Context, m chat.Message) (w waiting, err error) {
	own, err := t.own(ctx, m)
	if err != nil {
		return w, err
	}
	if w.last, w.about, err = t.said(ctx, m, own); err != nil {
		return w, err
	}
	last := ""
	if len(own) > 0 {
		last = own[0].ID
	}
	pending, err := t.cfg.People.Waits(ctx, m, last)
	if err != nil {
		return w, err
	}
	add := func(on bool, s dialogue.State) {
		if on {
			w.states = append(w.states, s)
		}
	}
	w.passed = pending.Preview && w.last != "" && w.last != dialogue.ShownPreview && w.last != dialogue.AskedOfPreview
	add(pending.Preview && !w.passed, dialogue.Preview)
	w.asked = pending.Asked
	answered := stateAfter[w.about] != "" // since a person has
	add(pending.Answer && (pending.Asked || !answered), dialogue.Replied)
	add(answered, stateAfter[w.about])
	add(pending.Answer && !pending.Asked && answered, dialogue.Replied)
	add(pending.Tickets, dialogue.Waiting)
	add(len(w.states) == 0 && len(own) == 0 && m.Direct(), dialogue.Welcome)
	add(len(w.states) == 0, dialogue.Idle)
	return w, nil
}

// stateAfter is what waits after the bot has said something.
var stateAfter = map[string]dialogue.State{
	string(answer.Answered):    dialogue.Answered,
	string(answer.Conflicting): dialogue.Answered,
	string(answer.Nearest):     dialogue.Nearest,
	string(answer.NotFound):    dialogue.Nearest,
	dialogue.ShownDocuments:    dialogue.Answered,
	dialogue.AskedForPeople:    dialogue.Nearest,
	dialogue.AskedToForget:     dialogue.Nearest,
	dialogue.Voted:             dialogue.Answered,
}

// smallTalk are the outcomes of words that leave what was said before them standing:
// a talk goes on after "danke".
var smallTalk = map[string]bool{
	"greeting": true, "small talk": true, "identity": true, "capabilities": true, "privacy": true, "thanks": true, "bye": true, "ok": true,
	"test": true, "insult": true, "language": true, "task": true, "about": true, "glad": true,
}

// mostSmallTalk is how many such words in a row leave it standing.
const mostSmallTalk = 5

// said are the outcomes of what the bot said last, and of what it said before any
// small talk since; empty: nothing lately. What was asked of a person is to be answered
// at once: small talk ends that.
func (t *Talk) said(ctx context.Context, m chat.Message, own []chat.Post) (last, about string, err error) {
	for i, p := range own[:min(len(own), mostSmallTalk+1)] {
		if m.RootID == "" && m.Post.CreatedAt.Sub(p.CreatedAt) > sameTalk {
			break
		}
		outcome, err := t.cfg.Outcomes.OutcomeOf(ctx, p.Marker)
		if err != nil && !errors.Is(err, inbox.ErrDone) {
			return "", "", fmt.Errorf("find what was said last: %w", err)
		}
		if i == 0 {
			last = outcome
		}
		if smallTalk[outcome] {
			continue
		}
		if i > 0 && outcome == dialogue.AskedToForget {
			return last, "", nil
		}
		return last, outcome, nil
	}
	return last, "", nil
}

// own are the bot's posts before a message, newest first. In a thread of a channel,
// what it said before others wrote waits no more.
func (t *Talk) own(ctx context.Context, m chat.Message) (own []chat.Post, err error) {
	talk, err := chat.Before(ctx, t.cfg.Posts, m)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(talk) {
		if !m.Post.Behind(p) {
			continue
		}
		if p.MadeBy(t.cfg.Self) {
			own = append(own, p)
		} else if !m.Direct() && p.UserID != m.UserID {
			break
		}
	}
	return own, nil
}
