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
	scratch    sync.Pool // of *scratch
}

var _ retrieval.Keywords = (*Index)(nil)

// New returns an empty index; Refresh fills it.
func New(loader Loader, params Params) *Index {
	ix := &Index{loader: loader, params: params}
	ix.state.Store(&state{})
	return ix
}

// Refresh brings the index to the documents' current state, shows it to
// searches, and tidies up behind them. When it fails the former state stays, or
// the new one untidied, and the next call tries again. Calls are serialized.
func (ix *Index) Refresh(ctx context.Context) error {
	ix.refreshing.Lock()
	defer ix.refreshing.Unlock()
	old := ix.state.Load()
	next, err := old.after(ctx, ix.loader, ix.params)
	if err != nil {
		return fmt.Errorf("refresh keyword index (since %d): %w", old.version, err)
	}
	ix.state.Store(next)
	tidied, err := next.tidied(ctx)
	if err != nil {
		return fmt.Errorf("tidy keyword index (at %d): %w", next.version, err)
	}
	ix.state.Store(tidied)
	return nil
}

// Version returns the version of the documents' state that searches see.
func (ix *Index) Version() int64 { return ix.state.Load().version }

// Passages returns how many passages the index holds, in all collections.
func (ix *Index) Passages() int {
	n := 0
	for _, segments := range ix.state.Load().collections {
		for _, s := range segments {
			n += s.size()
		}
	}
	return n
}
