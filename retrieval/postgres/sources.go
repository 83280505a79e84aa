package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// ErrNoSource is returned for a source that the index does not know.
var ErrNoSource = errors.New("the index knows no such source")

// Sources returns all sources that have documents or had them when they were last
// ingested, by name.
func (s *Store) Sources(ctx context.Context) ([]retrieval.Source, error) {
	rows, _ := s.pool.Query(ctx, `
		WITH held AS (
			SELECT source, count(*) AS documents, count(*) FILTER (WHERE state = 'blocked') AS blocked,
				coalesce(array_agg(DISTINCT collection ORDER BY collection) FILTER (WHERE collection IS NOT NULL), '{}') AS collections
			FROM document WHERE state <> 'gone' GROUP BY source
		)
		SELECT coalesce(s.name, h.source), coalesce(s.place, ''), coalesce(h.documents, 0), coalesce(h.blocked, 0), coalesce(h.collections, '{}')
		FROM source s FULL JOIN held h ON h.source = s.name ORDER BY 1`)
	sources, err := pgx.CollectRows(rows, pgx.RowToStructByPos[retrieval.Source])
	if err != nil {
		return nil, fmt.Errorf("read sources: %w", err)
	}
	return sources, nil
}

// CheckPlace returns a *[retrieval.PlaceError] if documents of another place are
// known under the source's name.
func (s *Store) CheckPlace(ctx context.Context, source, place string) error {
	return checkPlace(ctx, s.pool, source, place)
}

// ClaimPlace notes where a source's documents lie, or returns a
// *[retrieval.PlaceError] as CheckPlace does.
func (s *Store) ClaimPlace(ctx context.Context, source, place string) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		if err := checkPlace(ctx, tx, source, place); err != nil {
			return err
		}
		return savePlace(ctx, tx, source, place)
	})
	if _, other := errors.AsType[*retrieval.PlaceError](err); err != nil && !other {
		return fmt.Errorf("note place of source %s: %w", source, err)
	}
	return err
}

// MoveSource notes that a source's documents lie at another place now.
func (s *Store) MoveSource(ctx context.Context, source, place string) error {
	err := s.locked(ctx, []string{source}, func(ctx context.Context) error {
		return s.inTransaction(ctx, func(tx pgx.Tx) error {
			if err := savePlace(ctx, tx, source, place); err != nil {
				return err
			}
			return forgetPosition(ctx, tx, source)
		})
	})
	if err != nil {
		return fmt.Errorf("move source %s: %w", source, err)
	}
	return nil
}

// rowQuerier is a pool or a transaction.
type rowQuerier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func checkPlace(ctx context.Context, db rowQuerier, source, place string) error {
	known := retrieval.PlaceError{Source: source, Named: place}
	err := db.QueryRow(ctx, `
		SELECT coalesce((SELECT place FROM source WHERE name = $1), ''),
			(SELECT count(*) FROM document WHERE source = $1 AND state <> 'gone')`, source).Scan(&known.Known, &known.Documents)
	if err != nil {
		return fmt.Errorf("read place of source %s: %w", source, err)
	}
	if known.Known == "" || known.Known == place || known.Documents == 0 {
		return nil
	}
	return &known
}

func savePlace(ctx context.Context, tx pgx.Tx, source, place string) error {
	_, err := tx.Exec(ctx, `INSERT INTO source (name, place) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET place = excluded.place`, source, place)
	return err
}

// locked runs work while no other process syncs one of the sources.
func (s *Store) locked(ctx context.Context, sources []string, work func(context.Context) error) error {
	for _, source := range slices.Sorted(slices.Values(sources)) {
		held, release, err := s.Lock(ctx, source)
		if err != nil {
			return err
		}
		defer release()
		ctx = held
	}
	return work(ctx)
}

// RemoveSource takes all documents of a source out of the index, and its word on
// who may read which collection. Blocks stay, for the day when a source of that
// name brings the documents back. It returns how many documents went.
func (s *Store) RemoveSource(ctx context.Context, source string) (documents int, err error) {
	err = s.locked(ctx, []string{source}, func(ctx context.Context) error {
		return s.inTransaction(ctx, func(tx pgx.Tx) error {
			known, err := knowsSource(ctx, tx, source)
			if err != nil || !known {
				return errors.Join(err, ErrNoSource)
			}
			rows, _ := tx.Query(ctx, `SELECT id FROM document WHERE source = $1 AND state <> 'gone'`, source)
			ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
			if err != nil {
				return err
			}
			documents = len(ids)
			if _, err := tx.Exec(ctx, `DELETE FROM collection_said WHERE source = $1`, source); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `DELETE FROM source WHERE name = $1`, source); err != nil {
				return err
			}
			if err := forgetPosition(ctx, tx, source); err != nil {
				return err
			}
			return clearDocuments(ctx, tx, ids)
		})
	})
	if err != nil {
		return 0, fmt.Errorf("remove source %s: %w", source, err)
	}
	return documents, nil
}

