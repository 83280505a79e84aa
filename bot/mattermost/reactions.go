package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// never is after all thumbs: where one was taken away, none is new.
var never = time.UnixMilli(1 << 52)

// thumbsAtOnce is of how many posts the reactions are read in one request.
const thumbsAtOnce = 200

// Reactions reads the thumbs under posts.
func (c *Client) Reactions(ctx context.Context, postIDs []string) (thumbs []chat.Reaction, err error) {
	for len(postIDs) > 0 {
		chunk := postIDs[:min(len(postIDs), thumbsAtOnce)]
		postIDs = postIDs[len(chunk):]
		read, resp, err := c.api.GetBulkReactions(ctx, chunk)
		if err != nil {
			return nil, classify("read reactions", resp, err, c.now())
		}
		for _, under := range read {
			for _, r := range under {
				if up, is := thumb(r.EmojiName); is && r.DeleteAt == 0 {
					thumbs = append(thumbs, chat.Reaction{PostID: r.PostId, UserID: r.UserId, Up: up, At: instant(max(r.CreateAt, r.UpdateAt))})
				}
			}
		}
	}
	return thumbs, nil
}

// thumb reads the name of a reaction, whatever the colour of its skin.
func thumb(emoji string) (up, is bool) {
	for name, up := range map[string]bool{"+1": true, "thumbsup": true, "-1": false, "thumbsdown": false} {
		if tone, ok := strings.CutPrefix(emoji, name); ok && (tone == "" || tone[0] == '_') {
			return up, true
		}
	}
	return false, false
}

// reaction hands over that a thumb was put under a post or taken away.
func (d *dispatch) reaction(ev *model.WebSocketEvent) {
	r, err := eventReaction(ev)
	if err != nil {
		d.log.Warn("event not understood, left to catch-up", inbox.KeyEvent, ev.EventType(), inbox.KeyError, err)
		d.missed(againAfter)
		return
	}
	if _, is := thumb(r.EmojiName); !is || r.UserId == d.self {
		return
	}
	since := never
	if ev.EventType() == model.WebsocketEventReactionAdded {
		since = instant(max(r.CreateAt, r.UpdateAt))
	}
	d.queue(r.PostId, func(ctx context.Context) error { return d.in.Reacted(ctx, since, r.PostId) })
}

func eventReaction(ev *model.WebSocketEvent) (*model.Reaction, error) {
	raw, ok := ev.GetData()["reaction"].(string)
	if !ok {
		return nil, errors.New("holds no reaction")
	}
	var r model.Reaction
	if err := json.Unmarshal([]byte(raw), &r); err != nil {
		return nil, err
	}
	if r.PostId == "" || r.UserId == "" {
		return nil, errors.New("reaction has no post or user")
	}
	return &r, nil
}

// recheckThumbs has those under recent answers read again: what came while nobody
// listened was told by no event.
func (u *catchUp) recheckThumbs(ctx context.Context, since int64) error {
	if u.c.cfg.Answers == nil {
		return nil
	}
	ids, err := u.c.cfg.Answers(ctx)
	if err != nil {
		return fmt.Errorf("list recent answers: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	if err := u.in.Reacted(ctx, time.UnixMilli(since).Add(-overlap), ids...); err != nil {
		return fmt.Errorf("read reactions again: %w", err)
	}
	return nil
}
