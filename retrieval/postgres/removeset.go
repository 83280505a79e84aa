package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/database"
)

// ErrActiveSet is returned when the set to remove is the one that serves.
var ErrActiveSet = errors.New("the set serves searches: switch to another one first")

// removedTogether is how many documents' vectors go in one transaction, so that
// no lock is held for long.
const removedTogether = 200

// RemoveSet takes a set's vectors out, a few documents at a time; stopped
// half-way, it goes on when called again. What ran before keeps running: the
// space is free for new vectors, and the set's own indexes are dropped.
// progress may be nil.
func (s *Store) RemoveSet(ctx context.Context, model retrieval.Model, progress func(done, total int)) error {
	err := s.removeSet(ctx, model, progress)
	if err != nil {
		return fmt.Errorf("remove the embedding set of %s: %w", model.Name, err)
	}
	return nil
}

func (s *Store) removeSet(ctx context.Context, model retrieval.Model, progress func(done, total int)) error {
	ctx, release, err := s.LockSet(ctx, model)
	if err != nil {
		return err
	}
	defer release()
	set, total, err := s.retire(ctx, model)
	if err != nil {
		return err
	}
	for gone, done := false, 0; !gone; {
		n, err := s.removeVectors(ctx, set)
		if err != nil {
			return err
		}
		if done += n; progress != nil {
			progress(min(done, total), total)
		}
		if n == 0 {
			if gone, err = s.forgetSet(ctx, set); err != nil {
				return err
			}
		}
	}
	return s.reclaim(ctx, set)
}

// retire takes the set out of use and returns how many documents are in it.
func (s *Store) retire(ctx context.Context, model retrieval.Model) (id int16, documents int, err error) {
	err = s.changeSets(ctx, func(tx pgx.Tx, sets []storedModel) error {
		set, err := pick(sets, model)
		switch {
		case err != nil:
			return err
		case set == nil:
			return unknownSet(sets, model)
		case set.state == retrieval.SetActive:
			return ErrActiveSet
		}
		id = set.ID
		if _, err := tx.Exec(ctx, `UPDATE model SET state = 'retired' WHERE id = $1`, id); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT count(*) FROM embedded WHERE model = $1`, id).Scan(&documents)
	})
	return id, documents, err
}

// removeVectors takes the vectors of a few documents out of a set and returns
// how many documents. Each document is locked first, as everything that changes
// one does; one that is being changed is left for the next turn.
func (s *Store) removeVectors(ctx context.Context, set int16) (documents int, err error) {
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `
			SELECT d.id FROM document d JOIN embedded e ON e.document_id = d.id
			WHERE e.model = $1 LIMIT $2 FOR UPDATE OF d SKIP LOCKED`, set, removedTogether)
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		documents = len(ids)
		if _, err := tx.Exec(ctx, `DELETE FROM embedding WHERE model = $1 AND document_id = ANY ($2)`, set, ids); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM embedded WHERE model = $1 AND document_id = ANY ($2)`, set, ids)
		return err
	})
	return documents, err
}

// forgetSet deletes the set itself once nothing is in it.
func (s *Store) forgetSet(ctx context.Context, set int16) (gone bool, err error) {
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		if err := s.lockSets(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			DELETE FROM embedding v WHERE v.model = $1
			AND NOT EXISTS (SELECT 1 FROM embedded e WHERE e.document_id = v.document_id AND e.model = $1)`, set); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			DELETE FROM model WHERE id = $1 AND state = 'retired'
			AND NOT EXISTS (SELECT 1 FROM embedded WHERE model = $1)`, set)
		gone = tag.RowsAffected() == 1
		return err
	})
	return gone, err
}

// reclaim drops the indexes over vectors of the set alone, and frees the space of its
// vectors for others.
func (s *Store) reclaim(ctx context.Context, set int16) error {
	rows, _ := s.pool.Query(ctx, `
		SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		WHERE i.indrelid = to_regclass('embedding') AND pg_get_expr(i.indpred, i.indrelid) ~ ('\(model = ' || $1::text || '(::smallint)?\)')`,
		fmt.Sprint(set))
	indexes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	return database.Unhurried(ctx, s.pool, func(conn *pgxpool.Conn) error {
		for _, index := range indexes {
			if _, err := conn.Exec(ctx, `DROP INDEX CONCURRENTLY IF EXISTS `+pgx.Identifier{s.schema, index}.Sanitize()); err != nil {
				return err
			}
		}
		_, err := conn.Exec(ctx, `VACUUM `+pgx.Identifier{s.schema, "embedding"}.Sanitize())
		return err
	})
}
