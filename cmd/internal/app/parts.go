package app

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Part is an embedded neighbour that runs.
type Part interface {
	Watch(ctx context.Context, told func(name string)) error
	Close() error
}

func (b *Base) addPart(p Part) {
	b.parts = append(b.parts, p)
	b.closeLater(p.Close)
}

// WatchParts keeps the embedded parts that have been started running until ctx ends.
// The error says which one cannot be kept running, and why.
func (b *Base) WatchParts(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, p := range b.parts {
		group.Go(func() error { return b.WatchPart(ctx, p) })
	}
	return group.Wait()
}

// WatchPart keeps one part running until ctx ends.
func (b *Base) WatchPart(ctx context.Context, p Part) error {
	return p.Watch(ctx, func(name string) {
		b.Log.WarnContext(ctx, "embedded part ended, starting it again", "part", name)
	})
}
