package mattermost

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"lvr.example/sprechstunde/retrieval/pacing"
)

// pace lets so many requests through in a second, with a burst, and none while the
// server wants a pause. What is called off while it waits has used nothing up.
type pace struct {
	bucket *rate.Limiter
	// turn lets one request at a time reserve a token: the bucket does not take
	// back a reservation that others stand behind.
	turn chan struct{}
	now  func() time.Time

	mu    sync.Mutex
	until time.Time // paused
}

func newPace(perSecond float64, burst int, now func() time.Time) *pace {
	return &pace{bucket: rate.NewLimiter(rate.Limit(perSecond), burst), turn: make(chan struct{}, 1), now: now}
}

// wait returns when it is a request's turn, or with an error when its context
// ends, or would before.
func (p *pace) wait(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		if err := pacing.Wait(ctx, p.rest()); err != nil {
			return err
		}
		if err := p.bucket.Wait(ctx); err != nil {
			return err
		}
		if p.rest() <= 0 {
			return nil
		}
	}
}

// idle reports whether a request could go now and leave room for others: what is
// only nice to have asks first.
func (p *pace) idle() bool {
	return p.bucket.Tokens() > float64(p.bucket.Burst())/4 && p.rest() <= 0
}

func (p *pace) pause(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := p.now().Add(d); until.After(p.until) {
		p.until = until
	}
}

// rest is how long the pause lasts.
func (p *pace) rest() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until.Sub(p.now())
}
