package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// noting is a store that notes what was saved.
type noting struct {
	ingest.Store
	mu    *sync.Mutex
	saved *[]string
}

func (n noting) Replace(ctx context.Context, rev retrieval.Revision) error {
	err := n.Store.Replace(ctx, rev)
	if err == nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		*n.saved = append(*n.saved, rev.Document.Path)
	}
	return err
}

// TestASyncThatLostItsLockStops ends all connections in the middle of a sync, as a
// restart of the database does, and lets another process sync before the first
// one goes on. No document is saved by both.
func TestASyncThatLostItsLockStops(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const documents = 30
	for i := range documents {
		h.write(fmt.Sprintf("%02d.md", i), fmt.Sprintf("# Titel\n\nText %d.\n", i))
	}
	other, err := postgres.Open(t.Context(), h.dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	var mu sync.Mutex
	var saved []string
	second := h.options()
	second.Store, second.Embedder = noting{other, &mu, &saved}, &embedder{model: h.embedder.model}

	first := h.options()
	first.Store = noting{h.store, &mu, &saved}
	calls := 0
	h.embedder.spoil = func(vectors []retrieval.Vector) ([]retrieval.Vector, error) {
		if calls++; calls == 3 {
			_, err := other.Pool().Exec(t.Context(), `
				SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
			if err != nil {
				t.Error(err)
			}
			if _, err := ingest.Sync(t.Context(), second); err != nil {
				t.Errorf("the other process: %v", err)
			}
		}
		return vectors, nil
	}
	_, err = ingest.Sync(t.Context(), first)
	if !errors.Is(err, retrieval.ErrLockLost) || !strings.Contains(err.Error(), "akten") || strings.Contains(err.Error(), "canceled") {
		t.Errorf("the first process: %v", err)
	}
	slices.Sort(saved)
	if len(saved) != documents || len(slices.Compact(saved)) != documents {
		t.Errorf("%d documents were saved %d times", documents, len(saved))
	}
	h.embedder.spoil = nil
	h.store.Pool().Reset() // its connections have ended, too
	if report := h.sync(); report.Unchanged != documents || report.Pending != 0 {
		t.Errorf("afterwards: %+v", report)
	}
}
