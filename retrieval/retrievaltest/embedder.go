package retrievaltest

import (
	"context"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
)

// Embedder makes vectors out of a text's n-grams, always the same: texts that
// share word families are similar. It knows no meaning.
type Embedder struct {
	Dimensions int   // defaults to 64
	Err        error // returned instead of vectors
}

var _ retrieval.Embedder = Embedder{}

// Model implements [retrieval.Embedder].
func (e Embedder) Model() retrieval.Model {
	if e.Dimensions == 0 {
		e.Dimensions = 64
	}
	return retrieval.Model{Name: "retrievaltest", Dimensions: e.Dimensions}
}

// EmbedQueries implements [retrieval.Embedder].
func (e Embedder) EmbedQueries(ctx context.Context, texts ...string) ([]retrieval.Vector, error) {
	return e.EmbedPassages(ctx, texts)
}

// EmbedPassages implements [retrieval.Embedder].
func (e Embedder) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	if e.Err != nil {
		return nil, e.Err
	}
	vectors := make([]retrieval.Vector, len(texts))
	for i, text := range texts {
		vectors[i] = retrieval.Vector{Model: e.Model(), Values: e.values(text)}
	}
	return vectors, ctx.Err()
}

func (e Embedder) values(text string) []float32 {
	values := make([]float32, e.Model().Dimensions)
	values[0] = 0.01 // never without direction
	for _, w := range german.Content(german.Words(text)) {
		for _, g := range german.Grams(nil, w.Form, 4) {
			h := uint64(g) * 0x9e3779b97f4a7c15
			sign := float32(1)
			if h>>63 == 1 {
				sign = -1
			}
			values[(h>>20)%uint64(len(values))] += sign
		}
	}
	return values
}
