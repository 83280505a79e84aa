// Package colleague is one person at a Mattermost client: who logs in, writes,
// reads threads afresh and presses buttons through the server's REST interface.
// The demo's scripted colleagues, the terminal client and the end-to-end tests
// are such people; the bot itself never uses this package.
package colleague

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// Colleague is a logged-in person. Several goroutines may act for one.
type Colleague struct {
	ID   string
	Name string // user name

	client *model.Client4
	names  *sync.Map // user id to user name
}

// Message is one post as this person's client shows it.
type Message struct {
	ID      string
	Channel string
	Root    string // empty: starts a thread
	Author  string // user name
	UserID  string
	Text    string
	At      time.Time
	Buttons []Button
	Props   map[string]any
}

// ThreadID is the id of the message that starts the thread of this one.
func (m Message) ThreadID() string { return cmp.Or(m.Root, m.ID) }

// Button finds the button with a label under the message.
func (m Message) Button(label string) (Button, error) {
	for _, b := range m.Buttons {
		if b.Label == label {
			return b, nil
		}
	}
	return Button{}, fmt.Errorf("no button %q but %v under: %s", label, m.Buttons, m.Text)
}

// Button is one action under a message.
type Button struct {
	ID    string
	Label string
}

// requestTimeout bounds each call: the SDK's client has none.
const requestTimeout = 30 * time.Second

// Login opens a session.
func Login(ctx context.Context, url, name, password string) (*Colleague, error) {
	client := model.NewAPIv4Client(url)
	client.HTTPClient = &http.Client{Timeout: requestTimeout}
	user, _, err := client.Login(ctx, name, password)
	if err != nil {
		return nil, fmt.Errorf("log in to Mattermost as %s: %w", name, err)
	}
	names := &sync.Map{}
	names.Store(user.Id, user.Username)
	return &Colleague{ID: user.Id, Name: user.Username, client: client, names: names}, nil
}

// Direct returns the id of the direct channel with the named user.
func (c *Colleague) Direct(ctx context.Context, name string) (string, error) {
	other, _, err := c.client.GetUserByUsername(ctx, name, "")
	if err != nil {
		return "", fmt.Errorf("find user %s: %w", name, err)
	}
	channel, _, err := c.client.CreateDirectChannel(ctx, c.ID, other.Id)
	if err != nil {
		return "", fmt.Errorf("open direct channel with %s: %w", name, err)
	}
	return channel.Id, nil
}

// Group returns the id of the group message with the named users.
func (c *Colleague) Group(ctx context.Context, names ...string) (string, error) {
	ids := []string{c.ID}
	for _, name := range names {
		user, _, err := c.client.GetUserByUsername(ctx, name, "")
		if err != nil {
			return "", fmt.Errorf("find user %s: %w", name, err)
		}
		ids = append(ids, user.Id)
	}
	channel, _, err := c.client.CreateGroupChannel(ctx, ids)
	if err != nil {
		return "", fmt.Errorf("open group message: %w", err)
	}
	return channel.Id, nil
}

// Channel returns the id of a team's channel.
func (c *Colleague) Channel(ctx context.Context, team, channel string) (string, error) {
	found, _, err := c.client.GetChannelByNameForTeamName(ctx, channel, team, "")
	if err != nil {
		return "", fmt.Errorf("find channel %s/%s: %w", team, channel, err)
	}
	return found.Id, nil
}

// Write posts a message; root is empty for a new thread.
func (c *Colleague) Write(ctx context.Context, channel, root, text string) (Message, error) {
	post, _, err := c.client.CreatePost(ctx, &model.Post{ChannelId: channel, RootId: root, Message: text})
	if err != nil {
		return Message{}, fmt.Errorf("post as %s: %w", c.Name, err)
	}
	return c.message(ctx, post), nil
}

// Attach posts a message with a file; root is empty for a new thread.
func (c *Colleague) Attach(ctx context.Context, channel, root, text, file string, content []byte) (Message, error) {
	uploaded, _, err := c.client.UploadFile(ctx, content, channel, file)
	if err != nil {
		return Message{}, fmt.Errorf("upload as %s: %w", c.Name, err)
	}
	post, _, err := c.client.CreatePost(ctx, &model.Post{ChannelId: channel, RootId: root, Message: text, FileIds: []string{uploaded.FileInfos[0].Id}})
	if err != nil {
		return Message{}, fmt.Errorf("post as %s: %w", c.Name, err)
	}
	return c.message(ctx, post), nil
}

// Files returns what is attached to a message, with all that the server says of it.
func (c *Colleague) Files(ctx context.Context, m Message) ([]Attachment, error) {
	infos, _, err := c.client.GetFileInfosForPost(ctx, m.ID, "")
	if err != nil {
		return nil, fmt.Errorf("read about files as %s: %w", c.Name, err)
	}
	var files []Attachment
	for _, info := range infos {
		content, _, err := c.client.GetFile(ctx, info.Id)
		if err != nil {
			return nil, fmt.Errorf("read file as %s: %w", c.Name, err)
		}
		about, err := json.Marshal(info)
		if err != nil {
			return nil, fmt.Errorf("write about a file: %w", err)
		}
		files = append(files, Attachment{Name: info.Name, Content: content, About: string(about)})
	}
	return files, nil
}

// Attachment is a file of a message.
type Attachment struct {
	Name    string
	Content []byte
	About   string // all that the server says of it, as JSON
}

// Edit changes the text of an own message.
func (c *Colleague) Edit(ctx context.Context, id, text string) error {
	if _, _, err := c.client.PatchPost(ctx, id, &model.PostPatch{Message: &text}); err != nil {
		return fmt.Errorf("edit post %s: %w", id, err)
	}
	return nil
}