func knowsSource(ctx context.Context, tx pgx.Tx, source string) (known bool, err error) {
	err = tx.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM source WHERE name = $1) OR EXISTS (SELECT FROM document WHERE source = $1 AND state <> 'gone')`, source).Scan(&known)
	return known, err
}

// RenameSource gives all documents of a source to another name, with their
// vectors and blocks. Where documents are known under that name already it
// returns a *[retrieval.TakenError], unless merge is set: then of two with the
// same path the renamed one stays, with a block that either had. It returns how
// many documents have the new name from now on by it.
func (s *Store) RenameSource(ctx context.Context, from, to string, merge bool) (documents int, err error) {
	err = s.locked(ctx, []string{from, to}, func(ctx context.Context) error {
		return s.inTransaction(ctx, func(tx pgx.Tx) error {
			documents, err = rename(ctx, tx, from, to, merge)
			return err
		})
	})
	if err != nil {
		return 0, fmt.Errorf("rename source %s: %w", from, err)
	}
	return documents, nil
}

func rename(ctx context.Context, tx pgx.Tx, from, to string, merge bool) (documents int, err error) {
	known, err := knowsSource(ctx, tx, from)
	if err != nil || !known {
		return 0, errors.Join(err, ErrNoSource)
	}
	taken := retrieval.TakenError{Name: to}
	err = tx.QueryRow(ctx, `
		SELECT count(*), count(*) FILTER (WHERE EXISTS (
			SELECT FROM document o WHERE o.source = $1 AND o.path = n.path AND o.state <> 'gone'))
		FROM document n WHERE n.source = $2 AND n.state <> 'gone'`, from, to).Scan(&taken.Documents, &taken.Same)
	if err != nil {
		return 0, err
	}
	if taken.Documents > 0 && !merge {
		return 0, &taken
	}
	aside := "\x01" + from // no source is named so
	losers, err := changedIDs(ctx, tx, `
		UPDATE document n SET source = $3 FROM document o
		WHERE o.source = $1 AND o.state <> 'gone' AND n.source = $2 AND n.path = o.path RETURNING n.id`, from, to, aside)
	if err != nil {
		return 0, err
	}
	moved, err := changedIDs(ctx, tx, `
		UPDATE document o SET source = $2
		WHERE o.source = $1 AND NOT EXISTS (SELECT FROM document n WHERE n.source = $2 AND n.path = o.path) RETURNING o.id`, from, to)
	if err != nil {
		return 0, err
	}
	if err := carryBlocks(ctx, tx, from, aside, to); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `UPDATE document SET source = $2 WHERE source = $1`, aside, from); err != nil {
		return 0, err
	}
	for _, sql := range []string{
		`UPDATE collection SET source = $2 WHERE source = $1`,
		`DELETE FROM collection_said s USING collection_said n WHERE s.source = $1 AND n.source = $2 AND n.collection = s.collection`,
		`UPDATE collection_said SET source = $2 WHERE source = $1`,
		`INSERT INTO source (name, place) SELECT $2, coalesce(max(place), '') FROM source WHERE name = $1
			ON CONFLICT (name) DO UPDATE SET place = coalesce(nullif(source.place, ''), excluded.place)`,
		`DELETE FROM source WHERE name = $1 AND $1 <> $2`,
		`DELETE FROM source_position WHERE source IN ($1, $2)`, // the next sync lists all of it
	} {
		if _, err := tx.Exec(ctx, sql, from, to); err != nil {
			return 0, err
		}
	}
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM document WHERE id = ANY ($1) AND state <> 'gone'`, moved).Scan(&documents); err != nil {
		return 0, err
	}
	return documents, clearDocuments(ctx, tx, losers, moved...)
}

// carryBlocks blocks those documents of a source whose counterpart, of another
// name and the same path, is blocked itself.
func carryBlocks(ctx context.Context, tx pgx.Tx, from, aside, to string) error {
	blocked, err := changedIDs(ctx, tx, `
		UPDATE document d SET held = CASE WHEN d.state = 'gone' THEN '' ELSE coalesce(nullif(d.held, ''), d.state) END,
			state = CASE WHEN d.state = 'gone' THEN 'gone' ELSE 'blocked' END, blocked_with = NULL,
			blocked_at = o.blocked_at, blocked_by = o.blocked_by, blocked_reason = o.blocked_reason
		FROM document o
		WHERE o.source IN ($1, $2) AND d.source = $3 AND d.path = o.path AND o.blocked_at IS NOT NULL AND o.blocked_with IS NULL
			AND (d.blocked_at IS NULL OR d.blocked_with IS NOT NULL) RETURNING d.id`, from, aside, to)
	if err != nil {
		return err
	}
	for _, id := range blocked {
		if _, err := coverBelow(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

func changedIDs(ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]int64, error) {
	rows, _ := tx.Query(ctx, sql, args...)
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}
