package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Library is the index of one schema with everything that searches it.
type Library struct {
	Store    *postgres.Store
	Index    *lexical.Index
	Engine   *retrieval.Engine
	Embedder retrieval.Embedder // nil: keyword search only
}

// Index opens the tables of the index in a schema (empty: the house's own),
// making them on first use.
func (b *Base) Index(ctx context.Context, schema string) (*postgres.Store, error) {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	store, err := postgres.Open(ctx, dsn, postgres.Options{Schema: schema})
	if err != nil {
		return nil, err
	}
	b.closeLater(func() error { store.Close(); return nil })
	if _, err := postgres.Migrate(ctx, store.Pool(), store.Schema()); err != nil {
		return nil, err
	}
	return store, nil
}

// IndexToRead opens the house's index for reading only, which the database itself
// enforces. Nil: nothing has been ingested yet.
func (b *Base) IndexToRead(ctx context.Context) (ingest.Index, error) {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	store, err := postgres.Open(ctx, dsn, postgres.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	b.closeLater(func() error { store.Close(); return nil })
	if exists, err := store.Exists(ctx); err != nil || !exists {
		return nil, err
	}
	return store, nil
}

// Library opens the index in a schema with what searches it. Without an
// embedder it searches by keywords and says so.
func (b *Base) Library(ctx context.Context, schema string) (*Library, error) {
	store, err := b.Index(ctx, schema)
	if err != nil {
		return nil, err
	}
	params, err := b.lexicalParams()
	if err != nil {
		return nil, err
	}
	lib := &Library{Store: store, Index: lexical.New(store, params)}
	if client, err := b.Embedder(ctx); err != nil {
		b.Log.Warn("embedder unavailable, searching by keywords only", "error", err)
		fmt.Fprintf(b.Progress, "embedder unavailable, searching by keywords only: %v\n", err)
	} else {
		lib.Embedder = client
	}
	return lib, lib.open(b)
}

// probeTime is how long an embedder may take for one sentence before a command
// goes on without it: longer than the embedded one needs for a batch of another
// command.
const probeTime = 5 * time.Second

// withoutSilentEmbedder goes on by keywords where the embedder does not answer
// and a person waits, who would wait for each of its time limits otherwise.
// Faults that stay are left to whatever needs the vectors.
func (lib *Library) withoutSilentEmbedder(ctx context.Context, b *Base) error {
	if lib.Embedder == nil || !b.Impatient {
		return nil
	}
	probing, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	_, err := lib.Embedder.EmbedPassages(probing, []string{"Das steht hier."})
	var passing interface{ Temporary() bool }
	if ctx.Err() != nil || !errors.As(err, &passing) || !passing.Temporary() {
		return ctx.Err()
	}
	fmt.Fprintf(b.Progress, "embedder does not answer, searching by keywords only: %v\n", err)
	lib.Embedder = nil
	return lib.open(b)
}

// open builds the engine over the library's parts.
func (lib *Library) open(b *Base) (err error) {
	lib.Engine, err = retrieval.NewEngine(lib.config(b))
	return err
}

func (lib *Library) config(b *Base) retrieval.EngineConfig {
	conf := retrieval.EngineConfig{
		Keywords: lib.Index, Passages: lib.Store, Params: retrieval.DefaultParams(),
		Location: houseZone(), Now: b.Now, Log: b.Log,
	}
	if lib.Embedder != nil {
		conf.Vectors, conf.Embedder = lib.Store, lib.Embedder
	}
	return conf
}

// Ready brings the index in memory to the database's state and checks that the
// embedder's model is the one that made the vectors.
func (lib *Library) Ready(ctx context.Context) error {
	if err := lib.Index.Refresh(ctx); err != nil {
		return fmt.Errorf("load keyword index: %w", err)
	}
	if lib.Embedder == nil {
		return nil
	}
	err := lib.Store.Check(ctx, lib.Embedder.Model())
	var mismatch *retrieval.ModelError
	if errors.As(err, &mismatch) && len(mismatch.Index) == 0 {
		return nil // nothing ingested with vectors yet
	}
	return err
}

func (b *Base) lexicalParams() (lexical.Params, error) {
	params := lexical.DefaultParams()
	if b.Config.Synonyms == "" {
		return params, nil
	}
	f, err := os.Open(b.Config.Synonyms)
	if err != nil {
		return params, fmt.Errorf("synonyms: %w", err)
	}
	defer f.Close()
	own, err := german.ParseSynonyms(b.Config.Synonyms, f)
	if err != nil {
		return params, fmt.Errorf("synonyms: %w", err)
	}
	params.Synonyms = params.Synonyms.Merge(own)
	return params, nil
}

// houseZone decides which day it is for a document's validity.
func houseZone() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.UTC // unreachable: time zones are embedded in the program
	}
	return zone
}
