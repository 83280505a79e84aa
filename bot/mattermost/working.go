package mattermost

import (
	"context"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
)

const (
	workingEmoji = "eyes"
	typingEvery  = 5 * time.Second  // what clients expect
	longestWork  = 15 * time.Minute // as a slow model may take; nothing shows typing for ever
	reactWithin  = 10 * time.Second
)

// Working shows on the asking post that its question is being worked on, with a
// reaction and as typing, or ends that. It returns at once and is only nice to
// have: what fails is not tried again.
func (c *Client) Working(ctx context.Context, q inbox.Question, on bool) {
	if q.Origin != inbox.FromPost {
		return
	}
	ctx = context.WithoutCancel(ctx)
	if !on {
		if !c.working.end(q.ID) {
			// Shown by a process that ended: only the reaction is left.
			c.background.Go(func() { c.react(ctx, q.Key, false) })
		}
		return
	}
	until, cancel := context.WithTimeout(ctx, longestWork)
	if !c.working.begin(q.ID, cancel) {
		cancel()
		return
	}
	c.background.Go(func() {
		defer cancel()
		c.react(ctx, q.Key, true)
		c.keepTyping(until, q)
		c.working.end(q.ID)
		c.react(ctx, q.Key, false)
	})
}

// react is never cut short, so that taking away comes after putting on.
func (c *Client) react(ctx context.Context, postID string, on bool) {
	ctx, cancel := context.WithTimeout(ctx, reactWithin)
	defer cancel()
	me, err := c.self(ctx)
	if err != nil || on && !c.pace.idle() {
		return
	}
	reaction := &model.Reaction{UserId: me.Id, PostId: postID, EmojiName: workingEmoji}
	if on {
		_, _, err = c.api.SaveReaction(ctx, reaction)
	} else {
		_, err = c.api.DeleteReaction(ctx, reaction)
	}
	if err != nil {
		c.log.Debug("sign of work not changed", inbox.KeyPost, postID, "on", on, inbox.KeyError, err)
	}
}

func (c *Client) keepTyping(ctx context.Context, q inbox.Question) {
	ticker := time.NewTicker(typingEvery)
	defer ticker.Stop()
	for {
		c.typing(ctx, q)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (c *Client) typing(ctx context.Context, q inbox.Question) {
	me, err := c.self(ctx)
	if err != nil || !c.pace.idle() {
		return
	}
	root := q.RootID
	if root == "" {
		root = q.Key // the answer goes into the thread of the asking post
	}
	if _, err := c.api.PublishUserTyping(ctx, me.Id, model.TypingRequest{ChannelId: q.ChannelID, ParentId: root}); err != nil && ctx.Err() == nil {
		c.log.Debug("typing not shown", inbox.KeyChannel, q.ChannelID, inbox.KeyError, err)
	}
}

// worklights are the questions that show a sign of work right now.
type worklights struct {
	mu sync.Mutex
	on map[string]context.CancelFunc // by question id
}

// begin reports false when the question shows one already.
func (w *worklights) begin(question string, cancel context.CancelFunc) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.on == nil {
		w.on = map[string]context.CancelFunc{}
	}
	if w.on[question] != nil {
		return false
	}
	w.on[question] = cancel
	return true
}

// end reports whether the question showed one.
func (w *worklights) end(question string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	cancel := w.on[question]
	if cancel == nil {
		return false
	}
	cancel()
	delete(w.on, question)
	return true
}

func (w *worklights) endAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, cancel := range w.on {
		cancel()
	}
	clear(w.on)
}
