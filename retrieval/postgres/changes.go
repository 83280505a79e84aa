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
		SELECT p.id, d.id, d.collection, d.title, p.headings, p.body, d.valid_from, d.replaces_from, d.valid_until,
			coalesce(n.path, ''), d.superseded_from
		FROM document d JOIN passage p ON p.document_id = d.id LEFT JOIN document n ON n.id = d.superseded_by
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

// scanEntry reads one passage.
func scanEntry(row pgx.CollectableRow) (e lexical.Entry, err error) {
	var d retrieval.Document
	var v validity
	err = row.Scan(append([]any{&e.PassageID, &e.DocumentID, &e.Collection, &e.Title, &e.Headings, &e.Body}, v.columns(&d)...)...)
	v.fill(&d)
	e.Validity = d.Validity()
	return e, err
}

// validity is what a document's period rests on, as it is read: valid_from,
// replaces_from, valid_until, the path of the replacement, superseded_from.
type validity struct{ from, replaces, until, replaced pgtype.Date }

func (v *validity) columns(d *retrieval.Document) []any {
	return []any{&v.from, &v.replaces, &v.until, &d.SupersededBy, &v.replaced}
}

func (v *validity) fill(d *retrieval.Document) {
	d.ValidFrom, d.ReplacesFrom, d.ValidUntil, d.SupersededFrom = fromDate(v.from), fromDate(v.replaces), fromDate(v.until), fromDate(v.replaced)
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
// serve on the day, in the order of ids.
func (s *Store) Passages(ctx context.Context, ids []int64, day retrieval.Date, r retrieval.Readers) ([]retrieval.Hit, error) {
	if len(ids) == 0 || r.Empty() {
		return nil, nil
	}
	rows, _ := s.pool.Query(ctx, selectHit+`
		FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (id, place)
		JOIN passage p ON p.id = wanted.id
		JOIN document d ON d.id = p.document_id
		JOIN collection c ON c.name = d.collection
		LEFT JOIN document n ON n.id = d.superseded_by
		WHERE serves(d, $3) AND d.collection = ANY ($2)
		ORDER BY wanted.place`, ids, r.Collections(), toDate(day))
	hits, err := pgx.CollectRows(rows, scanHit)
	if err != nil {
		return nil, fmt.Errorf("read passages: %w", err)
	}
	return hits, nil
}

// PassagesOf returns the passages of the documents with a path, in any source, that
// serve on the day and that r may see, in their order.
func (s *Store) PassagesOf(ctx context.Context, path string, day retrieval.Date, r retrieval.Readers) ([]retrieval.Hit, error) {
	if r.Empty() {
		return nil, nil
	}
	rows, _ := s.pool.Query(ctx, selectHit+`
		FROM document d
		JOIN passage p ON p.document_id = d.id
		JOIN collection c ON c.name = d.collection
		LEFT JOIN document n ON n.id = d.superseded_by
		WHERE d.path = $1 AND serves(d, $3) AND d.collection = ANY ($2)
		ORDER BY d.source, p.ordinal`, path, r.Collections(), toDate(day))
	hits, err := pgx.CollectRows(rows, scanHit)
	if err != nil {
		return nil, fmt.Errorf("read passages of a document: %w", err)
	}
	return hits, nil
}

// selectHit names what scanHit reads.
const selectHit = `
		SELECT p.id, p.ordinal, p.headings, p.place, p.anchor, p.body,
			d.id, d.source, d.path, d.title, d.owner, d.collection, coalesce(d.rank, c.rank), coalesce(nullif(d.link, ''), c.link),
			d.valid_from, d.replaces_from, d.valid_until, coalesce(n.path, ''), d.superseded_from,
			d.as_of, d.supersedes, d.modified_at, d.hash`

// Around returns those of the passages and of their neighbours that r may see
// and whose documents serve on the day, document by document.
func (s *Store) Around(ctx context.Context, ids []int64, reach int, day retrieval.Date, r retrieval.Readers) ([]retrieval.Neighbour, error) {
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
		WHERE wanted.id = ANY ($1) AND serves(d, $4) AND d.collection = ANY ($2)
		ORDER BY p.document_id, p.ordinal`, ids, r.Collections(), reach, toDate(day))
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
	var v validity
	var asOf pgtype.Date
	var modified pgtype.Timestamptz
	p, d := &h.Passage, &h.Document
	columns := []any{&p.ID, &p.Ordinal, &p.Headings, &p.Place, &p.Anchor, &p.Text,
		&d.ID, &d.Source, &d.Path, &d.Title, &d.Owner, &d.Collection, &d.Rank, &d.Link}
	columns = append(columns, v.columns(d)...)
	err = row.Scan(append(columns, &asOf, &d.Supersedes, &modified, &d.Hash)...)
	v.fill(d)
	d.AsOf, d.ModifiedAt = fromDate(asOf), modified.Time
	return h, err
}
