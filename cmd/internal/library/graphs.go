package library

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/retrieval/postgres"
)

// TendGraphs brings the graphs of large collections in line with what was
// ingested. Nobody at a terminal waits for that: the index is searched exactly
// until the next ingest. A fault leaves searches exact and is logged only.
func (lib *Library) TendGraphs(ctx context.Context) {
	if lib.Embedder == nil || lib.site.Impatient {
		return
	}
	building := func(collection string, units int) {
		fmt.Fprintf(lib.site.Progress, "graph of %d vectors (%s) …\n", units, collection)
	}
	measured, err := lib.Store.TendGraphs(ctx, lib.Embedder.Model(), lib.site.Now(), building)
	for _, g := range measured {
		if g.Serves() {
			lib.site.Log.InfoContext(ctx, "graph measured", "collection", g.Collection, "vectors", g.Units, "recall", g.Recall)
			continue
		}
		lib.site.Log.WarnContext(ctx, "graph finds too little, searching exactly", "collection", g.Collection, "vectors", g.Units,
			"recall", g.Recall, "limit", postgres.MinRecall)
	}
	if err != nil && ctx.Err() == nil {
		lib.site.Log.WarnContext(ctx, "graphs not tended, large collections may be searched exactly", "error", err)
	}
}
