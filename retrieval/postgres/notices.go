package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lvr.example/sprechstunde/retrieval"
)

// noticeDays is how long before the last day of its validity an owner hears of
// it, and for how long after it, if nobody was told before: what expired earlier
// than that is an archive.
const noticeDays = 30

// Gather puts what has happened to documents since it was last called, and has
// somebody to tell it to, into bundles: one for each person. It returns all
// bundles that are not [Store.HandOver] yet. Each event gets into one bundle,
// whatever crashes and however many call at a time. Sources that are being synced
// at the moment wait, so that their owners get one bundle for all of it.
func (s *Store) Gather(ctx context.Context, day retrieval.Date) (open []retrieval.Bundle, err error) {
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, lockOf("notices "+s.schema)); err != nil {
			return err
		}
		sources, err := s.idleSources(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, gatherQuery, pgx.NamedArgs{"day": toDate(day), "days": noticeDays, "sources": sources}); err != nil {
			return err
		}
		rows, _ := tx.Query(ctx, `SELECT id, contact FROM bundle WHERE handed_at IS NULL ORDER BY id`)
		open, err = pgx.CollectRows(rows, pgx.RowToStructByPos[retrieval.Bundle])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("gather notices: %w", err)
	}
	return open, nil
}

// idleSources returns the sources that nobody is syncing; see [Store.Lock].
func (s *Store) idleSources(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, _ := tx.Query(ctx, `SELECT DISTINCT source FROM document`)
	sources, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	idle := []string{}
	for _, source := range sources {
		key := uint64(lockOf("source " + s.schema + " " + source))
		var busy bool
		err := tx.QueryRow(ctx, `
			SELECT EXISTS (SELECT FROM pg_locks
				WHERE locktype = 'advisory' AND granted AND objsubid = 1 -- keys of one number
					AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
					AND classid = $1::bigint::oid AND objid = $2::bigint::oid)`,
			int64(key>>32), int64(key&0xffffffff)).Scan(&busy)
		if err != nil {
			return nil, err
		}
		if !busy {
			idle = append(idle, source)
		}
	}
	return idle, nil
}

// events are what owners should know of, as things stand on a day. The key of a
// failure changes when it is mended in between and, unless it may pass by itself,
// with its reason. A document that is blocked needs no word, and the end of one
// that is replaced before it neither.
const events = `
	event (document_id, kind, key) AS (
		SELECT id, 'failed', extract(epoch FROM failed_since)::text || CASE WHEN verdict IN ('again', 'reread') THEN '' ELSE ' ' || md5(reason) END
		FROM document WHERE reason <> '' AND state IN ('indexed', 'quarantined')
		UNION ALL
		SELECT id, 'expiring', valid_until::text FROM document d
		WHERE valid_until BETWEEN @day::date - @days::integer AND @day::date + @days::integer AND serves(d, valid_until)
		UNION ALL
		SELECT id, 'review', review_on::text FROM document d WHERE review_on <= @day AND serves(d, @day)
		UNION ALL
		SELECT id, 'superseded', superseded_by || ' ' || coalesce(superseded_from::text, '') FROM document
		WHERE superseded_by IS NOT NULL AND state = 'indexed'
		UNION ALL
		SELECT id, 'left_out', md5(remarks::text) FROM document d WHERE remarks <> '[]' AND serves(d, @day)
	)`

const gatherQuery = `
	WITH ` + events + `, fresh AS (
		SELECT e.*, d.contact FROM event e JOIN document d ON d.id = e.document_id
		WHERE d.contact <> '' AND d.source = ANY (@sources)
			AND NOT EXISTS (SELECT FROM notice n WHERE (n.document_id, n.kind, n.key) = (e.document_id, e.kind, e.key))
	), made AS (
		INSERT INTO bundle (contact) SELECT DISTINCT contact FROM fresh RETURNING id, contact
	)
	INSERT INTO notice (document_id, kind, key, bundle_id)
	SELECT f.document_id, f.kind, f.key, m.id FROM fresh f JOIN made m ON m.contact = f.contact`

// HandOver notes that a bundle will be told. Call it when whoever tells it cannot
// forget it any more.
func (s *Store) HandOver(ctx context.Context, bundle int64) error {
	if _, err := s.pool.Exec(ctx, `UPDATE bundle SET handed_at = now() WHERE id = $1 AND handed_at IS NULL`, bundle); err != nil {
		return fmt.Errorf("hand over bundle %d: %w", bundle, err)
	}
	return nil
}

// Notices returns what a bundle tells, by kind and path, as far as it still
// holds: what was mended or changed since needs no word.
func (s *Store) Notices(ctx context.Context, bundle int64, day retrieval.Date) ([]retrieval.Notice, error) {
	rows, _ := s.pool.Query(ctx, `
		WITH `+events+`
		SELECT n.kind, d.id, d.title, d.path, d.reason_code, d.reason, serves(d, @day), coalesce(by.title, ''), d.remarks,
			CASE n.kind WHEN 'expiring' THEN d.valid_until WHEN 'review' THEN d.review_on WHEN 'superseded' THEN d.superseded_from END
		FROM notice n
		JOIN event e USING (document_id, kind, key)
		JOIN document d ON d.id = n.document_id
		JOIN bundle b ON b.id = n.bundle_id AND b.contact = d.contact
		LEFT JOIN document by ON by.id = d.superseded_by
		WHERE n.bundle_id = @bundle
		ORDER BY n.kind, d.path`, pgx.NamedArgs{"bundle": bundle, "day": toDate(day), "days": noticeDays})
	notices, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n retrieval.Notice, err error) {
		var date pgtype.Date
		err = row.Scan(&n.Kind, &n.DocumentID, &n.Title, &n.Path, &n.Reason.Code, &n.Reason.Words, &n.Serves, &n.By, &n.Remarks, &date)
		n.Day = fromDate(date)
		return n, err
	})
	if err != nil {
		return nil, fmt.Errorf("read bundle %d: %w", bundle, err)
	}
	return notices, nil
}
