package doctor

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/embed"
	"lvr.example/sprechstunde/retrieval/postgres"
)

func (r *round) examineEmbedder(ctx context.Context) []Finding {
	var err error
	r.embedders, err = r.site.OpenEmbedders(ctx)
	client, next := r.embedders.First, r.embedders.Next
	found := examineClient(ctx, "embedder", client, r.embedders.Missing)
	if next != nil || err != nil {
		found = append(found, examineClient(ctx, "next embedder", next, err)...)
	}
	if found[0].State != StateOK {
		return found
	}
	return append(found, r.examineVectors(ctx, client, next)...)
}

func examineClient(ctx context.Context, what string, client *embed.Client, err error) []Finding {
	const do = "check url, model and dimensions of it; until then questions are searched by words only"
	if err != nil {
		return broken(what, err, do)
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	if err := client.Check(ctx); err != nil {
		return broken(what, err, do)
	}
	model := client.Model()
	return ok(what, fmt.Sprintf("%s, %d dimensions", model.Name, model.Dimensions))
}

// examineVectors says whether one of the embedders made the active set, and how
// it is searched.
func (r *round) examineVectors(ctx context.Context, client, next *embed.Client) []Finding {
	if r.database == nil {
		return nil // said of it already
	}
	store, err := postgres.Open(ctx, r.database.DSN, postgres.Options{ReadOnly: true})
	if err != nil {
		return nil // as above
	}
	defer store.Close()
	var mismatch *retrieval.ModelError
	err = store.Check(ctx, client.Model())
	if next != nil && err != nil {
		err = store.Check(ctx, next.Model())
	}
	if errors.As(err, &mismatch) {
		return broken("embedding set", err, "configure the embedder that made it, as embedder or next_embedder; to change the model see `sprechstunde embeddings --help`")
	}
	return examineGraphs(ctx, store)
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
