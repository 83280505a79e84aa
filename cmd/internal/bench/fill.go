package bench

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

const source = "bench"

// fill writes the corpus into the store's own tables, past the pipeline that
// would read files and embed: what is measured is the search. The tables are
// unlogged, for the database does not outlive the run.
func fill(ctx context.Context, store *postgres.Store, c *corpus, progress func(done, total int)) error {
	numbers, err := makeCollections(ctx, store)
	if err != nil {
		return err
	}
	pool := store.Pool()
	var modelID int16
	if err := store.AdmitModel(ctx, model); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	err = pool.QueryRow(ctx, `SELECT id FROM model WHERE name = $1`, model.Name).Scan(&modelID)
	if err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	if _, err := pool.Exec(ctx, `ALTER TABLE embedding SET UNLOGGED; ALTER TABLE passage SET UNLOGGED`); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	if err := copyDocuments(ctx, pool, c); err != nil {
		return fmt.Errorf("fill documents: %w", err)
	}
	// Some documents at a time: a passage must be there before its vector.
	const step = 1000 * perDocument
	for from := 0; from < c.passages; from += step {
		to := min(from+step, c.passages)
		if err := copyPassages(ctx, pool, c, from, to); err != nil {
			return fmt.Errorf("fill passages: %w", err)
		}
		if err := copyVectors(ctx, pool, c, modelID, numbers, from, to); err != nil {
			return fmt.Errorf("fill vectors: %w", err)
		}
		progress(to, c.passages)
	}
	if _, err := pool.Exec(ctx, `INSERT INTO embedded (document_id, model) SELECT id, $1 FROM document`, modelID); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	if _, err := pool.Exec(ctx, `VACUUM ANALYZE`); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	return nil
}

// makeCollections returns the collections' numbers by name.
func makeCollections(ctx context.Context, store *postgres.Store) (map[string]int32, error) {
	var all []retrieval.Collection
	for _, name := range shares[0].collections {
		all = append(all, retrieval.Collection{Name: name, Rank: 1, Access: retrieval.Access{Staff: true}})
	}
	if _, err := store.SaveCollections(ctx, source, all); err != nil {
		return nil, err
	}
	rows, err := store.Pool().Query(ctx, `SELECT name, number FROM collection`)
	if err != nil {
		return nil, fmt.Errorf("read collections: %w", err)
	}
	numbers := map[string]int32{}
	var name string
	var number int32
	_, err = pgx.ForEachRow(rows, []any{&name, &number}, func() error {
		numbers[name] = number
		return nil
	})
	return numbers, err
}

func copyDocuments(ctx context.Context, pool *pgxpool.Pool, c *corpus) error {
	_, err := pool.CopyFrom(ctx, pgx.Identifier{"document"},
		[]string{"id", "source", "path", "state", "hash", "collection", "title", "version"},
		pgx.CopyFromSlice(c.documents(), func(i int) ([]any, error) {
			path := fmt.Sprintf("%07d.txt", i)
			return []any{int64(i + 1), source, path, "indexed", path, c.collection(i), fmt.Sprintf("Dokument %d", i), int64(1)}, nil
		}))
	return err
}

func copyPassages(ctx context.Context, pool *pgxpool.Pool, c *corpus, from, to int) error {
	_, err := pool.CopyFrom(ctx, pgx.Identifier{"passage"},
		[]string{"id", "document_id", "ordinal", "headings", "place", "anchor", "body"},
		pgx.CopyFromSlice(to-from, func(i int) ([]any, error) {
			p := from + i
			return []any{int64(p + 1), int64(p/perDocument + 1), int32(p % perDocument), []string{}, "", "", c.text(p)}, nil
		}))
	return err
}

// copyVectors writes one vector for each passage.
func copyVectors(ctx context.Context, pool *pgxpool.Pool, c *corpus, modelID int16, numbers map[string]int32, from, to int) error {
	_, err := pool.CopyFrom(ctx, pgx.Identifier{"embedding"},
		[]string{"passage_id", "ordinal", "model", "document_id", "collection", "hash", "vector"},
		pgx.CopyFromSlice(to-from, func(i int) ([]any, error) {
			p := from + i
			hash := retrieval.HashUnit(fmt.Sprint(p))
			return []any{
				int64(p + 1), int32(0), modelID, int64(p/perDocument + 1), numbers[c.collection(p/perDocument)],
				hash[:], pgvector.NewVector(c.vector(p)),
			}, nil
		}))
	return err
}
