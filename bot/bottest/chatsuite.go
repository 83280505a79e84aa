package bottest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
)

// Platform is a chat platform under test, with people of the test's own.
type Platform struct {
	inboxtest.Place
	chat.Posts
	// Channel is where the bot and both people are.
	Channel     string
	Anna, Berta string // user ids
	// Writes has Anna write in the channel.
	Writes func(text string) (postID string)
	// Removes has Anna delete what she wrote.
	Removes func(postID string)
	// Presses has somebody press the button with a label as the post shows it now.
	// It is an error where there is none.
	Presses func(userID, postID, label string) error
	Intake  *Presses // what hears the presses
}

// Presses is an intake that hears presses of buttons alone.
type Presses struct {
	chat.Intake

	mu     sync.Mutex
	clicks []chat.Click
}

// Posted hears nothing.
func (p *Presses) Posted(context.Context, chat.Post) error { return nil }

// Edited hears nothing.
func (p *Presses) Edited(context.Context, chat.Post) error { return nil }

// Deleted hears nothing.
func (p *Presses) Deleted(context.Context, string) error { return nil }

// Opens opens nothing.
func (p *Presses) Opens(context.Context, chat.Click) (chat.Dialog, error) { return chat.Dialog{}, nil }

// Pressed hears a press.
func (p *Presses) Pressed(_ context.Context, c chat.Click) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clicks = append(p.clicks, c)
	return nil
}

func (p *Presses) heard() []chat.Click {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.clicks)
}

// TestChat is the conformance suite of chat platforms as the whole bot sees them.
func TestChat(t *testing.T, open func(t *testing.T) Platform) {
	inboxtest.RunChat(t, func(t *testing.T) inboxtest.Place { return open(t).Place })
	for name, test := range map[string]func(*testing.T, Platform){
		"a press says which button, where and who":              pressSaysAll,
		"each press is one of its own":                          eachPressIsOne,
		"a button that went cannot be pressed":                  spentButtons,
		"a button that stays works":                             keptButtons,
		"a rewritten post shows its text, and its buttons work": rewrittenPost,
		"below what was deleted nothing can be posted":          goneThread,
		"an own post is read with its marker and its text":      ownPost,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

var (
	yes = inbox.Button{Label: "Ja", Action: inbox.HandOver, Subject: inbox.Subject{HandoverID: "h"}}
	no  = inbox.Button{Label: "Nein", Action: inbox.Decline, Subject: inbox.Subject{HandoverID: "h"}}
)

// offers posts two buttons below what Anna wrote.
func (p Platform) offers(t *testing.T) (d inbox.Draft) {
	t.Helper()
	d = inbox.Draft{Marker: "q.r.1", ChannelID: p.Channel, RootID: p.Writes("Frage"), Text: "Antwort", Buttons: []inbox.Button{yes, no}}
	id, err := p.Create(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	d.PostID = id
	return d
}

func pressSaysAll(t *testing.T, p Platform) {
	d := p.offers(t)
	for _, who := range []string{p.Anna, p.Berta} {
		if err := p.Presses(who, d.PostID, "Nein"); err != nil {
			t.Fatal(err)
		}
	}
	for i, who := range []string{p.Anna, p.Berta} {
		got := p.Intake.heard()[i]
		want := chat.Click{
			ID: got.ID, Marker: d.Marker, Action: no.Action, Subject: no.Subject, PostID: d.PostID, ChannelID: p.Channel, RootID: d.RootID, UserID: who, At: got.At,
		}
		if got != want || got.At.IsZero() {
			t.Errorf("heard %+v, want %+v", got, want)
		}
	}
}

func eachPressIsOne(t *testing.T, p Platform) {
	d := p.offers(t)
	seen := map[string]bool{}
	for range 3 {
		if err := p.Presses(p.Anna, d.PostID, "Ja"); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range p.Intake.heard() {
		if c.ID == "" || seen[c.ID] || strings.Contains(c.ID, p.Anna) {
			t.Errorf("id %q of a press: empty, known or with a name", c.ID)
		}
		seen[c.ID] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d presses", len(seen))
	}
}

func spentButtons(t *testing.T, p Platform) {
	d := p.offers(t)
	d.Buttons = []inbox.Button{no}
	if err := p.ShowButtons(t.Context(), d.PostID, d); err != nil {
		t.Fatal(err)
	}
	if err := p.Presses(p.Anna, d.PostID, "Ja"); err == nil {
		t.Error("a button that is not there was pressed")
	}
}

func keptButtons(t *testing.T, p Platform) {
	d := p.offers(t)
	d.Buttons = []inbox.Button{no}
	if err := p.ShowButtons(t.Context(), d.PostID, d); err != nil {
		t.Fatal(err)
	}
	if err := p.Presses(p.Anna, d.PostID, "Nein"); err != nil {
		t.Fatal(err)
	}
	if heard := p.Intake.heard(); len(heard) != 1 || heard[0].Action != no.Action || heard[0].Marker != d.Marker {
		t.Errorf("heard %+v", heard)
	}
}

func rewrittenPost(t *testing.T, p Platform) {
	d := p.offers(t)
	d.Text, d.Buttons = "Eine bessere Antwort", []inbox.Button{no}
	for range 2 {
		if err := p.Rewrite(t.Context(), d.PostID, d); err != nil {
			t.Fatal(err)
		}
	}
	if shown, err := p.Post(t.Context(), d.PostID); err != nil || shown.Text != d.Text {
		t.Errorf("people see %q, %v", shown.Text, err)
	}
	if found, err := p.Find(t.Context(), d); err != nil || len(found) != 1 || found[0] != d.PostID {
		t.Errorf("found %v, %v", found, err)
	}
	if err := p.Presses(p.Anna, d.PostID, "Ja"); err == nil {
		t.Error("a button of before was pressed")
	}
	if err := p.Presses(p.Anna, d.PostID, "Nein"); err != nil {
		t.Fatal(err)
	}
	if heard := p.Intake.heard(); len(heard) != 1 || heard[0].Action != no.Action || heard[0].Marker != d.Marker {
		t.Errorf("heard %+v", heard)
	}
	if err := p.Delete(t.Context(), d.PostID); err != nil {
		t.Fatal(err)
	}
	if err := p.Rewrite(t.Context(), d.PostID, d); !errors.Is(err, inbox.ErrGone) {
		t.Errorf("%v of what is gone, want ErrGone", err)
	}
}

func goneThread(t *testing.T, p Platform) {
	d := inbox.Draft{Marker: "q.r.1", ChannelID: p.Channel, RootID: p.Writes("Frage"), Text: "Antwort"}
	p.Removes(d.RootID)
	if _, err := p.Create(t.Context(), d); !errors.Is(err, inbox.ErrGone) {
		t.Errorf("%v, want ErrGone", err)
	}
	if _, err := p.Post(t.Context(), d.RootID); !errors.Is(err, inbox.ErrGone) {
		t.Errorf("read: %v, want ErrGone", err)
	}
}

func ownPost(t *testing.T, p Platform) {
	d := p.offers(t)
	own, err := p.Post(t.Context(), d.PostID)
	if err != nil || own.Marker != d.Marker || own.Text != d.Text || own.RootID != d.RootID || own.ChannelID != p.Channel {
		t.Errorf("%+v, %v", own, err)
	}
	asking, err := p.Post(t.Context(), d.RootID)
	if err != nil || asking.Marker != "" || asking.UserID != p.Anna {
		t.Errorf("%+v, %v", asking, err)
	}
}
