package app

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/retrieval/postgres"
)

// tendGraphs brings the graphs of large collections in line with what was
// ingested. Nobody at a terminal waits for that: the index is searched exactly
// until the next ingest. A fault leaves searches exact and is logged only.
func (b *Base) tendGraphs(ctx context.Context, lib *Library) {
	if lib.Embedder == nil || b.Impatient {
		return
	}
	building := func(collection string, units int) {
		fmt.Fprintf(b.Progress, "graph of %d vectors (%s) …\n", units, collection)
	}
	measured, err := lib.Store.TendGraphs(ctx, lib.Embedder.Model(), b.Now(), building)
	for _, g := range measured {
		if g.Serves() {
			b.Log.InfoContext(ctx, "graph measured", "collection", g.Collection, "vectors", g.Units, "recall", g.Recall)
			continue
		}
		b.Log.WarnContext(ctx, "graph finds too little, searching exactly", "collection", g.Collection, "vectors", g.Units,
			"recall", g.Recall, "limit", postgres.MinRecall)
	}
	if err != nil && ctx.Err() == nil {
		b.Log.WarnContext(ctx, "graphs not tended, large collections may be searched exactly", "error", err)
	}
}

// examineGraphs says which graphs find too little to be searched.
func examineGraphs(ctx context.Context, store *postgres.Store) []Finding {
	const what = "vector search"
	graphs, err := store.Graphs(ctx)
	if err != nil {
		return nil // the schema is not up to date, which is said of the database
	}
	var found []Finding
	for _, g := range graphs {
		if g.Serves() {
			continue
		}
		found = append(found, Finding{
			what, StateWarning,
			fmt.Sprintf("the graph of collection %q finds %.0f %% of what exact search finds, less than %.0f %%: its %d vectors are searched exactly, which loses nothing and takes longer",
				g.Collection, 100*g.Recall, 100*postgres.MinRecall, g.Units),
			"give documents unlike the others a collection of their own; the next ingest after a tenth has changed builds and measures the graph anew",
		})
	}
	if found == nil && len(graphs) > 0 {
		return ok(what, fmt.Sprintf("%d large collections by graph, all others exactly", len(graphs)))
	}
	return found
}
