package inboxtest

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"

	"lvr.example/sprechstunde/bot/inbox"
)

// Chat is a chat platform that keeps each post.
type Chat struct {
	// OnCreate, if set, decides what becomes of a Create: whether the post is
	// made, and what the caller hears.
	OnCreate func(d inbox.Draft) (made bool, err error)
	// OnShow, if set, is what the caller of ShowButtons hears; after an error nothing
	// is shown.
	OnShow func(postID string) error

	mu      sync.Mutex
	posts   []ChatPost
	working map[string]bool
	signs   int
}

// ChatPost is one own post.
type ChatPost struct {
	ID      string
	Draft   inbox.Draft
	Deleted bool
}

var _ inbox.Chat = (*Chat)(nil)

// Create posts.
func (c *Chat) Create(ctx context.Context, d inbox.Draft) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	made, err := true, error(nil)
	if c.OnCreate != nil {
		made, err = c.OnCreate(d)
	}
	id := ""
	if made {
		id = c.Arrive(d)
	}
	if err == nil && !made {
		err = errors.New("no answer")
	}
	return id, err
}

// Arrive makes a post, as a late request does.
func (c *Chat) Arrive(d inbox.Draft) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := "post-" + rand.Text()
	c.posts = append(c.posts, ChatPost{ID: id, Draft: d})
	return id
}

// Find looks for a marker.
func (c *Chat) Find(_ context.Context, d inbox.Draft) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []string
	for _, p := range c.posts {
		if !p.Deleted && p.Draft.Marker == d.Marker {
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

// Delete removes a post.
func (c *Chat) Delete(_ context.Context, postID string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.posts {
		if c.posts[i].ID == postID {
			c.posts[i].Deleted = true
		}
	}
	return nil
}

// Rewrite makes a post show a draft.
func (c *Chat) Rewrite(_ context.Context, postID string, d inbox.Draft) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.posts {
		if c.posts[i].ID == postID && !c.posts[i].Deleted {
			c.posts[i].Draft = d
			return nil
		}
	}
	return inbox.ErrGone
}

// ShowButtons replaces buttons.
func (c *Chat) ShowButtons(_ context.Context, postID string, d inbox.Draft) error {
	if c.OnShow != nil {
		if err := c.OnShow(postID); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.posts {
		if c.posts[i].ID == postID && !c.posts[i].Deleted {
			c.posts[i].Draft.Buttons = d.Buttons
			return nil
		}
	}
	return inbox.ErrGone
}

// Working notes the sign of work.
func (c *Chat) Working(_ context.Context, q inbox.Question, on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.signs++
	if c.working == nil {
		c.working = map[string]bool{}
	}
	c.working[q.ID] = on
}

// Live returns the posts that people see, oldest first.
func (c *Chat) Live() []ChatPost {
	c.mu.Lock()
	defer c.mu.Unlock()
	var live []ChatPost
	for _, p := range c.posts {
		if !p.Deleted {
			live = append(live, p)
		}
	}
	return live
}

// Texts returns the texts of Live.
func (c *Chat) Texts() []string {
	var texts []string
	for _, p := range c.Live() {
		texts = append(texts, p.Draft.Text)
	}
	return texts
}

// Signs returns how often a sign of work was shown or ended.
func (c *Chat) Signs() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.signs
}

// StillWorking returns how many questions show a sign of work.
func (c *Chat) StillWorking() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, on := range c.working {
		if on {
			n++
		}
	}
	return n
}
