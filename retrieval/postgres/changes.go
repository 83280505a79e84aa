package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/lexical"
)

var _ lexical.Loader = (*Store)(nil)

// partSize is how many passages are handed over together.
const partSize = 1000

// Changes hands over what changed after the given version of the index, 0:
// everything, in parts of at most partSize passages. All parts belong to one state
// of the database.
func (s *Store) Changes(ctx context.Context, since int64, take func(lexical.Change) error) error {
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		var first lexical.Change
		if err := tx.QueryRow(ctx, `SELECT version FROM index_version`).Scan(&first.Version); err != nil {
			return err
		}
		if first.Version <= since {
			return take(first)
		}
		if since > 0 {
			rows, _ := tx.Query(ctx, `SELECT id FROM document WHERE version > $1 ORDER BY id`, since)
			var err error
			if first.Gone, err = pgx.CollectRows(rows, pgx.RowTo[int64]); err != nil {
				return err
			}
		}
		return handOver(ctx, tx, since, first, take)
	})
	if err != nil {
		return fmt.Errorf("read changes of the index: %w", err)
	}
	return nil
}

// handOver hands over, after what the first part holds, the passages of the
// documents that changed after a version and serve.
func handOver(ctx context.Context, tx pgx.Tx, since int64, first lexical.Change, take func(lexical.Change) error) error {
	rows, _ := tx.Query(ctx, `
		SELECT p.id, d.id, d.collection, d.title, p.headings, p.body, coalesce(d.valid_from, d.replaces_from), d.valid_until,
			d.superseded_by IS NOT NULL, d.superseded_from
		FROM document d JOIN passage p ON p.document_id = d.id
		WHERE d.state = 'indexed' AND d.version > $1 ORDER BY d.id, p.ordinal`, since)
	defer rows.Close()
	part := first
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if part.Add = append(part.Add, e); len(part.Add) == partSize {
			if err := take(part); err != nil {
				return err
			}
			part = lexical.Change{Version: first.Version}
		}
	}
	if rows.Err() != nil {
		return rows.Err()
	}
	return take(part)
}

// scanEntry reads one passage. A document with a replacement from a known day on
// ends the day before.
func scanEntry(row pgx.CollectableRow) (e lexical.Entry, err error) {
	var from, until, supersededFrom pgtype.Date
	err = row.Scan(&e.PassageID, &e.DocumentID, &e.Collection, &e.Title, &e.Headings, &e.Body, &from, &until,
		&e.Superseded, &supersededFrom)
	e.ValidFrom, e.ValidUntil = fromDate(from), fromDate(until)
	if e.Superseded && supersededFrom.Valid {
		e.Superseded = false
		last := fromDate(supersededFrom).AddDays(-1)
		if e.ValidUntil.IsZero() || last.Compare(e.ValidUntil) < 0 {
			e.ValidUntil = last
		}
	}
	return e, err
}

// Version returns the number of the index's newest change.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	if err := s.pool.QueryRow(ctx, `SELECT version FROM index_version`).Scan(&version); err != nil {
		return 0, fmt.Errorf("read version of the index: %w", err)
	}
	return version, nil
}

var _ retrieval.Passages = (*Store)(nil)

// Passages returns those of the passages that r may see and whose documents
// serve, in the order of ids.
func (s *Store) Passages(ctx context.Context, ids []int64, r retrieval.Readers) ([]retrieval.Hit, error) {
	if len(ids) == 0 || r.Empty() {
		return nil, nil
	}
	rows, _ := s.pool.Query(ctx, selectHit+`
		FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (id, place)
		JOIN passage p ON p.id = wanted.id
		JOIN document d ON d.id = p.document_id
		JOIN collection c ON c.name = d.collection
		LEFT JOIN document n ON n.id = d.superseded_by
		WHERE d.state = 'indexed' AND d.collection = ANY ($2)
		ORDER BY wanted.place`, ids, r.Collections())
	hits, err := pgx.CollectRows(rows, scanHit)
	if err != nil {
		return nil, fmt.Errorf("read passages: %w", err)
	}
	return hits, nil
}

