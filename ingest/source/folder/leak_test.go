package folder_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestWatchingLeavesNothingBehind is not parallel, so that no other test runs.
func TestWatchingLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ctx, cancel := context.WithCancel(t.Context())
	changed, err := folder.Changes(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for range changed { //nolint:revive // until it is closed
	}
	leaktest.None(t, before)
}
