package evaluate

import (
	"context"

	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// searchers builds the three rankings over the same index, asked by a reader of
// everything.
func (b bench) searchers(ctx context.Context, lib *library.Library, house eval.House) (eval.House, error) {
	collections, err := lib.Store.Collections(ctx)
	if err != nil {
		return eval.House{}, err
	}
	var names []string
	for _, c := range collections {
		names = append(names, c.Name)
	}
	house.Fused, house.Readers = lib.Engine, retrieval.ReadersOf(names...)
	conf, err := lib.EngineConfig()
	if err != nil {
		return eval.House{}, err
	}
	words := conf
	words.Vectors, words.Embedder = nil, nil
	if house.Keyword, err = retrieval.NewEngine(words); err != nil {
		return eval.House{}, err
	}
	if lib.Embedder != nil {
		vectors := conf
		vectors.Keywords = nil
		if house.Vector, err = retrieval.NewEngine(vectors); err != nil {
			return eval.House{}, err
		}
	}
	house.Follow = follow
	house.Tell, err = b.tell(lib, house.Readers)
	return house, err
}