// selectHit names what scanHit reads.
const selectHit = `
		SELECT p.id, p.ordinal, p.headings, p.place, p.anchor, p.body,
			d.id, d.source, d.path, d.title, d.owner, d.collection, coalesce(d.rank, c.rank), coalesce(nullif(d.link, ''), c.link), d.valid_from, d.valid_until, d.as_of,
			d.supersedes, coalesce(n.path, ''), d.superseded_from, d.modified_at, d.hash`

// Around returns those of the passages and of their neighbours that r may see
// and whose documents serve, document by document.
func (s *Store) Around(ctx context.Context, ids []int64, reach int, r retrieval.Readers) ([]retrieval.Neighbour, error) {
	if len(ids) == 0 || r.Empty() {
		return nil, nil
	}
	rows, _ := s.pool.Query(ctx, `
		SELECT DISTINCT ON (p.document_id, p.ordinal)
			p.document_id, d.collection, p.id, p.ordinal, p.headings, p.place, p.anchor, p.body
		FROM passage wanted
		JOIN passage p ON p.document_id = wanted.document_id
			AND p.ordinal BETWEEN wanted.ordinal - $3 AND wanted.ordinal + $3
		JOIN document d ON d.id = p.document_id
		WHERE wanted.id = ANY ($1) AND d.state = 'indexed' AND d.collection = ANY ($2)
		ORDER BY p.document_id, p.ordinal`, ids, r.Collections(), reach)
	near, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n retrieval.Neighbour, err error) {
		p := &n.Passage
		err = row.Scan(&n.Document, &n.Collection, &p.ID, &p.Ordinal, &p.Headings, &p.Place, &p.Anchor, &p.Text)
		return n, err
	})
	if err != nil {
		return nil, fmt.Errorf("read passages with neighbours: %w", err)
	}
	return near, nil
}

func scanHit(row pgx.CollectableRow) (h retrieval.Hit, err error) {
	var from, until, asOf, replaced pgtype.Date
	var modified pgtype.Timestamptz
	p, d := &h.Passage, &h.Document
	err = row.Scan(&p.ID, &p.Ordinal, &p.Headings, &p.Place, &p.Anchor, &p.Text,
		&d.ID, &d.Source, &d.Path, &d.Title, &d.Owner, &d.Collection, &d.Rank, &d.Link, &from, &until, &asOf,
		&d.Supersedes, &d.SupersededBy, &replaced, &modified, &d.Hash)
	d.SupersededFrom = fromDate(replaced)
	d.ValidFrom, d.ValidUntil, d.AsOf, d.ModifiedAt = fromDate(from), fromDate(until), fromDate(asOf), modified.Time
	return h, err
}

// Replacements returns for each of the documents the one that serves on the day
// in its place, directly or after others, as far as r may see it: its id, source,
// path, title, owner, collection and link.
func (s *Store) Replacements(ctx context.Context, documents []int64, day retrieval.Date, r retrieval.Readers) (map[int64]retrieval.Document, error) {
	rows, _ := s.pool.Query(ctx, `
		WITH RECURSIVE chain (first, id) AS (
			SELECT id, superseded_by FROM document WHERE id = ANY ($1) AND superseded_by IS NOT NULL
			UNION
			SELECT chain.first, d.superseded_by FROM chain JOIN document d ON d.id = chain.id WHERE d.superseded_by IS NOT NULL
		)
		SELECT chain.first, d.id, d.source, d.path, d.title, d.owner, d.collection, c.link
		FROM chain JOIN document d ON d.id = chain.id JOIN collection c ON c.name = d.collection
		WHERE d.state = 'indexed' AND d.collection = ANY ($2)
		  AND (d.valid_from IS NULL OR d.valid_from <= $3)
		  AND (d.valid_until IS NULL OR d.valid_until >= $3)
		  AND (d.superseded_by IS NULL OR d.superseded_from > $3)`, documents, r.Collections(), toDate(day))
	replacements := map[int64]retrieval.Document{}
	var first int64
	var d retrieval.Document
	_, err := pgx.ForEachRow(rows, []any{&first, &d.ID, &d.Source, &d.Path, &d.Title, &d.Owner, &d.Collection, &d.Link}, func() error {
		replacements[first] = d
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read replacements of documents: %w", err)
	}
	return replacements, nil
}
