package mattermost

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Post reads a post as it is now; one that is deleted or closed to the bot is
// inbox.ErrGone.
func (c *Client) Post(ctx context.Context, id string) (chat.Post, error) {
	me, err := c.self(ctx)
	if err != nil {
		return chat.Post{}, err
	}
	p, err := c.readPost(ctx, id)
	if err != nil {
		return chat.Post{}, err
	}
	return decodePost(p, me.Id), nil
}

func (c *Client) readPost(ctx context.Context, id string) (*model.Post, error) {
	p, resp, err := c.api.GetPost(ctx, id, "")
	if err != nil {
		return nil, classify(fmt.Sprintf("read post (%s)", id), resp, err, c.now())
	}
	if p.DeleteAt != 0 {
		return nil, fmt.Errorf("read post (%s): %w", id, inbox.ErrGone)
	}
	return p, nil
}

// Thread reads root and replies, oldest first, without deleted ones.
func (c *Client) Thread(ctx context.Context, rootID string) ([]chat.Post, error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	thread, err := c.readThread(ctx, rootID)
	if err != nil {
		return nil, err
	}
	posts := make([]chat.Post, 0, len(thread))
	for _, p := range thread {
		posts = append(posts, decodePost(p, me.Id))
	}
	return posts, nil
}

func (c *Client) readThread(ctx context.Context, rootID string) ([]*model.Post, error) {
	list, resp, err := c.api.GetPostThread(ctx, rootID, "", false)
	if err != nil {
		return nil, classify(fmt.Sprintf("read thread (%s)", rootID), resp, err, c.now())
	}
	var thread []*model.Post
	for _, p := range list.Posts {
		if p.DeleteAt == 0 && (p.Id == rootID || p.RootId == rootID) {
			thread = append(thread, p)
		}
	}
	if len(thread) == 0 {
		return nil, fmt.Errorf("read thread (%s): %w", rootID, inbox.ErrGone)
	}
	sortPosts(thread)
	return thread, nil
}

// Before reads the page of posts before one, oldest first, without deleted ones.
func (c *Client) Before(ctx context.Context, channelID, postID string) ([]chat.Post, error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	older, err := c.older(ctx, channelID, postID, talkPosts, false)
	if err != nil {
		return nil, err
	}
	posts := make([]chat.Post, 0, len(older))
	for _, p := range older {
		if p.DeleteAt == 0 {
			posts = append(posts, decodePost(p, me.Id))
		}
	}
	return posts, nil
}

// sortPosts puts the oldest first.
func sortPosts(posts []*model.Post) {
	slices.SortFunc(posts, func(a, b *model.Post) int {
		return cmp.Or(cmp.Compare(a.CreateAt, b.CreateAt), cmp.Compare(a.Id, b.Id))
	})
}

// page returns the posts that a list names, oldest first, without the roots
// that the server adds for context.
func page(list *model.PostList) []*model.Post {
	posts := make([]*model.Post, 0, len(list.Order))
	for _, id := range list.Order {
		if p := list.Posts[id]; p != nil {
			posts = append(posts, p)
		}
	}
	sortPosts(posts)
	return posts
}
