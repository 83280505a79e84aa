package retrieval

import (
	"context"
	"errors"
	"sync/atomic"
)

// Embedders are the embedders that a house has configured, of which the one that
// made the active embedding set embeds. Which that is may change while searches
// run: a search keeps the one it began with.
type Embedders struct {
	all     []Embedder
	serving atomic.Pointer[Embedder]
}

var _ Embedder = (*Embedders)(nil)

// errNotServing is returned where the active set was made by none of the embedders.
var errNotServing = errors.New("no embedder is configured for the active embedding set")

// NewEmbedders returns the embedders; the first serves until told otherwise.
func NewEmbedders(all ...Embedder) *Embedders {
	e := &Embedders{all: all}
	if len(all) > 0 {
		e.serving.Store(&all[0])
	}
	return e
}

// Serve lets the model's embedder embed from now on. Without one none does, and
// Serve returns false: searches go on by keywords.
func (e *Embedders) Serve(model Model) bool {
	embedder := e.Of(model)
	if embedder == nil {
		e.serving.Store(nil)
		return false
	}
	e.serving.Store(&embedder)
	return true
}

// Serving returns the embedder that embeds now; nil: none does.
func (e *Embedders) Serving() Embedder {
	if serving := e.serving.Load(); serving != nil {
		return *serving
	}
	return nil
}

// Of returns the embedder of a model, or nil.
func (e *Embedders) Of(model Model) Embedder {
	for _, embedder := range e.all {
		if embedder.Model() == model {
			return embedder
		}
	}
	return nil
}

// All returns the embedders in the order in which they are configured.
func (e *Embedders) All() []Embedder { return e.all }

// Model implements [Embedder]; zero: none embeds.
func (e *Embedders) Model() Model {
	if serving := e.Serving(); serving != nil {
		return serving.Model()
	}
	return Model{}
}

// EmbedPassages implements [Embedder].
func (e *Embedders) EmbedPassages(ctx context.Context, texts []string) ([]Vector, error) {
	if serving := e.Serving(); serving != nil {
		return serving.EmbedPassages(ctx, texts)
	}
	return nil, errNotServing
}

// EmbedQueries implements [Embedder].
func (e *Embedders) EmbedQueries(ctx context.Context, texts ...string) ([]Vector, error) {
	if serving := e.Serving(); serving != nil {
		return serving.EmbedQueries(ctx, texts...)
	}
	return nil, errNotServing
}
