package lexical

import (
	"context"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"lvr.example/sprechstunde/retrieval"
)

// windowsPerWorker is from how many windows on another processor is worth its start.
const windowsPerWorker = 4

// rank offers best every passage that serves on the day that may be among the best,
// with its whole score.
func (ix *Index) rank(ctx context.Context, terms []term, segments []*segment, on retrieval.Date, best *topK) error {
	all := windows(terms, segments)
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), 1+len(all)/windowsPerWorker) {
		group.Go(func() error {
			room, ok := ix.scratch.Get().(*scratch)
			if !ok {
				room = new(scratch)
			}
			defer ix.scratch.Put(room)
			for i := int(next.Add(1)) - 1; i < len(all) && all[i].bound >= best.least(); i = int(next.Add(1)) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				room.look(&all[i], terms, on, best)
			}
			return nil
		})
	}
	return group.Wait()
}
