package mattermost

import (
	"net/http"
	"time"

	"lvr.example/sprechstunde/retrieval/pacing"
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

// retryAfter is the pause that a server asks for, within sane borders.
func retryAfter(h http.Header, now time.Time) time.Duration {
	return min(max(pacing.RetryAfter(h, now), shortestPause), longestPause)
}
