package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/ingest/source/rows"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// dropTime bounds the clean-up after an evaluation that was interrupted.
const dropTime = 10 * time.Second

// OpenFolder makes a BEIR folder searchable in a schema that close drops. It
// implements eval.Opener.
func (b *Base) OpenFolder(ctx context.Context, f eval.Folder) (eval.House, func(), error) {
	lib, err := b.Library(ctx, "eval_"+rand.Text()[:12])
	if err != nil {
		return eval.House{}, nil, err
	}
	closeHouse := func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropTime)
		defer cancel()
		if err := postgres.Drop(ctx, lib.Store.Pool(), lib.Store.Schema()); err != nil {
			b.Log.Warn("throw-away schema stays behind", "schema", lib.Store.Schema(), "error", err)
		}
	}
	house, err := b.fillHouse(ctx, lib, f)
	if err != nil {
		closeHouse()
		return eval.House{}, nil, err
	}
	return house, closeHouse, nil
}

func (b *Base) fillHouse(ctx context.Context, lib *Library, f eval.Folder) (eval.House, error) {
	if lib.Embedder != nil {
		cache, err := postgres.OpenCache(ctx, lib.Store)
		if err != nil {
			return eval.House{}, err
		}
		lib.Embedder = cache.Embedder(lib.Embedder)
		if err := lib.open(b); err != nil {
			return eval.House{}, err
		}
	}
	documents, stoodIn, err := b.ingestFolder(ctx, lib, f)
	if err != nil {
		return eval.House{}, err
	}
	if err := lib.Ready(ctx); err != nil {
		return eval.House{}, err
	}
	return b.searchers(ctx, lib, documents, stoodIn)
}

// ingestFolder reads files/ as real files and lets rows stand in for the rest.
func (b *Base) ingestFolder(ctx context.Context, lib *Library, f eval.Folder) (documents, stoodIn int, err error) {
	indexed := map[string]bool{}
	if f.Files != "" {
		source, err := folder.Open(f.Files, folder.Options{Name: "files", DefaultCollection: openToStaff()})
		if err != nil {
			return 0, 0, err
		}
		defer source.Close()
		if err := b.evalSync(ctx, lib, source); err != nil {
			return 0, 0, err
		}
		known, err := lib.Store.Known(ctx, source.Name())
		if err != nil {
			return 0, 0, err
		}
		for path, k := range known {
			indexed[path] = k.State == retrieval.Indexed
		}
	}
	var rest []rows.Row
	for _, r := range f.Rows {
		if !indexed[r.ID] {
			rest = append(rest, rows.Row{ID: r.ID, Title: r.Title, Text: r.Text})
		}
	}
	if len(rest) > 0 {
		if err := b.evalSync(ctx, lib, rows.New("corpus", *openToStaff(), rest)); err != nil {
			return 0, 0, err
		}
	}
	for _, is := range indexed {
		if is {
			documents++
		}
	}
	if f.Files != "" {
		stoodIn = len(rest)
	}
	return documents + len(rest), stoodIn, nil
}

func (b *Base) evalSync(ctx context.Context, lib *Library, source ingest.Source) error {
	reader, err := b.Reader()
	if err != nil {
		return err
	}
	meter := NewMeter(b.Progress, "read "+source.Name(), b.Now)
	defer meter.End()
	_, err = ingest.Sync(ctx, ingest.Options{
		Source: source, Store: lib.Store, Embedder: lib.Embedder, Reader: reader, Now: b.Now, Log: b.Log,
		Progress: func(p ingest.Progress) { meter.Show(p.Done, p.Total) },
	})
	return err
}

// searchers builds the three rankings over the same index, asked by a reader of
// everything.
func (b *Base) searchers(ctx context.Context, lib *Library, documents, stoodIn int) (eval.House, error) {
	collections, err := lib.Store.Collections(ctx)
	if err != nil {
		return eval.House{}, err
	}
	var names []string
	for _, c := range collections {
		names = append(names, c.Name)
	}
	house := eval.House{Fused: lib.Engine, Readers: retrieval.ReadersOf(names...), Documents: documents, StoodIn: stoodIn}
	conf := lib.config(b)
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
	house.Outcome, err = b.outcome(lib, house.Readers)
	return house, err
}

// outcome tells what a person would be told without a model.
func (b *Base) outcome(lib *Library, r retrieval.Readers) (func(context.Context, string) (string, float64, error), error) {
	house, err := b.House()
	if err != nil {
		return nil, err
	}
	texts, err := b.Texts()
	if err != nil {
		return nil, err
	}
	answerer, err := b.Answerer(lib, house, texts)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, question string) (string, float64, error) {
		a, err := answerer.Ask(ctx, question, r)
		if err != nil {
			return "", 0, fmt.Errorf("ask: %w", err)
		}
		return string(a.Outcome), a.Probability, nil
	}, nil
}
