// Package pacing says when a server that did not answer, or asked for a pause, is
// asked again. It is ground floor like localpart: sources of documents, the chat
// and the models' clients all wait, and those halves of the house meet nowhere
// higher. What is asked, and when to give up, is up to the caller; requests per
// second are golang.org/x/time/rate's.
package pacing

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Backoff returns pauses that double from first to last, for one caller at a
// time: NextBackOff is the next one, Reset begins again. Each is spread by half of
// it either way, so that replicas do not come back all at once.
func Backoff(first, last time.Duration) *backoff.ExponentialBackOff {
	const spread, factor = 0.5, 2
	b := &backoff.ExponentialBackOff{InitialInterval: first, MaxInterval: last, Multiplier: factor, RandomizationFactor: spread}
	b.Reset()
	return b
}

// Wait returns after d, or when ctx ends with the error of that.
func Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// RetryAfter reads the header of that name, in seconds or as a date (RFC 9110,
// section 10.2.3). 0: there is none, none that can be read, or the time is over.
// The pause is as long as the server wants it, up to 68 years: bound it.
func RetryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
