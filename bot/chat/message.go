package chat

import (
	"context"
	"errors"
	"slices"
	"sync"

	"lvr.example/sprechstunde/bot/inbox"
)

// Message is one arrival with what it is about, as read again: a post; a command,
// which has no Post and is answered as if it stood in the direct message; or the
// press of a button or a dialog that was sent off (Fields), which have no Text.
type Message struct {
	inbox.Question
	Post    Post
	Channel Channel
	Text    string // without the mention of the bot
	Typed   Place  // FromCommand: where it was typed

	talk *talk // what Before has read; nil: it reads each time
}

// Place is where something was typed.
type Place struct {
	ChannelID string
	RootID    string // of the thread; empty: in none
}

// talk is what a message continues, read once for all who look at it: by channel,
// root and post, since a way may ask for what another post continues.
type talk struct {
	mu   sync.Mutex
	read map[[3]string][]Post
}

// Of returns the message that a question is, with nothing read again yet. All copies
// of it read what it continues once.
func Of(q inbox.Question) Message {
	return Message{Question: q, talk: &talk{read: map[[3]string][]Post{}}}
}

// Direct reports whether the bot and one person are alone.
func (m Message) Direct() bool { return m.Channel.Kind == DirectChannel }

// Root is the thread that a reply goes to.
func (m Message) Root() string {
	if m.Origin == inbox.FromPost {
		return RootOf(m.Key, m.RootID)
	}
	return m.RootID
}

// Anew reports whether a reply has been started before: what caches say of
// rights may be what was wrong with it.
func (m Message) Anew() bool { return m.Try > 1 }

// Here is a draft that stands below the message. Nobody sees a command where it
// was typed: what belongs to it goes to its author.
func (m Message) Here(text string) inbox.Draft {
	if m.Origin == inbox.FromCommand {
		return inbox.Draft{ToUserID: m.UserID, Text: text}
	}
	return inbox.Draft{ChannelID: m.ChannelID, RootID: m.Root(), Text: text}
}

// Aside is a draft to the author alone: below the message where the two are
// alone already, else by direct message.
func (m Message) Aside(text string) inbox.Draft {
	if m.Direct() {
		return m.Here(text)
	}
	return inbox.Draft{ToUserID: m.UserID, Text: text}
}

// Says is a lasting reply that is one word to the author alone.
func (m Message) Says(outcome, text string) inbox.Reply {
	return inbox.Reply{Outcome: outcome, Lasting: true, Drafts: []inbox.Draft{m.Aside(text)}}
}

// Before returns the posts that a message continues: its thread, or a direct
// message as it stands; nothing where a channel's message begins anew. The posts are
// shared: nobody changes them.
func Before(ctx context.Context, posts Posts, m Message) ([]Post, error) {
	if m.talk == nil {
		return readBefore(ctx, posts, m)
	}
	m.talk.mu.Lock()
	defer m.talk.mu.Unlock()
	of := [3]string{m.ChannelID, m.RootID, m.Post.ID}
	if before, known := m.talk.read[of]; known {
		return before, nil
	}
	before, err := readBefore(ctx, posts, m)
	if err == nil {
		m.talk.read[of] = before
	}
	return before, err
}

func readBefore(ctx context.Context, posts Posts, m Message) (before []Post, err error) {
	switch {
	case m.Origin == inbox.FromCommand: // it stands nowhere
	case m.RootID != "":
		before, err = posts.Thread(ctx, m.RootID)
	case m.Direct():
		before, err = posts.Before(ctx, m.ChannelID, m.Post.ID)
	}
	if err != nil {
		return nil, Unreachable(err)
	}
	return before, nil
}

// OwnBefore returns the bot's posts before a message, newest first. In a thread of a
// channel, what it said before others wrote waits for nobody's word any more.
func OwnBefore(ctx context.Context, posts Posts, m Message, self User) (own []Post, err error) {
	talk, err := Before(ctx, posts, m)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(talk) {
		if !m.Post.Behind(p) {
			continue
		}
		if p.MadeBy(self) {
			own = append(own, p)
		} else if !m.Direct() && p.UserID != m.UserID {
			break
		}
	}
	return own, nil
}

// Unreachable makes an error of the platform one to be tried again, unless it
// says already what it means.
func Unreachable(err error) error {
	var retry *inbox.RetryError
	if errors.Is(err, inbox.ErrGone) || errors.As(err, &retry) {
		return err
	}
	return &inbox.RetryError{Err: err}
}
