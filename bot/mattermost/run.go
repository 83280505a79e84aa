package mattermost

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/pacing"
)

// freshFrame is how old the last sign of life of the server may be: four pings.
const freshFrame = 90 * time.Second

// Run receives what happens on the server and hands it to in, until the context
// ends; then it returns nil. It returns an *AuthError when the server refuses
// the token at the start; every later fault is waited out.
func (c *Client) Run(ctx context.Context, in chat.Intake) error {
	if c.cfg.Cursors == nil {
		return errors.New("mattermost: Cursors are required to run")
	}
	self, err := c.awaitSelf(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	up := newCatchUp(c, in, self)
	hand := newDispatch(in, self, c.people.clear, up.request, c.log)
	watch := &supervisor{
		dial: c.dial, event: hand.deliver, link: &c.link, now: c.now, pauses: pacing.Backoff(firstPause, longestBackOff), log: c.log,
		connected: func() {
			c.people.clear() // a change of rights may have been missed
			up.request(0)
		},
	}
	var group errgroup.Group
	group.Go(func() error { watch.run(ctx); return nil })
	group.Go(func() error { hand.run(ctx); return nil })
	group.Go(func() error { up.run(ctx); return nil })
	return group.Wait()
}

// awaitSelf asks for the own account until the server can be reached.
func (c *Client) awaitSelf(ctx context.Context) (string, error) {
	pauses := pacing.Backoff(firstPause, longestBackOff)
	for ctx.Err() == nil {
		me, err := c.self(ctx)
		var refused *AuthError
		switch {
		case err == nil:
			return me.Id, nil
		case errors.As(err, &refused):
			return "", fmt.Errorf("%w; make a new access token for the bot's account", refused)
		}
		pause := pauses.NextBackOff()
		c.log.Warn("mattermost not reached", inbox.KeyError, err, inbox.KeyPause, pause)
		_ = pacing.Wait(ctx, pause) // its end is the loop's
	}
	return "", nil
}

// Ready reports why the bot does not hear its server, or nil.
func (c *Client) Ready() error {
	age := c.now().Sub(time.UnixMilli(c.link.frame.Load()))
	switch {
	case c.link.refused.Load():
		return errors.New("mattermost refuses the bot's token")
	case !c.link.up.Load():
		return errors.New("mattermost: no event stream")
	case age > freshFrame:
		return fmt.Errorf("mattermost: last frame %d s ago", int(age.Seconds()))
	}
	return nil
}
