package neighbours

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// watchedPart stands in for an embedded neighbour.
type watchedPart func(ctx context.Context, told func(name string)) error

func (p watchedPart) Watch(ctx context.Context, told func(name string)) error { return p(ctx, told) }

// A part that cannot be kept running ends the command with its reason.
func TestPartThatCannotBeKeptEndsTheWatch(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	site := &Site{Log: slog.New(slog.NewTextHandler(&said, nil))}
	full := errors.New("the disk is full")
	one := watchedPart(func(ctx context.Context, _ func(string)) error {
		<-ctx.Done()
		return nil
	})
	other := watchedPart(func(_ context.Context, told func(string)) error {
		told("PostgreSQL")
		return full
	})
	if err := site.WatchParts(t.Context(), one, other); !errors.Is(err, full) {
		t.Errorf("error = %v", err)
	}
	if !strings.Contains(said.String(), "embedded part ended, starting it again") || !strings.Contains(said.String(), "PostgreSQL") {
		t.Errorf("logged %q", said.String())
	}
}
