package mattermost

import (
	"context"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
)

// ShowButtons puts the draft's buttons below an own post instead of those that
// stand there. They are signed anew: the server never gives out what it keeps of a
// button, so that writing back what was read would leave buttons that do nothing.
func (c *Client) ShowButtons(ctx context.Context, postID string, d inbox.Draft) error {
	p, err := c.ownPost(ctx, postID)
	if err != nil {
		return fmt.Errorf("show buttons (%s): %w", postID, err)
	}
	props := p.GetProps()
	delete(props, model.PostPropsAttachments)
	if a := c.attachment(d, p.ChannelId); a != nil {
		props[model.PostPropsAttachments] = []*model.MessageAttachment{a}
	}
	_, resp, err := c.api.PatchPost(ctx, postID, &model.PostPatch{Props: &props})
	if err != nil {
		return classify(fmt.Sprintf("show buttons (%s)", postID), resp, err, c.now())
	}
	return nil
}
