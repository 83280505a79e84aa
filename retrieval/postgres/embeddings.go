package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// Embedded returns the vectors that the model made of the texts with these
// hashes, as far as the index has them.
func (s *Store) Embedded(ctx context.Context, model retrieval.Model, hashes []retrieval.UnitHash) (map[retrieval.UnitHash][]float32, error) {
	keys := make([][]byte, len(hashes))
	for i := range hashes {
		keys[i] = hashes[i][:]
	}
	rows, err := s.pool.Query(ctx, `
		SELECT DISTINCT ON (e.hash) e.hash, e.vector
		FROM embedding e JOIN model m ON m.id = e.model
		WHERE m.name = $1 AND m.dimensions = $2 AND e.hash = ANY ($3)`, model.Name, model.Dimensions, keys)
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	found, err := collectVectors(rows)
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	return found, nil
}

// Pending returns up to limit documents after the given id that wait for their
// vectors of the model, with the units to embed. Empty source: of all sources.
func (s *Store) Pending(ctx context.Context, source string, model retrieval.Model, after int64, limit int) ([]retrieval.PendingUnits, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT d.id, d.version, d.title, p.ordinal, p.headings, p.body
		FROM (
			SELECT d.id, d.version, d.title FROM document d
			WHERE ($1 = '' OR d.source = $1) AND d.id > $4 AND `+lacking(setOfModel)+`
			ORDER BY d.id LIMIT $5
		) d JOIN passage p ON p.document_id = d.id ORDER BY d.id, p.ordinal`,
		source, model.Name, model.Dimensions, after, limit)
	type row struct {
		ID, Version int64
		Title       string
		Ordinal     int
		Headings    []string
		Body        string
	}
	passages, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, fmt.Errorf("read documents without vectors: %w", err)
	}
	var pending []retrieval.PendingUnits
	for _, p := range passages {
		if len(pending) == 0 || pending[len(pending)-1].Document != p.ID {
			pending = append(pending, retrieval.PendingUnits{Document: p.ID, Version: p.Version})
		}
		last := &pending[len(pending)-1]
		for i, text := range retrieval.Units(p.Title, p.Headings, p.Body) {
			last.Units = append(last.Units, retrieval.Unit{Passage: p.Ordinal, Ordinal: i, Hash: retrieval.HashUnit(text)})
			last.Texts = append(last.Texts, text)
		}
	}
	return pending, nil
}

// setOfModel is the id of the set of the model $2 of $3 dimensions.
const setOfModel = `(SELECT id FROM model WHERE name = $2 AND dimensions = $3::integer)`

// CountPending returns how many documents of the source wait for their vectors
// of the model. Empty source: of all sources.
func (s *Store) CountPending(ctx context.Context, source string, model retrieval.Model) (count int, err error) {
	err = s.pool.QueryRow(ctx, `
		SELECT count(*) FROM document d WHERE ($1 = '' OR d.source = $1) AND `+lacking(setOfModel),
		source, model.Name, model.Dimensions).Scan(&count)
	if err != nil {
		return 0, fmt.Errorf("count documents without vectors: %w", err)
	}
	return count, nil
}

// SaveVectors gives a document the vectors of its units in the model's set,
// unless it changed meanwhile.
func (s *Store) SaveVectors(ctx context.Context, model retrieval.Model, pending retrieval.PendingUnits) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		set, err := s.admit(ctx, tx, model)
		if err != nil {
			return err
		}
		var id int64
		err = tx.QueryRow(ctx, `SELECT id FROM document WHERE id = $1 AND version = $2 FOR UPDATE`,
			pending.Document, pending.Version).Scan(&id)
		if isNoRows(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM embedding WHERE document_id = $1 AND model = $2`, id, set); err != nil {
			return err
		}
		passages, err := passageIDs(ctx, tx, id)
		if err != nil {
			return err
		}
		return saveVectors(ctx, tx, id, set, passages, pending.Units)
	})
	if err != nil {
		return fmt.Errorf("save vectors of document %d: %w", pending.Document, err)
	}
	return nil
}
