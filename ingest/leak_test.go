package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestASyncLeavesNothingBehind also when it is stopped. It is not parallel, so that
// no other test runs.
func TestASyncLeavesNothingBehind(t *testing.T) {
	h := newHouse(t)
	for i := range 20 {
		h.write(fmt.Sprintf("%d.md", i), fmt.Sprintf("# Titel\n\nText %d.\n", i))
	}
	before := goleak.IgnoreCurrent()
	ctx, cancel := context.WithCancel(t.Context())
	options := h.options()
	h.embedder.spoil = func([]retrieval.Vector) ([]retrieval.Vector, error) { cancel(); return nil, ctx.Err() }
	if _, err := ingest.Sync(ctx, options); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	leaktest.None(t, before)
	h.embedder.spoil = nil
	if report := h.sync(); report.New+report.Unchanged != 20 {
		t.Errorf("%+v", report)
	}
	leaktest.None(t, before)
}
