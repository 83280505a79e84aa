package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

// Known returns what is remembered of a source's documents, by path, without
// those that are gone.
func (s *Store) Known(ctx context.Context, source string) (map[string]retrieval.Known, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT id, path, mark, hash, listed, coalesce(collection, ''), state, reason
		FROM document WHERE source = $1 AND state <> 'gone'`, source)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k retrieval.Known, err error) {
		err = row.Scan(&k.ID, &k.Path, &k.Mark, &k.Hash, &k.Listed, &k.Collection, &k.State, &k.Reason)
		return k, err
	})
	if err != nil {
		return nil, fmt.Errorf("read documents of %s: %w", source, err)
	}
	known := make(map[string]retrieval.Known, len(all))
	for _, k := range all {
		known[k.Path] = k
	}
	return known, nil
}

// Replace puts the revision in the place of the version that serves, in one
// transaction. A blocked document stays blocked. Units without values wait for
// [Store.Pending] unless all have them.
func (s *Store) Replace(ctx context.Context, rev retrieval.Revision) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error { return replace(ctx, tx, rev) })
	if err != nil {
		return fmt.Errorf("save document %s: %w", rev.Document.Path, err)
	}
	return nil
}

func replace(ctx context.Context, tx pgx.Tx, rev retrieval.Revision) error {
	embedded, err := modelOf(ctx, tx, rev)
	if err != nil {
		return err
	}
	document, err := saveDocument(ctx, tx, rev, embedded)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM passage WHERE document_id = $1`, document); err != nil {
		return err
	}
	passages, err := savePassages(ctx, tx, document, rev.Passages)
	if err != nil {
		return err
	}
	if embedded != nil {
		if err := saveVectors(ctx, tx, document, *embedded, passages, rev.Units); err != nil {
			return err
		}
	}
	return raiseVersion(ctx, tx, document)
}

// modelOf returns the id of the model if all units are embedded, else nil.
func modelOf(ctx context.Context, tx pgx.Tx, rev retrieval.Revision) (*int16, error) {
	if rev.Model == (retrieval.Model{}) {
		return nil, nil
	}
	for _, unit := range rev.Units {
		if unit.Values == nil {
			return nil, nil
		}
		if len(unit.Values) != rev.Model.Dimensions {
			return nil, &retrieval.ModelError{
				Have:  retrieval.Model{Name: rev.Model.Name, Dimensions: len(unit.Values)},
				Index: []retrieval.Model{rev.Model},
			}
		}
	}
	id, err := saveModel(ctx, tx, rev.Model)
	return &id, err
}

// saveModel returns the model's id, making it where it is new.
func saveModel(ctx context.Context, tx pgx.Tx, model retrieval.Model) (id int16, err error) {
	err = tx.QueryRow(ctx, `SELECT id FROM model WHERE name = $1 AND dimensions = $2`, model.Name, model.Dimensions).Scan(&id)
	if !isNoRows(err) {
		return id, err
	}
	err = tx.QueryRow(ctx, `
		INSERT INTO model (name, dimensions) VALUES ($1, $2)
		ON CONFLICT (name, dimensions) DO UPDATE SET name = excluded.name RETURNING id`,
		model.Name, model.Dimensions).Scan(&id)
	return id, err
}

// saveDocument writes the document's row. Its version is raised at the end.
func saveDocument(ctx context.Context, tx pgx.Tx, rev retrieval.Revision, embedded *int16) (id int64, err error) {
	d := rev.Document
	err = tx.QueryRow(ctx, `
		INSERT INTO document AS old (source, path, state, mark, hash, listed, collection, title, owner,
			valid_from, valid_until, supersedes, modified_at, embedded, version)
		VALUES ($1, $2, 'indexed', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
		ON CONFLICT (source, path) DO UPDATE SET
			state = CASE WHEN old.state = 'blocked' THEN 'blocked' ELSE 'indexed' END,
			reason = CASE WHEN old.state = 'blocked' THEN old.reason ELSE '' END,
			mark = excluded.mark, hash = excluded.hash, listed = excluded.listed,
			collection = excluded.collection, title = excluded.title, owner = excluded.owner,
			valid_from = excluded.valid_from, valid_until = excluded.valid_until,
			supersedes = excluded.supersedes, modified_at = excluded.modified_at, embedded = excluded.embedded
		RETURNING id`,
		d.Source, d.Path, rev.Mark, d.Hash, rev.Listed, d.Collection, d.Title, d.Owner,
		toDate(d.ValidFrom), toDate(d.ValidUntil), d.Supersedes, toTime(d.ModifiedAt), embedded).Scan(&id)
	return id, err
}

// savePassages writes the passages and returns their ids by ordinal.
func savePassages(ctx context.Context, tx pgx.Tx, document int64, passages []retrieval.Passage) (map[int]int64, error) {
	if len(passages) == 0 {
		return nil, nil
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"passage"},
		[]string{"document_id", "ordinal", "headings", "place", "anchor", "body"},
		pgx.CopyFromSlice(len(passages), func(i int) ([]any, error) {
			p := passages[i]
			return []any{document, int32(p.Ordinal), notNil(p.Headings), p.Place, p.Anchor, p.Text}, nil
		}))
	if err != nil {
		return nil, err
	}
	return passageIDs(ctx, tx, document)
}

