package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	faultsInRow = 3                // so many and it opens
	rest        = 30 * time.Second // for so long; then it is half open: one call tries
)

// breaker is a circuit breaker: it opens after repeated faults, so that questions get
// their quotes at once instead of after a timeout each.
type breaker struct {
	now func() time.Time

	mu     sync.Mutex
	faults int
	until  time.Time
}

// wait returns for how long the breaker is open; 0: ask. Half open,
// one caller is let through and the others wait for what it finds.
func (b *breaker) wait() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if b.until.IsZero() {
		return 0
	}
	if wait := b.until.Sub(now); wait > 0 {
		return wait
	}
	b.until = now.Add(rest)
	return 0
}

// report takes note of how a call ended. A caller that gave up says nothing
// about the endpoint.
func (b *breaker) report(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var fault *Error
	switch {
	case err == nil:
		b.faults, b.until = 0, time.Time{}
	case errors.Is(err, context.Canceled) || !errors.As(err, &fault) || fault.Kind == Unusable:
	case fault.RetryAfter > 0:
		b.faults++
		b.until = b.now().Add(fault.RetryAfter)
	default:
		if b.faults++; b.faults >= faultsInRow {
			b.until = b.now().Add(rest)
		}
	}
}
