package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/ingest/source/rows"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// OpenFolder makes a BEIR folder searchable in a schema that close drops. It
// implements eval.Opener.
func (b *Base) OpenFolder(ctx context.Context, f eval.Folder) (eval.House, func(), error) {
	if _, err := b.calibration(); err != nil { // said before a database is opened
		return eval.House{}, nil, err
	}
	schema := evalPrefix + strings.ToLower(rand.Text()[:12])
	release, err := b.temporary(ctx, schema, 0)
	if err != nil {
		return eval.House{}, nil, err
	}
	lib, err := b.Library(ctx, schema)
	if err != nil {
		release()
		return eval.House{}, nil, err
	}
	house, err := b.fillHouse(ctx, lib, f)
	if err != nil {
		release()
		return eval.House{}, nil, err
	}
	return house, release, nil
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
	house, err := b.ingestFolder(ctx, lib, f)
	if err != nil {
		return eval.House{}, err
	}
	if err := lib.Ready(ctx); err != nil {
		return eval.House{}, err
	}
	if house.Weights, err = lib.weights(); err != nil {
		return eval.House{}, err
	}
	return b.searchers(ctx, lib, house)
}

// ingestFolder reads files/ as real files and lets rows stand in for the rest.
func (b *Base) ingestFolder(ctx context.Context, lib *Library, f eval.Folder) (house eval.House, err error) {
	indexed := map[string]bool{}
	if f.Files != "" {
		source, err := folder.Open(f.Files, folder.Options{Name: "files", DefaultCollection: openToStaff()})
		if err != nil {
			return house, err
		}
		defer source.Close()
		if err := b.evalSync(ctx, lib, source); err != nil {
			return house, err
		}
		known, err := lib.Store.Known(ctx, source.Name())
		if err != nil {
			return house, err
		}
		for path, k := range known {
			indexed[path] = k.State == retrieval.Indexed
		}
	}
	waiting := map[string]bool{} // files that no row stands in for so far
	for _, id := range f.FileIDs {
		if indexed[id] {
			house.Documents++
		} else {
			waiting[id] = true
		}
	}
	var rest []rows.Row
	for _, r := range f.Rows {
		if indexed[r.ID] {
			continue
		}
		rest = append(rest, rows.Row{ID: r.ID, Title: r.Title, Text: r.Text})
		delete(waiting, r.ID)
	}
	if len(rest) > 0 {
		if err := b.evalSync(ctx, lib, rows.New("corpus", *openToStaff(), rest)); err != nil {
			return house, err
		}
	}
	house.Documents += len(rest)
	house.NotRead = slices.Sorted(maps.Keys(waiting))
	if f.Files != "" {
		house.StoodIn = len(rest)
	}
	return house, nil
}

func (b *Base) evalSync(ctx context.Context, lib *Library, source ingest.Source) error {
	reader, err := b.Files(ctx)
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
func (b *Base) searchers(ctx context.Context, lib *Library, house eval.House) (eval.House, error) {
	collections, err := lib.Store.Collections(ctx)
	if err != nil {
		return eval.House{}, err
	}
	var names []string
	for _, c := range collections {
		names = append(names, c.Name)
	}
	house.Fused, house.Readers = lib.Engine, retrieval.ReadersOf(names...)
	params, err := lib.params()
	if err != nil {
		return eval.House{}, err
	}
	conf := lib.config(b, params)
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
	house.Tell, err = b.tell(lib, house.Readers)
	return house, err
}

// tell tells what a person would be told without a model, and the judgement
// behind it.
func (b *Base) tell(lib *Library, r retrieval.Readers) (func(context.Context, string) (eval.Told, error), error) {
	house, err := b.House()
	if err != nil {
		return nil, err
	}
	texts, err := b.Texts()
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, question string) (eval.Told, error) {
		searcher := &overheard{engine: lib.Engine}
		answerer, err := b.answerer(lib, searcher, nil, house, texts)
		if err != nil {
			return eval.Told{}, err
		}
		a, err := answerer.Ask(ctx, question, r)
		if err != nil {
			return eval.Told{}, fmt.Errorf("ask: %w", err)
		}
		opt := answer.RenderOptions{Texts: texts, Now: b.Now(), Handover: true}
		return eval.Told{
			Outcome: string(a.Outcome), Probability: a.Probability, Judgement: searcher.judgement, Post: answer.Words(a, opt), Sources: len(a.Sources),
		}, nil
	}, nil
}

// overheard keeps the judgement of the last search.
type overheard struct {
	engine    *retrieval.Engine
	judgement *retrieval.Sufficiency
}

// Search implements ask.Searcher.
func (o *overheard) Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	result, err := o.engine.Search(ctx, q, r)
	if err == nil {
		o.judgement = &result.Sufficiency
	}
	return result, err
}
