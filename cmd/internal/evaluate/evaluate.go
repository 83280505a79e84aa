// Package evaluate makes BEIR folders searchable just as the house's documents are,
// each in a throw-away schema, so that package eval can measure them.
package evaluate

import (
	"context"

	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Needs are the neighbours that Opener works with.
var Needs = neighbours.Needs{Database: true, Embedders: true, Reader: true}

// Opener makes folders searchable, each in a schema that is dropped when it is
// closed.
func Opener(n *neighbours.Set) eval.Opener { return bench{n}.open }

// bench is where folders are measured.
type bench struct{ *neighbours.Set }

func (b bench) open(ctx context.Context, f eval.Folder) (_ eval.House, closeHouse func(), err error) {
	_, house, release, err := b.opened(ctx, f)
	return house, release, err
}

// opened is open with the library behind it.
func (b bench) opened(ctx context.Context, f eval.Folder) (lib *library.Library, opened eval.House, release func(), err error) {
	schema := library.EvalSchema()
	if release, err = library.Hold(ctx, b.Set, schema); err != nil {
		return nil, eval.House{}, nil, err
	}
	defer func() {
		if err != nil {
			release()
		}
	}()
	if lib, err = library.Open(ctx, b.Set, schema); err != nil {
		return nil, eval.House{}, nil, err
	}
	opened, err = b.fill(ctx, lib, f)
	return lib, opened, release, err
}

func (b bench) fill(ctx context.Context, lib *library.Library, f eval.Folder) (eval.House, error) {
	if lib.Embedder != nil {
		cache, err := postgres.OpenCache(ctx, lib.Store)
		if err != nil {
			return eval.House{}, err
		}
		if err := lib.EmbedBy(cache.Embedder(lib.Embedder)); err != nil {
			return eval.House{}, err
		}
	}
	house, err := b.ingest(ctx, lib, f)
	if err != nil {
		return eval.House{}, err
	}
	if err := lib.Ready(ctx); err != nil {
		return eval.House{}, err
	}
	if house.Weights, err = lib.Weights(); err != nil {
		return eval.House{}, err
	}
	return b.searchers(ctx, lib, house)
}
