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

// searchable returns the id of the model, or 0 if the index has no vectors at all.
func (s *Store) searchable(ctx context.Context, model retrieval.Model) (int16, error) {
	models, err := s.models(ctx)
	if err != nil {
		return 0, err
	}
	for _, m := range models {
		if m.Model == model {
			return m.ID, nil
		}
	}
	if len(models) == 0 {
		return 0, nil
	}
	return 0, &retrieval.ModelError{Have: model, Index: plainModels(models)}
}

// storedModel is a model with documents embedded by it.
type storedModel struct {
	ID        int16
	Model     retrieval.Model
	Documents int
}

// models returns the models that documents are embedded by, most used first.
func (s *Store) models(ctx context.Context) ([]storedModel, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT m.id, m.name, m.dimensions, count(*) AS documents
		FROM document d JOIN model m ON m.id = d.embedded
		GROUP BY m.id ORDER BY documents DESC, m.id`)
	models, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m storedModel, err error) {
		err = row.Scan(&m.ID, &m.Model.Name, &m.Model.Dimensions, &m.Documents)
		return m, err
	})
	if err != nil {
		return nil, fmt.Errorf("read models of the index: %w", err)
	}
	return models, nil
}

func plainModels(stored []storedModel) []retrieval.Model {
	models := make([]retrieval.Model, len(stored))
	for i, m := range stored {
		models[i] = m.Model
	}
	return models
}

// Check compares the embedder's model with the index. It returns a
// [retrieval.ModelError] that says what to do if none of its vectors can be
// searched with that model; an index without vectors fits each model.
func (s *Store) Check(ctx context.Context, model retrieval.Model) error {
	_, err := s.searchable(ctx, model)
	return err
}
