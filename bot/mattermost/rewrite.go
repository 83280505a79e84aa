package mattermost

import (
	"context"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
)

// Rewrite makes an own post show the draft: its text, its marks and its buttons, which
// are signed anew. A text longer than the server allows goes on in the thread, as in
// Create.
func (c *Client) Rewrite(ctx context.Context, postID string, d inbox.Draft) error {
	bare, err := guard(d.Text)
	if err != nil {
		c.log.Error("draft refused: its text is not safe to post", inbox.KeyMarker, d.Marker, inbox.KeyError, err)
		return fmt.Errorf("edit post (%s): %w", postID, err)
	}
	p, err := c.ownPost(ctx, postID)
	if err != nil {
		return fmt.Errorf("edit post (%s): %w", postID, err)
	}
	limit, err := c.longestPost(ctx, d.Text)
	if err != nil {
		return err
	}
	parts := split(d.Text, limit)
	props := c.props(d, onePost{channelID: p.ChannelId, number: 1, of: len(parts), bare: bare}, p.UserId)
	patch := &model.PostPatch{Message: &parts[0], Props: &props}
	if _, resp, err := c.api.PatchPost(ctx, postID, patch); err != nil {
		return classify(fmt.Sprintf("edit post (%s)", postID), resp, err, c.now())
	}
	if len(parts) > 1 {
		_, err = c.createParts(ctx, d, p.ChannelId, parts, bare)
	}
	return err
}

// ownPost reads a post that must be the bot's own.
func (c *Client) ownPost(ctx context.Context, postID string) (*model.Post, error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	p, err := c.readPost(ctx, postID)
	if err != nil {
		return nil, err
	}
	if p.UserId != me.Id {
		return nil, fmt.Errorf("post %s is not the bot's own", postID)
	}
	return p, nil
}
