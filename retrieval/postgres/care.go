package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// Block takes a document out of every answer. One that is blocked already keeps
// its first block. The error is [retrieval.ErrNoDocument] if there is none.
func (s *Store) Block(ctx context.Context, document int64, block retrieval.Block) error {
	return s.care(ctx, "block", document, `
		UPDATE document SET held = state, state = 'blocked', blocked_at = $2, blocked_by = $3, blocked_reason = $4
		WHERE id = $1 AND state IN ('indexed', 'quarantined') RETURNING id`,
		toTime(block.At), block.By, block.Reason)
}

// Release ends a document's block, if there is one: it serves in the version
// that was taken in last.
func (s *Store) Release(ctx context.Context, document int64) error {
	return s.care(ctx, "release", document, `
		UPDATE document SET state = coalesce(nullif(held, ''), state), held = '', blocked_at = NULL, blocked_by = '', blocked_reason = ''
		WHERE id = $1 AND blocked_at IS NOT NULL RETURNING id`)
}

// Reread has the next sync read a document anew whatever its source says, the
// file that it is attached to as well, and forgets the verdict on its content.
func (s *Store) Reread(ctx context.Context, document int64) error {
	return s.care(ctx, "mark for reading", document, `
		UPDATE document d SET mark = '' FROM document wanted
		WHERE wanted.id = $1 AND wanted.state <> 'gone' AND d.source = wanted.source
			AND (d.id = wanted.id OR starts_with(wanted.path, d.path || '/')) RETURNING d.id`)
}

// care changes what the statement matches and makes it known to the indexes in
// memory. A document that it does not match must at least be there.
func (s *Store) care(ctx context.Context, what string, document int64, statement string, args ...any) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, statement, append([]any{document}, args...)...)
		changed, err := pgx.CollectRows(rows, pgx.RowTo[int64])
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
		SELECT id, title, path, contact, blocked_at IS NOT NULL FROM document WHERE id = $1 AND state <> 'gone'`, document).
		Scan(&c.ID, &c.Title, &c.Path, &c.Contact, &c.Blocked)
	if isNoRows(err) {
		err = retrieval.ErrNoDocument
	}
	if err != nil {
		return retrieval.Cared{}, fmt.Errorf("read document %d: %w", document, err)
	}
	return c, nil
}
