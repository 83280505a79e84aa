package localpart

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// How a server that ends by itself is started again.
const (
	lookEvery   = 500 * time.Millisecond
	maxRestarts = 3           // without a steady time in between
	steadyTime  = time.Minute // after which an end counts as the first
)

// Watch keeps the server running until ctx ends or the use is closed. A server that
// ends is started again on its port by the first of its users to see it; told hears
// of that. The error says why it cannot be kept running.
func (u *Use) Watch(ctx context.Context, told func(name string)) error {
	var restarts int
	var last time.Time
	for wait(ctx, lookEvery) == nil {
		if u.isWell() {
			continue
		}
		if time.Since(last) > cmp.Or(u.service.steady, steadyTime) {
			restarts = 0
		}
		restarts++
		last = time.Now()
		if restarts > maxRestarts {
			return u.service.explain(fmt.Errorf("%s ended %d times in a row", u.service.Name, restarts))
		}
		told(u.service.Name)
		if err := u.Resume(ctx); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

// isWell reports whether the server runs, or nobody expects it to.
func (u *Use) isWell() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.closed || u.process.alive()
}
