package mattermost

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/chat"
)

// File reads an attachment. One that is larger than the limit is not asked for.
func (c *Client) File(ctx context.Context, id string, limit int64) (chat.File, error) {
	info, resp, err := c.api.GetFileInfo(ctx, id)
	if err != nil {
		return chat.File{}, classify(fmt.Sprintf("read about file (%s)", id), resp, err, c.now())
	}
	file := chat.File{Name: info.Name, Size: info.Size}
	if info.Size > limit {
		return file, nil
	}
	content, resp, err := c.api.GetFile(ctx, id)
	if err != nil {
		return chat.File{}, classify(fmt.Sprintf("read file (%s)", id), resp, err, c.now())
	}
	file.Content = content
	return file, nil
}
