package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

// Similar returns for those of the passages that r may see the cosine similarity
// of each of their units, in the units' order. A passage without vectors of the
// model is left out.
func (s *Store) Similar(ctx context.Context, v retrieval.Vector, passages []int64, r retrieval.Readers) (map[int64][]float64, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT e.passage_id, 1 - (e.vector <=> $1)
		FROM embedding e JOIN model m ON m.id = e.model JOIN document d ON d.id = e.document_id
		WHERE e.passage_id = ANY ($2) AND m.name = $3 AND m.dimensions = $4 AND d.collection = ANY ($5)
		ORDER BY e.passage_id, e.ordinal`,
		pgvector.NewVector(v.Values), passages, v.Model.Name, v.Model.Dimensions, r.Collections())
	if err != nil {
		return nil, fmt.Errorf("compare units: %w", err)
	}
	similar := make(map[int64][]float64)
	var id int64
	var similarity float64
	_, err = pgx.ForEachRow(rows, []any{&id, &similarity}, func() error {
		similar[id] = append(similar[id], similarity)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("compare units: %w", err)
	}
	return similar, nil
}
