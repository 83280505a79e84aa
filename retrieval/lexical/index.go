package lexical

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"lvr.example/sprechstunde/retrieval"
)

// Index is a keyword index in memory. Searches run beside each other and
// beside a refresh: they see the state before it or after it, never between.
type Index struct {
	loader Loader
	params Params

	refreshing sync.Mutex
	state      atomic.Pointer[state]
	buffers    sync.Pool // of *[]float64, for scores
}

// state is one version of the index; immutable once it can be seen.
type state struct {
	version  int64
	segments map[string]*segment // by collection
}

var _ retrieval.Keywords = (*Index)(nil)

// New returns an empty index; Refresh fills it.
func New(loader Loader, params Params) *Index {
	ix := &Index{loader: loader, params: params}
	ix.state.Store(&state{segments: map[string]*segment{}})
	return ix
}

// Refresh brings the index to the documents' current state. When it fails the
// former state stays and the next call tries again. Calls wait for each other.
func (ix *Index) Refresh(ctx context.Context) error {
	ix.refreshing.Lock()
	defer ix.refreshing.Unlock()
	old := ix.state.Load()
	change, err := ix.loader.Changes(ctx, old.version)
	if err != nil {
		return fmt.Errorf("refresh keyword index (since %d): %w", old.version, err)
	}
	if len(change.Gone) == 0 && len(change.Add) == 0 {
		if change.Version != old.version {
			ix.state.Store(&state{change.Version, old.segments})
		}
		return nil
	}
	next, err := ix.apply(ctx, old, change)
	if err != nil {
		return fmt.Errorf("refresh keyword index (to %d): %w", change.Version, err)
	}
	ix.state.Store(next)
	return nil
}

// Version returns the version of the documents' state that searches see.
func (ix *Index) Version() int64 { return ix.state.Load().version }

// Passages returns how many passages the index holds, in all collections.
func (ix *Index) Passages() int {
	n := 0
	for _, s := range ix.state.Load().segments {
		n += len(s.entries)
	}
	return n
}

// apply returns the state after a change; old stays as it is.
func (ix *Index) apply(ctx context.Context, old *state, change Change) (*state, error) {
	gone := make(map[int64]bool, len(change.Gone))
	for _, id := range change.Gone {
		gone[id] = true
	}
	added := make(map[string][]Entry)
	for _, e := range change.Add {
		added[e.Collection] = append(added[e.Collection], e)
	}
	next := &state{change.Version, make(map[string]*segment, len(old.segments))}
	for name, s := range old.segments {
		if kept := s.without(gone); len(kept.entries) > 0 {
			next.segments[name] = kept
		}
	}
	for name, entries := range added {
		base := next.segments[name]
		if base == nil {
			base = emptySegment()
		}
		grown, err := base.with(ctx, entries, ix.params)
		if err != nil {
			return nil, err
		}
		next.segments[name] = grown
	}
	return next, nil
}
