package library

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvr.example/sprechstunde/cmd/internal/progress"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// errNoEmbedder says that an embedding set cannot be made or asked here.
var errNoEmbedder = errors.New("no embedder of this configuration makes it; set embedder or next_embedder to the one that does")

// follow lets the embedder of the active set embed questions. Where none is
// configured for it, searches go on by keywords.
func (lib *Library) follow(ctx context.Context) error {
	if lib.embedders == nil {
		return nil
	}
	active, _, err := lib.Store.SetsInUse(ctx)
	before := lib.embedders.Model()
	if err != nil || active == before || active == (retrieval.Model{}) {
		return err
	}
	switch {
	case lib.embedders.Serve(active):
		lib.site.Log.InfoContext(ctx, "embedding set serves", "model", active.Name)
	case before != (retrieval.Model{}):
		lib.site.Log.WarnContext(ctx, "no embedder is configured for the active embedding set, searching by keywords only", "model", active.Name)
	}
	return nil
}

// InUse returns the embedders of the active set and of the one that is
// being built, each nil where there is none.
func (lib *Library) InUse(ctx context.Context) (serving, next retrieval.Embedder, err error) {
	if lib.embedders == nil {
		return lib.Embedder, nil, nil
	}
	if err := lib.follow(ctx); err != nil {
		return nil, nil, err
	}
	_, building, err := lib.Store.SetsInUse(ctx)
	return lib.embedders.Serving(), lib.embedders.Of(building), err
}

// Embedders returns the models whose embedders are configured.
func (lib *Library) Embedders() []retrieval.Model {
	var models []retrieval.Model
	if lib.embedders != nil {
		for _, e := range lib.embedders.All() {
			models = append(models, e.Model())
		}
	}
	return models
}

// BuildSet makes the vectors that documents lack in the set of a model, showing
// how far it is. It returns how many documents got theirs.
func (lib *Library) BuildSet(ctx context.Context, model retrieval.Model) (documents int, err error) {
	embedder, err := lib.embedderOf(model)
	if err != nil {
		return 0, err
	}
	meter := progress.NewMeter(lib.site.Progress, "Vektoren "+model.Name, lib.site.Now)
	defer meter.End()
	return ingest.Build(ctx, ingest.BuildOptions{Store: lib.Store, Embedder: embedder, Progress: meter.Show})
}

// SwitchSet lets searches compare with the set of a model from now on.
func (lib *Library) SwitchSet(ctx context.Context, model retrieval.Model) error {
	if _, err := lib.embedderOf(model); err != nil {
		return err
	}
	if err := lib.Store.SwitchSet(ctx, model); err != nil {
		return err
	}
	return lib.follow(ctx)
}

func (lib *Library) embedderOf(model retrieval.Model) (retrieval.Embedder, error) {
	if !slices.Contains(lib.Embedders(), model) {
		return nil, fmt.Errorf("embedding set of %s: %w", model.Name, errNoEmbedder)
	}
	return lib.embedders.Of(model), nil
}

// Adopt gives an index that only this command uses the vectors of the embedder
// that is configured, where it serves those of another one.
func (lib *Library) Adopt(ctx context.Context) error {
	if lib.embedders == nil || lib.embedders.Serving() != nil {
		return nil
	}
	model := lib.embedders.All()[0].Model()
	_, building, err := lib.Store.SetsInUse(ctx)
	if err != nil {
		return err
	}
	if building != (retrieval.Model{}) && building != model { // of a command that was stopped
		if err := lib.Store.RemoveSet(ctx, building, nil); err != nil {
			return err
		}
	}
	if _, err := lib.BuildSet(ctx, model); err != nil {
		return err
	}
	return lib.SwitchSet(ctx, model)
}