// Delete removes an own message.
func (c *Colleague) Delete(ctx context.Context, id string) error {
	if _, err := c.client.DeletePost(ctx, id); err != nil {
		return fmt.Errorf("delete post %s: %w", id, err)
	}
	return nil
}

// Thread reads a thread afresh, oldest first.
func (c *Colleague) Thread(ctx context.Context, root string) ([]Message, error) {
	list, _, err := c.client.GetPostThread(ctx, root, "", false)
	if err != nil {
		return nil, fmt.Errorf("read thread %s: %w", root, err)
	}
	return c.messages(ctx, list), nil
}

// recent is how many messages Recent reads: more than any test or demo writes.
const recent = 100

// Recent reads a channel's newest messages, oldest first.
func (c *Colleague) Recent(ctx context.Context, channel string) ([]Message, error) {
	list, _, err := c.client.GetPostsForChannel(ctx, channel, 0, recent, "", false, false)
	if err != nil {
		return nil, fmt.Errorf("read channel %s: %w", channel, err)
	}
	return c.messages(ctx, list), nil
}

// Newest is the id of a channel's newest message; empty: there is none.
func (c *Colleague) Newest(ctx context.Context, channel string) (string, error) {
	messages, err := c.Recent(ctx, channel)
	if err != nil || len(messages) == 0 {
		return "", err
	}
	return messages[len(messages)-1].ID, nil
}

// Press presses a button under a message.
func (c *Colleague) Press(ctx context.Context, message string, b Button) error {
	if _, err := c.client.DoPostAction(ctx, message, b.ID); err != nil {
		return fmt.Errorf("press %q: %w", b.Label, err)
	}
	return nil
}

// React puts a reaction under a message, or takes it away.
func (c *Colleague) React(ctx context.Context, message, emoji string, on bool) error {
	r := &model.Reaction{UserId: c.ID, PostId: message, EmojiName: emoji}
	var err error
	if on {
		_, _, err = c.client.SaveReaction(ctx, r)
	} else {
		_, err = c.client.DeleteReaction(ctx, r)
	}
	if err != nil {
		return fmt.Errorf("react with %s: %w", emoji, err)
	}
	return nil
}

// poll is how often Await looks again: short against the time that an answer
// takes, long against a request.
const poll = 30 * time.Millisecond

// Await calls look until it reports true, or fails with the context.
func Await(ctx context.Context, look func(context.Context) (bool, error)) error {
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for {
		done, err := look(ctx)
		if done {
			return nil
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-ticker.C:
		}
	}
}

// Reply waits for the first message by the named author in the thread of root
// that comes after the message named after.
func (c *Colleague) Reply(ctx context.Context, root, after, author string) (Message, error) {
	var reply Message
	err := Await(ctx, func(ctx context.Context) (bool, error) {
		thread, err := c.Thread(ctx, root)
		if err != nil {
			return false, err
		}
		m, ok := follows(thread, after, author, "")
		reply = m
		return ok, nil
	})
	if err != nil {
		return Message{}, fmt.Errorf("wait for a reply of %s in thread %s: %w", author, root, err)
	}
	return reply, nil
}

// Next waits for the first message by the named author in a channel, threads
// included, that comes after the message named after; empty: any.
func (c *Colleague) Next(ctx context.Context, channel, after, author string) (Message, error) {
	return c.NextWith(ctx, channel, after, author, "")
}

// NextWith is Next for the first such message that holds a text.
func (c *Colleague) NextWith(ctx context.Context, channel, after, author, text string) (Message, error) {
	var next Message
	err := Await(ctx, func(ctx context.Context) (bool, error) {
		messages, err := c.Recent(ctx, channel)
		if err != nil {
			return false, err
		}
		m, ok := follows(messages, after, author, text)
		next = m
		return ok, nil
	})
	if err != nil {
		return Message{}, fmt.Errorf("wait for a message of %s in channel %s: %w", author, channel, err)
	}
	return next, nil
}

func follows(messages []Message, after, author, text string) (Message, bool) {
	passed := after == ""
	for _, m := range messages {
		if passed && m.Author == author && strings.Contains(m.Text, text) {
			return m, true
		}
		passed = passed || m.ID == after
	}
	return Message{}, false
}

func (c *Colleague) messages(ctx context.Context, list *model.PostList) []Message {
	var all []Message
	for _, post := range list.Posts {
		if post.DeleteAt == 0 && post.Type == "" {
			all = append(all, c.message(ctx, post))
		}
	}
	slices.SortFunc(all, func(a, b Message) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return all
}

func (c *Colleague) message(ctx context.Context, post *model.Post) Message {
	m := Message{
		ID: post.Id, Channel: post.ChannelId, Root: post.RootId, Author: c.nameOf(ctx, post.UserId), UserID: post.UserId,
		Text: post.Message, At: time.UnixMilli(post.CreateAt), Props: post.GetProps(),
	}
	for _, attachment := range post.Attachments() {
		for _, action := range attachment.Actions {
			m.Buttons = append(m.Buttons, Button{ID: action.Id, Label: action.Name})
		}
	}
	return m
}

// nameOf falls back to the id: a name is only for show.
func (c *Colleague) nameOf(ctx context.Context, id string) string {
	if known, ok := c.names.Load(id); ok {
		if name, ok := known.(string); ok {
			return name
		}
	}
	user, _, err := c.client.GetUser(ctx, id, "")
	if err != nil {
		return id
	}
	c.names.Store(id, user.Username)
	return user.Username
}