func passageIDs(ctx context.Context, tx pgx.Tx, document int64) (map[int]int64, error) {
	rows, err := tx.Query(ctx, `SELECT ordinal, id FROM passage WHERE document_id = $1`, document)
	if err != nil {
		return nil, err
	}
	ids := map[int]int64{}
	var ordinal int
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&ordinal, &id}, func() error {
		ids[ordinal] = id
		return nil
	})
	return ids, err
}

func saveVectors(ctx context.Context, tx pgx.Tx, document int64, model int16, passages map[int]int64, units []retrieval.Unit) error {
	for _, unit := range units {
		if _, ok := passages[unit.Passage]; !ok {
			return fmt.Errorf("unit of passage %d, which the document does not have", unit.Passage)
		}
	}
	var collection int32
	err := tx.QueryRow(ctx, `
		SELECT c.number FROM document d JOIN collection c ON c.name = d.collection WHERE d.id = $1`, document).Scan(&collection)
	if err != nil {
		return fmt.Errorf("find the document's collection: %w", err)
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"embedding"},
		[]string{"passage_id", "ordinal", "model", "document_id", "collection", "hash", "vector"},
		pgx.CopyFromSlice(len(units), func(i int) ([]any, error) {
			u := units[i]
			return []any{passages[u.Passage], int32(u.Ordinal), model, document, collection, u.Hash[:], pgvector.NewVector(u.Values)}, nil
		}))
	return err
}

// raiseVersion counts one change of the index and marks the documents with it.
// It must be the last statement of a transaction: it holds up all others.
func raiseVersion(ctx context.Context, tx pgx.Tx, documents ...int64) error {
	_, err := tx.Exec(ctx, `
		WITH next AS (UPDATE index_version SET version = version + 1 RETURNING version)
		UPDATE document SET version = next.version FROM next WHERE id = ANY ($1)`, documents)
	return err
}

// Touch takes over new marks of documents whose content did not change.
func (s *Store) Touch(ctx context.Context, source string, marks map[string]string) error {
	paths, values := make([]string, 0, len(marks)), make([]string, 0, len(marks))
	for path, mark := range marks {
		paths, values = append(paths, path), append(values, mark)
	}
	_, err := s.pool.Exec(ctx, `
		UPDATE document SET mark = seen.mark, reason = CASE WHEN state = 'indexed' THEN '' ELSE reason END
		FROM unnest($2::text[], $3::text[]) AS seen (path, mark)
		WHERE document.source = $1 AND document.path = seen.path`, source, paths, values)
	if err != nil {
		return fmt.Errorf("touch documents of %s: %w", source, err)
	}
	return nil
}

// Refuse records that a document could not be taken in. A version that serves
// serves on, unless the refusal withdraws it.
func (s *Store) Refuse(ctx context.Context, r retrieval.Refusal) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		var id int64
		err := tx.QueryRow(ctx, `
			INSERT INTO document AS old (source, path, state, reason, mark, listed, collection, version)
			VALUES ($1, $2, 'quarantined', $3, $4, $5, nullif($6, ''), 0)
			ON CONFLICT (source, path) DO UPDATE SET
				state = CASE
					WHEN old.state = 'blocked' THEN 'blocked'
					WHEN old.state = 'indexed' AND NOT $7 THEN 'indexed'
					ELSE 'quarantined' END,
				reason = CASE WHEN old.state = 'blocked' THEN old.reason ELSE excluded.reason END,
				mark = excluded.mark, listed = excluded.listed,
				collection = CASE WHEN old.hash <> '' THEN old.collection ELSE excluded.collection END
			RETURNING id`,
			r.Source, r.Path, r.Reason, r.Mark, r.Listed, r.Collection, r.Withdraw).Scan(&id)
		if err != nil {
			return err
		}
		return raiseVersion(ctx, tx, id)
	})
	if err != nil {
		return fmt.Errorf("record refusal of %s: %w", r.Path, err)
	}
	return nil
}

// Remove empties documents that their source no longer has.
func (s *Store) Remove(ctx context.Context, source string, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `
			UPDATE document SET state = 'gone', reason = '', mark = '', hash = '', title = '', owner = '', supersedes = '',
				superseded_by = NULL, superseded_from = NULL, valid_from = NULL, valid_until = NULL, embedded = NULL
			WHERE source = $1 AND path = ANY ($2) AND state <> 'gone' RETURNING id`, source, paths)
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM passage WHERE document_id = ANY ($1)`, ids); err != nil {
			return err
		}
		return raiseVersion(ctx, tx, ids...)
	})
	if err != nil {
		return fmt.Errorf("remove documents of %s: %w", source, err)
	}
	return nil
}
