// Package library holds the index of one schema with everything that searches it:
// keyword index, engine, embedding sets, synonyms, weights of sufficiency. How
// documents get into it is no business of this package.
package library

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Library is the index of one schema with everything that searches it. It lives as
// long as the neighbours that it was opened with.
type Library struct {
	Store    *postgres.Store
	Index    *lexical.Index
	Engine   *retrieval.Engine
	Embedder retrieval.Embedder // of the active embedding set; nil: keyword search only
	Synonyms *Synonyms

	site        *neighbours.Site
	embedders   *retrieval.Embedders  // those configured; nil: none
	calibration retrieval.Calibration // the house's own weights; empty: the shipped ones
}

// Open opens the index in a schema (empty: the house's own) with what searches it.
// It needs database and embedders; without an embedder it searches by keywords and
// says so.
func Open(ctx context.Context, n *neighbours.Set, schema string) (*Library, error) {
	calibration, err := Calibration(n.Config)
	if err != nil {
		return nil, err
	}
	store, err := n.Database.Index(ctx, schema)
	if err != nil {
		return nil, err
	}
	lib := &Library{Store: store, Synonyms: NewSynonyms(store, n.Config.Synonyms), calibration: calibration, site: n.Site}
	if err := lib.Synonyms.Refresh(ctx); err != nil {
		return nil, err
	}
	params := lexical.DefaultParams()
	params.Synonyms = lib.Synonyms.InForce()
	lib.Index = lexical.New(store, params)
	if err := lib.askEmbedders(ctx, n.Embedders); err != nil {
		return nil, err
	}
	if err := lib.open(); err != nil {
		return nil, err
	}
	lib.warnOfGuesses()
	return lib, nil
}

// askEmbedders lets questions be embedded by those that there are.
func (lib *Library) askEmbedders(ctx context.Context, e *neighbours.Embedders) error {
	if e.Missing != nil {
		lib.site.Log.WarnContext(ctx, "embedder unavailable, searching by keywords only", "error", e.Missing)
		fmt.Fprintf(lib.site.Progress, "embedder unavailable, searching by keywords only: %v\n", e.Missing)
	}
	all := e.All()
	if len(all) == 0 {
		return nil
	}
	lib.embedders = retrieval.NewEmbedders(all...)
	lib.Embedder = lib.embedders
	return lib.follow(ctx)
}

// open builds the engine over the library's parts.
func (lib *Library) open() error {
	conf, err := lib.EngineConfig()
	if err != nil {
		return err
	}
	lib.Engine, err = retrieval.NewEngine(conf)
	return err
}

// EngineConfig returns what the engine is built of, for a variant of it.
func (lib *Library) EngineConfig() (retrieval.EngineConfig, error) {
	params, err := lib.params()
	if err != nil {
		return retrieval.EngineConfig{}, err
	}
	conf := retrieval.EngineConfig{
		Keywords: lib.Index, Passages: lib.Store, Params: params,
		Location: house.Zone(), Now: lib.site.Now, Log: lib.site.Log,
	}
	if lib.Embedder != nil {
		conf.Vectors, conf.Embedder = lib.Store, lib.Embedder
	}
	conf.Params.Sufficiency.Synonyms = lib.Synonyms.InForce()
	if lib.site.Measuring {
		conf.Params.VectorTimeout = 0
	}
	return conf, nil
}

// EmbedBy has another embedder asked from now on, or none where it is nil.
func (lib *Library) EmbedBy(e retrieval.Embedder) error {
	lib.Embedder = e
	return lib.open()
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

// StaffCollections returns the names of the collections that all staff may read.
func (lib *Library) StaffCollections(ctx context.Context) ([]string, error) {
	all, err := lib.Store.Collections(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range all {
		if c.Access.Staff {
			names = append(names, c.Name)
		}
	}
	return names, nil
}
