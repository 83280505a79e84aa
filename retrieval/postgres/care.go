package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// Block takes a document out of every answer, and with it what is attached to it.
// One that is blocked itself already keeps its first block. The error is
// [retrieval.ErrNoDocument] if there is none.
func (s *Store) Block(ctx context.Context, document int64, block retrieval.Block) error {
	return s.care(ctx, "block", document, func(tx pgx.Tx) ([]int64, error) {
		rows, _ := tx.Query(ctx, `
			UPDATE document SET held = coalesce(nullif(held, ''), state), state = 'blocked', blocked_with = NULL,
				blocked_at = $2, blocked_by = $3, blocked_reason = $4
			WHERE id = $1 AND (state IN ('indexed', 'quarantined') OR state = 'blocked' AND blocked_with IS NOT NULL) RETURNING id`,
			document, toTime(block.At), block.By, block.Reason)
		return withAttached(ctx, tx, document, rows)
	})
}

// Release ends a document's block, if there is one: it serves in the version
// that was taken in last, and so does what is attached to it and not blocked
// itself. The error is a *[retrieval.CoveredError] if the document stays blocked
// with a file that it is attached to.
func (s *Store) Release(ctx context.Context, document int64) error {
	var covered error
	err := s.care(ctx, "release", document, func(tx pgx.Tx) ([]int64, error) {
		rows, _ := tx.Query(ctx, `
			UPDATE document SET state = coalesce(nullif(held, ''), state), held = '', blocked_at = NULL, blocked_by = '', blocked_reason = ''
			WHERE id = $1 AND blocked_at IS NOT NULL AND blocked_with IS NULL RETURNING id`, document)
		changed, err := withAttached(ctx, tx, document, rows)
		if err != nil {
			return nil, err
		}
		covered, err = coveredBy(ctx, tx, document)
		return changed, err
	})
	if err == nil && covered != nil {
		return fmt.Errorf("release document %d: %w", document, covered)
	}
	return err
}

// withAttached covers what is attached to a changed document, and adds it to the
// ids of what was changed.
func withAttached(ctx context.Context, tx pgx.Tx, document int64, rows pgx.Rows) ([]int64, error) {
	changed, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(changed) == 0 {
		return changed, err
	}
	covered, err := coverBelow(ctx, tx, document)
	return append(changed, covered...), err
}

// Reread has the next sync read a document anew whatever its source says, the
// file that it is attached to as well, and forgets the verdict on its content.
func (s *Store) Reread(ctx context.Context, document int64) error {
	return s.care(ctx, "mark for reading", document, func(tx pgx.Tx) ([]int64, error) {
		rows, _ := tx.Query(ctx, `
			UPDATE document d SET verdict = 'reread', judged = '' FROM document wanted
			WHERE wanted.id = $1 AND wanted.state <> 'gone' AND d.source = wanted.source
				AND (d.id = wanted.id OR starts_with(wanted.path, d.path || '/')) RETURNING d.id`, document)
		return pgx.CollectRows(rows, pgx.RowTo[int64])
	})
}

// care changes documents and makes that known to the indexes in memory. Where
// nothing was to change, the document must at least be there.
func (s *Store) care(ctx context.Context, what string, document int64, change func(pgx.Tx) (changed []int64, err error)) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		changed, err := change(tx)
		if err != nil {
			return err
		}
		if len(changed) > 0 {
			return raiseVersion(ctx, tx, changed...)
		}
		var there bool
		err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM document WHERE id = $1 AND state <> 'gone')`, document).Scan(&there)
		if err == nil && !there {
			return retrieval.ErrNoDocument
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s document %d: %w", what, document, err)
	}
	return nil
}

// Cared returns what its owner's word on a document needs.
func (s *Store) Cared(ctx context.Context, document int64) (c retrieval.Cared, err error) {
	err = s.pool.QueryRow(ctx, `
		SELECT d.id, d.title, d.path, d.contact, d.blocked_at IS NOT NULL,
			(SELECT count(*) FROM document p WHERE p.source = d.source AND starts_with(p.path, d.path || '/') AND p.state <> 'gone')
		FROM document d WHERE d.id = $1 AND d.state <> 'gone'`, document).
		Scan(&c.ID, &c.Title, &c.Path, &c.Contact, &c.Blocked, &c.Attached)
	if isNoRows(err) {
		err = retrieval.ErrNoDocument
	}
	if err != nil {
		return retrieval.Cared{}, fmt.Errorf("read document %d: %w", document, err)
	}
	return c, nil
}
