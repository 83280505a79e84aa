package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

// CacheSchema holds the vectors that throw-away evaluations share.
const CacheSchema = "embedding_cache"

// Cache remembers vectors by model and text, so that a second evaluation embeds
// nothing. It keeps hashes, no texts.
type Cache struct {
	pool  *pgxpool.Pool
	table string
}

// OpenCache returns the cache in the store's database, making it on first use.
// It lives as long as the store.
func OpenCache(ctx context.Context, store *Store) (*Cache, error) {
	if _, err := migrate(ctx, store.pool, cacheLine()); err != nil {
		return nil, err
	}
	return &Cache{pool: store.pool, table: pgx.Identifier{CacheSchema, "cached"}.Sanitize()}, nil
}

// Embedder returns an embedder that asks inner only for what the cache lacks.
func (c *Cache) Embedder(inner retrieval.Embedder) retrieval.Embedder {
	return &cachedEmbedder{cache: c, inner: inner}
}

type cachedEmbedder struct {
	cache *Cache
	inner retrieval.Embedder
}

func (e *cachedEmbedder) Model() retrieval.Model { return e.inner.Model() }

func (e *cachedEmbedder) EmbedPassages(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	return e.embed(ctx, "passage", texts, e.inner.EmbedPassages)
}

func (e *cachedEmbedder) EmbedQueries(ctx context.Context, texts ...string) ([]retrieval.Vector, error) {
	return e.embed(ctx, "query", texts, func(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
		return e.inner.EmbedQueries(ctx, texts...)
	})
}

// embed reads what is cached, has the rest made and remembers it.
func (e *cachedEmbedder) embed(ctx context.Context, kind string, texts []string,
	embed func(context.Context, []string) ([]retrieval.Vector, error),
) ([]retrieval.Vector, error) {
	model := e.inner.Model()
	known, err := e.cache.read(ctx, model, kind, texts)
	if err != nil {
		return nil, err
	}
	vectors := make([]retrieval.Vector, len(texts))
	var missing []string
	var at []int
	for i, text := range texts {
		if values, ok := known[retrieval.HashUnit(text)]; ok {
			vectors[i] = retrieval.Vector{Model: model, Values: values}
			continue
		}
		missing, at = append(missing, text), append(at, i)
	}
	if len(missing) == 0 {
		return vectors, nil
	}
	made, err := embed(ctx, missing)
	if err != nil {
		return nil, err
	}
	if len(made) != len(missing) {
		return nil, fmt.Errorf("embedder gave %d vectors for %d texts", len(made), len(missing))
	}
	for i, v := range made {
		vectors[at[i]] = v
	}
	return vectors, e.cache.write(ctx, model, kind, missing, made)
}

func (c *Cache) read(ctx context.Context, model retrieval.Model, kind string, texts []string) (map[retrieval.UnitHash][]float32, error) {
	hashes := make([][]byte, len(texts))
	for i, text := range texts {
		hash := retrieval.HashUnit(text)
		hashes[i] = hash[:]
	}
	rows, err := c.pool.Query(ctx, `SELECT hash, vector FROM `+c.table+`
		WHERE model = $1 AND dimensions = $2 AND kind = $3 AND hash = ANY ($4)`, model.Name, model.Dimensions, kind, hashes)
	if err != nil {
		return nil, fmt.Errorf("read cached vectors: %w", err)
	}
	found, err := collectVectors(rows)
	if err != nil {
		return nil, fmt.Errorf("read cached vectors: %w", err)
	}
	return found, nil
}

// write remembers vectors; one that is none of the model's is the embedder's
// fault, which its user reports, and stays out.
func (c *Cache) write(ctx context.Context, model retrieval.Model, kind string, texts []string, vectors []retrieval.Vector) error {
	batch := &pgx.Batch{}
	for i, v := range vectors {
		if v.Model != model || len(v.Values) != model.Dimensions || retrieval.CheckValues(v.Values) != nil {
			continue
		}
		hash := retrieval.HashUnit(texts[i])
		batch.Queue(`INSERT INTO `+c.table+` (model, dimensions, kind, hash, vector)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, model.Name, model.Dimensions, kind, hash[:], pgvector.NewVector(v.Values))
	}
	if batch.Len() == 0 {
		return nil
	}
	if err := c.pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("cache vectors: %w", err)
	}
	return nil
}

// collectVectors reads rows of hash and vector.
func collectVectors(rows pgx.Rows) (map[retrieval.UnitHash][]float32, error) {
	found := map[retrieval.UnitHash][]float32{}
	var hash []byte
	var vector pgvector.Vector
	_, err := pgx.ForEachRow(rows, []any{&hash, &vector}, func() error {
		found[retrieval.UnitHash(hash)] = vector.Slice()
		return nil
	})
	return found, err
}
