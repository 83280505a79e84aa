package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// cover brings documents attached to files in line with those files' blocks and
// returns which it changed. A document's own block stays before any other.
const cover = `
	UPDATE document d SET
		state = CASE WHEN part.whole IS NULL THEN coalesce(nullif(d.held, ''), d.state)
			WHEN d.state IN ('indexed', 'quarantined') THEN 'blocked' ELSE d.state END,
		held = CASE WHEN part.whole IS NULL THEN ''
			WHEN d.state IN ('indexed', 'quarantined') THEN d.state ELSE d.held END,
		blocked_with = part.whole, blocked_at = part.at, blocked_by = part.by, blocked_reason = part.reason
	FROM (
		SELECT p.id, w.id AS whole, w.blocked_at AS at, coalesce(w.blocked_by, '') AS by, coalesce(w.blocked_reason, '') AS reason
		FROM document wanted
		JOIN document p ON p.source = wanted.source AND (p.id = wanted.id OR starts_with(p.path, wanted.path || '/'))
		LEFT JOIN LATERAL (
			SELECT w.* FROM document w
			WHERE w.source = p.source AND starts_with(p.path, w.path || '/') AND w.blocked_at IS NOT NULL AND w.blocked_with IS NULL
			ORDER BY w.path LIMIT 1 -- the outermost
		) w ON true
		WHERE wanted.id = $1 AND (p.blocked_at IS NULL OR p.blocked_with IS NOT NULL)
			AND p.blocked_with IS DISTINCT FROM w.id
	) part
	WHERE d.id = part.id RETURNING d.id`

// coverBelow covers, or uncovers, a document and what is attached to it.
func coverBelow(ctx context.Context, tx pgx.Tx, document int64) ([]int64, error) {
	rows, _ := tx.Query(ctx, cover, document)
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// wholeBlocked reports whether a file that a document is attached to is blocked,
// and keeps it so until tx ends: a block or release must not overlook a document
// that tx takes in. To be called before the document is touched.
func wholeBlocked(ctx context.Context, tx pgx.Tx, source, path string) (bool, error) {
	wholes := above(path)
	if len(wholes) == 0 {
		return false, nil
	}
	// Planned anew each time: a plan of when the index was empty reads every document.
	rows, _ := tx.Query(ctx, `
		SELECT blocked_at IS NOT NULL FROM document WHERE source = $1 AND path = ANY ($2) ORDER BY path FOR SHARE`,
		pgx.QueryExecModeExec, source, wholes)
	blocked, err := pgx.CollectRows(rows, pgx.RowTo[bool])
	return slices.Contains(blocked, true), err
}

// above returns the paths that a path lies below.
func above(path string) (paths []string) {
	for i, sign := range path {
		if sign == '/' && i > 0 {
			paths = append(paths, path[:i])
		}
	}
	return paths
}

// coveredBy returns a *[retrieval.CoveredError] as covered for a document under
// the block of a file that it is attached to.
func coveredBy(ctx context.Context, tx pgx.Tx, document int64) (covered, err error) {
	var found retrieval.CoveredError
	err = tx.QueryRow(ctx, `
		SELECT w.id, w.path FROM document d JOIN document w ON w.id = d.blocked_with WHERE d.id = $1`, document).
		Scan(&found.Whole, &found.Path)
	if isNoRows(err) {
		return nil, nil
	}
	return &found, err
}
