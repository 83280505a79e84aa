package app

import (
	"context"
	"errors"
	"log/slog"
	"testing"
)

// watchedPart stands in for an embedded neighbour.
type watchedPart func(ctx context.Context, told func(name string)) error

func (p watchedPart) Watch(ctx context.Context, told func(name string)) error { return p(ctx, told) }
func (watchedPart) Close() error                                              { return nil }

// A part that cannot be kept running ends the command with its reason.
func TestPartThatCannotBeKeptEndsTheWatch(t *testing.T) {
	t.Parallel()
	said := make(spoken, 1)
	base := &Base{Log: slog.New(said)}
	full := errors.New("the disk is full")
	base.addPart(watchedPart(func(ctx context.Context, _ func(string)) error {
		<-ctx.Done()
		return nil
	}))
	base.addPart(watchedPart(func(_ context.Context, told func(string)) error {
		told("PostgreSQL")
		return full
	}))
	if err := base.WatchParts(t.Context()); !errors.Is(err, full) {
		t.Errorf("error = %v", err)
	}
	if message := <-said; message != "embedded part ended, starting it again" {
		t.Errorf("logged %q", message)
	}
}
