package webdav

import (
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
		s := newShare(t)
		s.put(t, "a.md", "# A")
		source := s.open(t, Options{Base: &http.Transport{}})
		if err := source.List(t.Context(), func(ingest.Item) error { return nil }); err != nil {
			t.Fatal(err)
		}
		file, err := source.Open(t.Context(), "a.md") // closed before its end
		if err != nil || file.Close() != nil {
			t.Fatal(err)
		}
		if err := source.Close(); err != nil {
			t.Fatal(err)
		}
	})
	leaktest.None(t, before)
}
