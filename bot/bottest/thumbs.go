package bottest

import (
	"context"
	"slices"

	"lvr.example/sprechstunde/bot/chat"
)

// Reactions are the thumbs under posts.
func (c *Chat) Reactions(_ context.Context, postIDs []string) ([]chat.Reaction, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.thumbs), func(r chat.Reaction) bool { return !slices.Contains(postIDs, r.PostID) }), nil
}

// Thumb puts a thumb under a post, and returns what was put there.
func (c *Chat) Thumb(userID, postID string, up bool) chat.Reaction {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := chat.Reaction{PostID: postID, UserID: userID, Up: up, At: c.now()}
	c.thumbs = append(c.thumbs, r)
	return r
}

// TakeThumb takes a thumb away.
func (c *Chat) TakeThumb(userID, postID string, up bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.thumbs = slices.DeleteFunc(c.thumbs, func(r chat.Reaction) bool { return r.UserID == userID && r.PostID == postID && r.Up == up })
}
