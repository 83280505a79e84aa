package talk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Hear understands a message by what waits: in the likeliest state; where that makes
// it a question, a word about tickets that wait besides is tried, too. A preview that
// waits takes only what is for it. Heard is what was said and where; its Waits is found
// out here.
func (t *Talk) Hear(ctx context.Context, m chat.Message, h dialogue.Heard) (dialogue.Act, error) {
	w, err := t.waits(ctx, m)
	if err != nil {
		return dialogue.Act{}, err
	}
	act := t.heard(h, w)
	if w.preview {
		act = t.heardBeside(h, w, act)
	}
	if w.about == string(answer.Refused) && h.Place == dialogue.Direct {
		act = t.behindRefused(h, w, act)
	}
	return act, nil
}

// heard hears a message as if no preview waited.
func (t *Talk) heard(h dialogue.Heard, w waiting) dialogue.Act {
	if toldOfOwnData[w.last] && h.Place == dialogue.Direct {
		if act, meant := dialogue.OwnDataGoesOn(h.Text); meant {
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
	if h.Waits == dialogue.Replied && h.Place == dialogue.Direct {
		switch {
		case w.asked && act.Replies(h.Text):
			return dialogue.Act{Kind: dialogue.ReplyToHost, Text: strings.TrimSpace(h.Text), Waits: h.Waits, Subject: act.Subject}
		case !w.asked && act.AboutAnswer(h.Text):
			return dialogue.Act{Kind: dialogue.ReplyToHost, Text: strings.TrimSpace(h.Text), Waits: h.Waits}
		case act.Kind == dialogue.ReplyToHost && act.Guessed && len(strings.Fields(h.Text)) < leastReply:
			h.Waits = dialogue.Idle // a bare word is nothing that a person can answer
			act = t.cfg.Ear.Hear(h)
		}
	}
	if act.Kind.Searched() && act.Kind != dialogue.Date && w.last == dialogue.AskedForText && h.Place == dialogue.Direct {
		act.Kind, act.Text = dialogue.PersonWithQuestion, dialogue.AsAsked(act.Text)
		return act
	}
	if act.Kind == dialogue.Yes && w.last == dialogue.AskedToForget {
		act.Kind = dialogue.Forgotten
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

// leastReply is how many words a reply to people has, unless a rule knows it as one.
const leastReply = 3

var aboutTickets = map[dialogue.Kind]bool{
	dialogue.Status: true, dialogue.Withdraw: true, dialogue.Settled: true, dialogue.StillOpen: true,
}

// sameTalk is how long what the bot said last still waits for a word where no
// thread holds a talk together.
const sameTalk = 2 * time.Hour

// waiting is what a message can be a reply to, what is most likely first.
type waiting struct {
	states  []dialogue.State // a preview apart
	last    string           // outcome of what the bot said last; empty: nothing lately
	about   string           // likewise, but for small talk since
	preview bool             // one waits
	adds    bool             // to a ticket
	shown   bool             // and nothing was said since but what one asks before a yes
	near    bool             // and hardly anything was
	asked   bool             // a person has asked back
}

// waits finds out what a message can be a reply to.
func (t *Talk) waits(ctx context.Context, m chat.Message) (w waiting, err error) {
	own, err := chat.OwnBefore(ctx, t.cfg.Posts, m, t.cfg.Self)
	if err != nil {
		return w, err
	}
	if w.last, w.about, w.shown, err = t.said(ctx, m, own); err != nil {
		return w, err
	}
	pending, err := t.cfg.People.Waits(ctx, m)
	if err != nil {
		return w, err
	}
	add := func(on bool, s dialogue.State) {
		if on {
			w.states = append(w.states, s)
		}
	}
	w.preview, w.adds, w.asked = pending.Preview, pending.Adds, pending.Asked
	if w.preview && !w.shown {
		if w.near, err = t.shownNear(ctx, m, own); err != nil {
			return w, err
		}
	}
	answered := stateAfter[w.about] != "" // since a person has
	add(pending.Answer && (pending.Asked || !answered), dialogue.Replied)
	add(answered, stateAfter[w.about])
	add(pending.Answer && !pending.Asked && answered, dialogue.Replied)
	add(pending.Tickets, dialogue.Waiting)
	add(len(w.states) == 0 && len(own) == 0 && m.Direct(), dialogue.Welcome)
	add(len(w.states) == 0, dialogue.Idle)
	return w, nil
}

// How far a preview may lie back that a yes still sends, if it names it.
const (
	nearPosts = 2
	nearTime  = 5 * time.Minute
)

// shownNear reports whether a preview is one of the bot's last posts.
func (t *Talk) shownNear(ctx context.Context, m chat.Message, own []chat.Post) (bool, error) {
	for _, p := range own[:min(len(own), nearPosts+1)] {
		if m.Post.CreatedAt.Sub(p.CreatedAt) > nearTime {
			break
		}
		outcome, err := t.outcomeOf(ctx, p)
		if err != nil {
			return false, err
		}
		if outcome == dialogue.ShownPreview {
			return true, nil
		}
	}
	return false, nil
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
	"test": true, "insult": true, "language": true, "task": true, "about": true, "glad": true, "status": true, "took back": true, "discreet": true, "still led": true,
}

// mostSmallTalk is how many such words in a row leave it standing.
const mostSmallTalk = 5

// said are the outcomes of what the bot said last, and of what it said before any
// small talk since; empty: nothing lately. What was asked of a person is to be answered
// at once: small talk ends that. A preview is shown if nothing was said since, but
// what one asks before a yes.
func (t *Talk) said(ctx context.Context, m chat.Message, own []chat.Post) (last, about string, shown bool, err error) {
	shown = true
	for i, p := range own[:min(len(own), mostSmallTalk+1)] {
		if m.RootID == "" && m.Post.CreatedAt.Sub(p.CreatedAt) > sameTalk {
			break
		}
		outcome, err := t.outcomeOf(ctx, p)
		if err != nil {
			return "", "", false, err
		}
		if i == 0 {
			last = outcome
		}
		shown = shown && (beforeYes[outcome] || outcome == dialogue.ShownPreview)
		if smallTalk[outcome] {
			continue
		}
		if i > 0 && outcome == dialogue.AskedToForget {
			return last, "", shown, nil
		}
		return last, outcome, shown, nil
	}
	return last, "", last == "", nil
}

// outcomeOf is what the bot said in one of its posts; empty: that is not kept any more.
func (t *Talk) outcomeOf(ctx context.Context, p chat.Post) (string, error) {
	outcome, err := t.cfg.Outcomes.OutcomeOf(ctx, p.Marker)
	if err != nil && !errors.Is(err, inbox.ErrDone) {
		return "", fmt.Errorf("find what was said: %w", err)
	}
	return outcome, nil
}
