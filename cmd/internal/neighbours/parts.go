package neighbours

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Part is an embedded neighbour that runs.
type Part interface {
	// Watch keeps it running until ctx ends, telling when it must start it again.
	Watch(ctx context.Context, told func(name string)) error
}

// WatchParts keeps embedded parts running until ctx ends. The error says which one
// cannot be kept running, and why.
func (s *Site) WatchParts(ctx context.Context, parts ...Part) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, p := range parts {
		group.Go(func() error {
			return p.Watch(ctx, func(name string) {
				s.Log.WarnContext(ctx, "embedded part ended, starting it again", "part", name)
			})
		})
	}
	return group.Wait()
}
