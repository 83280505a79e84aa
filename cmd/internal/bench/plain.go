package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"
)

// plain is what people would pick instead, after LlamaIndex's PGVectorStore in
// hybrid mode: a generated tsvector under GIN, asked for any word and ordered by
// ts_rank; HNSW with pgvector's defaults; both fused by reciprocal rank with
// equal weight; rights as a filter.
type plain struct{ pool *pgxpool.Pool }

const (
	plainDepth = 20 // rows of each ranking for ten in the end, as many as ef_search 40 may give
	rankOffset = 60 // k of reciprocal rank fusion (Cormack et al. 2009)
)

// buildPlain makes the plain way's own table out of the store's.
func buildPlain(ctx context.Context, pool *pgxpool.Pool, passages int) (*plain, error) {
	const perVector, most = 2, 2048 // kilobytes in the graph; megabytes
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("build the plain way: %w", err)
	}
	defer conn.Release()
	for _, sql := range []string{
		fmt.Sprintf(`SET maintenance_work_mem = '%dMB'`, min(64+passages*perVector/1024, most)),
		fmt.Sprintf(`CREATE UNLOGGED TABLE plain (
			id bigint PRIMARY KEY, collection text NOT NULL, text text NOT NULL, embedding vector(%d) NOT NULL,
			text_search_tsv tsvector GENERATED ALWAYS AS (to_tsvector('german', text)) STORED)`, dimensions),
		`INSERT INTO plain SELECT p.id, d.collection, p.body, e.vector
			FROM passage p JOIN document d ON d.id = p.document_id JOIN embedding e ON e.passage_id = p.id ORDER BY p.id`,
		`CREATE INDEX ON plain USING gin (text_search_tsv)`,
		`CREATE INDEX ON plain (collection)`,
		`CREATE INDEX ON plain USING hnsw (embedding vector_cosine_ops)`,
		`VACUUM ANALYZE plain`,
		`RESET maintenance_work_mem`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return nil, fmt.Errorf("build the plain way: %w", err)
		}
	}
	return &plain{pool}, nil
}

// search returns the ids of the ten best passages. exact compares with every
// vector instead of using the index.
func (p *plain) search(ctx context.Context, text string, vector []float32, collections []string, exact bool) (ids []int64, err error) {
	byWords, err := p.ids(ctx, p.pool, `
		SELECT id FROM plain, to_tsquery('german', $1) query
		WHERE text_search_tsv @@ query AND collection = ANY ($2)
		ORDER BY ts_rank(text_search_tsv, query) DESC LIMIT $3`, anyWord(text), collections, plainDepth)
	if err != nil {
		return nil, fmt.Errorf("plain words: %w", err)
	}
	var byVector []int64
	err = pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) (err error) {
		if exact {
			if _, err := tx.Exec(ctx, `SET LOCAL enable_indexscan = off`); err != nil {
				return err
			}
		}
		byVector, err = p.ids(ctx, tx, `
			SELECT id FROM plain WHERE collection = ANY ($2) ORDER BY embedding <=> $1 LIMIT $3`,
			pgvector.NewVector(vector), collections, plainDepth)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("plain vectors: %w", err)
	}
	return equalRanks(byWords, byVector), nil
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func (p *plain) ids(ctx context.Context, q querier, sql string, args ...any) ([]int64, error) {
	rows, _ := q.Query(ctx, sql, args...)
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// anyWord joins a question's words by or.
func anyWord(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " | ")
}

// equalRanks fuses rankings by reciprocal rank and returns the best ten.
func equalRanks(rankings ...[]int64) []int64 {
	score := map[int64]float64{}
	var ids []int64
	for _, ranking := range rankings {
		for i, id := range ranking {
			if _, seen := score[id]; !seen {
				ids = append(ids, id)
			}
			score[id] += 1 / float64(rankOffset+i+1)
		}
	}
	slices.SortFunc(ids, func(a, b int64) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	return ids[:min(len(ids), rows)]
}
