package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

var _ retrieval.Vectors = (*Store)(nil)

// Vectors returns at most limit passages that r may see and whose documents are
// valid on the day of the given moment, in that moment's own time zone, most
// similar first. The score is the cosine similarity of a passage's best unit.
// An index without vectors finds nothing; one with only another model's vectors
// is a [retrieval.ModelError].
func (s *Store) Vectors(ctx context.Context, v retrieval.Vector, r retrieval.Readers, at time.Time, limit int) ([]retrieval.Scored, error) {
	if len(v.Values) != v.Model.Dimensions {
		return nil, &retrieval.ModelError{
			Have: retrieval.Model{Name: v.Model.Name, Dimensions: len(v.Values)}, Index: []retrieval.Model{v.Model},
		}
	}
	if err := retrieval.CheckValues(v.Values); err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	if r.Empty() || limit <= 0 {
		return nil, nil
	}
	model, err := s.searchable(ctx, v.Model)
	if err != nil || model == 0 {
		return nil, err
	}
	sql, args := nearestQuery(nearest{
		model: model, vector: v.Values, collections: r.Collections(), day: retrieval.DateOf(at), limit: limit,
	})
	rows, _ := s.pool.Query(ctx, sql, args...)
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (sc retrieval.Scored, err error) {
		err = row.Scan(&sc.PassageID, &sc.Score)
		return sc, err
	})
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	return found, nil
}

// nearest is one search for the most similar passages.
type nearest struct {
	model       int16
	vector      []float32
	collections []string
	day         retrieval.Date
	limit       int
}

// nearestQuery builds the exact search. readable: the documents that may be
// seen and are valid that day; joined before anything is compared. Then each
// passage's best unit, and only then the limit. Equal scores are ordered by id,
// so that two runs agree.
func nearestQuery(n nearest) (sql string, args []any) {
	return `
WITH readable AS MATERIALIZED (
	SELECT id FROM document
	WHERE collection = ANY (@collections)
	  AND state = 'indexed'
	  AND (valid_from IS NULL OR valid_from <= @day)
	  AND (valid_until IS NULL OR valid_until >= @day)
	  AND (superseded_by IS NULL OR superseded_from > @day)
)
SELECT e.passage_id, max(1 - (e.vector <=> @vector)) AS score
FROM readable JOIN embedding e ON e.document_id = readable.id
WHERE e.model = @model
GROUP BY e.passage_id
ORDER BY score DESC, e.passage_id
LIMIT @limit`, []any{pgx.NamedArgs{
			"collections": n.collections, "day": toDate(n.day), "vector": pgvector.NewVector(n.vector),
			"model": n.model, "limit": n.limit,
		}}
}

// searchable returns the id of the model's set, or 0 if the index has no sets at
// all. It need not be the active one: a question that was embedded just before a
// switch is answered by the set that it was embedded for.
func (s *Store) searchable(ctx context.Context, model retrieval.Model) (int16, error) {
	sets, err := readSets(ctx, s.pool, "")
	if err != nil {
		return 0, fmt.Errorf("read embedding sets: %w", err)
	}
	for _, set := range sets {
		if set.Model == model {
			return set.ID, nil
		}
	}
	if len(sets) == 0 {
		return 0, nil
	}
	return 0, unknownSet(sets, model)
}

// Check compares the embedder's model with the active set. It returns a
// [retrieval.ModelError] that says what to do if that set is another model's;
// an index without vectors fits each model.
func (s *Store) Check(ctx context.Context, model retrieval.Model) error {
	sets, err := readSets(ctx, s.pool, "")
	if err != nil {
		return fmt.Errorf("read embedding sets: %w", err)
	}
	if set := active(sets); set != nil && set.Model != model {
		return &retrieval.ModelError{Have: model, Index: []retrieval.Model{set.Model}}
	}
	return nil
}
