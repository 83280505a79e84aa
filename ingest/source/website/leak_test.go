package website

import (
	"context"
	"net/http"
	"testing"

	"go.uber.org/goleak"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestListingLeavesNothingBehind is not parallel, so that no other test runs.
func TestListingLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Run("listing", func(t *testing.T) {
		s := newSite(t)
		s.put("a.md", "# A")
		source := open(t, Options{Start: []string{s.URL}, Depth: 1, Base: &http.Transport{}})
		if err := source.List(t.Context(), func(ingest.Item) error { return nil }); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if err := source.List(ctx, func(ingest.Item) error { cancel(); return ctx.Err() }); err == nil {
			t.Error("a listing goes on after its context ended")
		}
	})
	leaktest.None(t, before)
}
