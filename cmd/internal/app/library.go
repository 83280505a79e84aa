package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Library is the index of one schema with everything that searches it.
type Library struct {
	Store    *postgres.Store
	Index    *lexical.Index
	Engine   *retrieval.Engine
	Embedder retrieval.Embedder // of the active embedding set; nil: keyword search only
	Synonyms *Synonyms

	embedders   *retrieval.Embedders  // those configured; nil: none
	calibration retrieval.Calibration // the house's own weights; empty: the shipped ones
	log         *slog.Logger
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
	if store.Schema() == postgres.DefaultSchema {
		_, err = b.migrateIndex(ctx, store.Pool())
	} else {
		_, err = postgres.Migrate(ctx, store.Pool(), store.Schema())
	}
	if err != nil {
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
	if err := b.checkDatabase(ctx, store.Pool()); err != nil {
		return nil, err
	}
	if exists, err := store.Exists(ctx); err != nil || !exists {
		return nil, err
	}
	if err := postgres.Check(ctx, store.Pool(), store.Schema()); err != nil {
		return nil, err
	}
	return store, nil
}

// Library opens the index in a schema with what searches it. Without an
// embedder it searches by keywords and says so.
func (b *Base) Library(ctx context.Context, schema string) (*Library, error) {
	calibration, err := b.calibration()
	if err != nil {
		return nil, err
	}
	store, err := b.Index(ctx, schema)
	if err != nil {
		return nil, err
	}
	lib := &Library{Store: store, Synonyms: NewSynonyms(store, b.Config.Synonyms), calibration: calibration, log: b.Log}
	if err := lib.Synonyms.Refresh(ctx); err != nil {
		return nil, err
	}
	params := lexical.DefaultParams()
	params.Synonyms = lib.Synonyms.InForce()
	lib.Index = lexical.New(store, params)
	if lib.embedders, err = b.embedders(ctx); err != nil {
		return nil, err
	}
	if lib.embedders != nil {
		lib.Embedder = lib.embedders
		if err := lib.follow(ctx); err != nil {
			return nil, err
		}
	}
	if err := lib.open(b); err != nil {
		return nil, err
	}
	lib.warnOfGuesses(b)
	return lib, nil
}

// embedders returns those that are configured, or nil if there is none.
func (b *Base) embedders(ctx context.Context) (*retrieval.Embedders, error) {
	var all []retrieval.Embedder
	if client, err := b.Embedder(ctx); err != nil {
		b.Log.Warn("embedder unavailable, searching by keywords only", "error", err)
		fmt.Fprintf(b.Progress, "embedder unavailable, searching by keywords only: %v\n", err)
	} else {
		all = append(all, client)
	}
	next, err := b.NextEmbedder()
	if err != nil {
		return nil, err
	}
	if next != nil {
		all = append(all, next)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return retrieval.NewEmbedders(all...), nil
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
	lib.Embedder, lib.embedders = nil, nil
	return lib.open(b)
}

// open builds the engine over the library's parts.
func (lib *Library) open(b *Base) error {
	params, err := lib.params()
	if err != nil {
		return err
	}
	lib.Engine, err = retrieval.NewEngine(lib.config(b, params))
	return err
}

func (lib *Library) config(b *Base, params retrieval.Params) retrieval.EngineConfig {
	conf := retrieval.EngineConfig{
		Keywords: lib.Index, Passages: lib.Store, Params: params,
		Location: houseZone(), Now: b.Now, Log: b.Log,
	}
	if lib.Embedder != nil {
		conf.Vectors, conf.Embedder = lib.Store, lib.Embedder
	}
	conf.Params.Sufficiency.Synonyms = lib.Synonyms.InForce()
	if b.Measuring {
		conf.Params.VectorTimeout = 0
	}
	return conf
}

// Ready brings what is held in memory to the database's state.
func (lib *Library) Ready(ctx context.Context) error {
	if err := lib.Refresh(ctx); err != nil {
		return fmt.Errorf("load the index: %w", err)
	}
	return nil
}

// Refresh follows the database: changed documents, another embedding set that
// serves, other synonyms. One that fails keeps no other from being followed.
func (lib *Library) Refresh(ctx context.Context) error {
	return errors.Join(lib.Index.Refresh(ctx), lib.follow(ctx), lib.Synonyms.Refresh(ctx))
}

// houseZone decides which day it is for a document's validity.
func houseZone() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.UTC // unreachable: time zones are embedded in the program
	}
	return zone
}
