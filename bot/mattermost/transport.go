package mattermost

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// transport paces requests, honours the server's wish for a pause, and notices
// when the token is refused.
type transport struct {
	base http.RoundTripper
	pace *pace
	link *linkState
	now  func() time.Time
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.pace.wait(req.Context()); err != nil {
		return nil, err
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		t.pace.pause(retryAfter(resp.Header, t.now()))
	case resp.StatusCode == http.StatusUnauthorized:
		t.link.refused.Store(true)
	case resp.StatusCode < http.StatusMultipleChoices:
		t.link.refused.Store(false)
	}
	return resp, nil
}

const (
	shortestPause = time.Second
	longestPause  = 5 * time.Minute
)

// retryAfter reads Retry-After, in seconds or as a date, within sane borders.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	pause := shortestPause
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		pause = time.Duration(min(max(seconds, 0), longestPause.Seconds()) * float64(time.Second))
	} else if at, err := http.ParseTime(value); err == nil {
		pause = at.Sub(now)
	}
	return min(max(pause, shortestPause), longestPause)
}

// pace is a token bucket: requests per second with a burst.
type pace struct {
	mu     sync.Mutex
	now    func() time.Time
	rate   float64
	burst  float64
	tokens float64
	at     time.Time // of tokens
	until  time.Time // paused
}

func newPace(rate float64, burst int, now func() time.Time) *pace {
	return &pace{now: now, rate: rate, burst: float64(burst), tokens: float64(burst), at: now()}
}

// wait takes a token, when its turn comes.
func (p *pace) wait(ctx context.Context) error {
	delay := p.take()
	if delay <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take reserves a token and says how long until it may be used.
func (p *pace) take() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.tokens = min(p.burst, p.tokens+max(0, now.Sub(p.at).Seconds())*p.rate)
	p.at = now
	p.tokens--
	delay := time.Duration(max(0, -p.tokens) / p.rate * float64(time.Second))
	return max(delay, p.until.Sub(now))
}

// idle reports whether a request could go now and leave room for others:
// what is only nice to have asks first.
func (p *pace) idle() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	return p.tokens+max(0, now.Sub(p.at).Seconds())*p.rate > p.burst/4 && !p.until.After(now)
}

func (p *pace) pause(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := p.now().Add(d); until.After(p.until) {
		p.until = until
	}
}
