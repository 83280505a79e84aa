package bottest

import (
	"context"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Rewrite makes an own post show a draft.
func (c *Chat) Rewrite(_ context.Context, postID string, d inbox.Draft) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.posts, func(p chat.Post) bool { return p.ID == postID && !p.Deleted })
	if _, own := c.drafts[postID]; !own || i < 0 {
		return fmt.Errorf("edit post (%s): %w", postID, inbox.ErrGone)
	}
	c.drafts[postID], c.posts[i].Text = d, d.Text
	return nil
}

// ShowButtons replaces the buttons under an own post.
func (c *Chat) ShowButtons(_ context.Context, postID string, d inbox.Draft) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	shown, own := c.drafts[postID]
	if i := slices.IndexFunc(c.posts, func(p chat.Post) bool { return p.ID == postID }); !own || c.posts[i].Deleted {
		return fmt.Errorf("show buttons (%s): %w", postID, inbox.ErrGone)
	}
	shown.Buttons = slices.Clone(d.Buttons)
	c.drafts[postID] = shown
	return nil
}

// Buttons are what stands under an own post now.
func (c *Chat) Buttons(postID string) []inbox.Button {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.drafts[postID].Buttons)
}

// Labels are those of the buttons that stand under an own post now.
func (c *Chat) Labels(m Made) (all []string) {
	for _, b := range c.Buttons(m.ID) {
		all = append(all, b.Label)
	}
	return all
}

// Press is a user's press of the button with a label, as the post shows it now.
func (c *Chat) Press(userID, postID, label string) (chat.Click, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	shown := c.drafts[postID]
	i := slices.IndexFunc(c.posts, func(p chat.Post) bool { return p.ID == postID && !p.Deleted })
	n := slices.IndexFunc(shown.Buttons, func(b inbox.Button) bool { return b.Label == label })
	if i < 0 || n < 0 {
		return chat.Click{}, fmt.Errorf("press %q: no such button", label)
	}
	return c.click(userID, c.posts[i], shown, shown.Buttons[n]), nil
}

// PressStale is Press of a button that the post showed when it was made: a client
// may show it still.
func (c *Chat) PressStale(userID string, m Made, label string) (chat.Click, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := slices.IndexFunc(m.Draft.Buttons, func(b inbox.Button) bool { return b.Label == label })
	if n < 0 {
		return chat.Click{}, fmt.Errorf("press %q: there never was such a button", label)
	}
	return c.click(userID, m.Post, m.Draft, m.Draft.Buttons[n]), nil
}

func (c *Chat) click(userID string, p chat.Post, d inbox.Draft, b inbox.Button) chat.Click {
	c.presses++
	return chat.Click{
		ID: fmt.Sprint("press", c.presses), Marker: d.Marker, Action: b.Action, Subject: b.Subject,
		PostID: p.ID, ChannelID: p.ChannelID, RootID: p.RootID, UserID: userID, At: c.now(),
	}
}
