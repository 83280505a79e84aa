package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/database"
)

// DocumentRow is what operators see of a document.
type DocumentRow struct {
	Document retrieval.Document
	State    retrieval.State
	Reason   retrieval.Reason // why it is quarantined, or why its newest version does not serve
	Block    retrieval.Block  // zero: it is not blocked
	Passages int
	Model    string // of the active embedding set, if it is in it; empty: keyword search only
	Facts    []retrieval.Fact
	Hidden   int // pieces of text dropped because no reader could see them
	Remarks  []retrieval.Remark
}

// Documents returns all documents that are not gone, by source and path.
func (s *Store) Documents(ctx context.Context) ([]DocumentRow, error) {
	return s.documents(ctx, "", 0)
}

// FindDocument returns the documents with this path, in any source, also those
// gone whose block waits for their return.
func (s *Store) FindDocument(ctx context.Context, path string) ([]DocumentRow, error) {
	return s.documents(ctx, path, 1)
}

func (s *Store) documents(ctx context.Context, path string, only int) ([]DocumentRow, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT d.id, d.source, d.path, d.title, d.owner, d.contact, coalesce(d.collection, ''), coalesce(d.rank, c.rank, 0), coalesce(nullif(d.link, ''), c.link, ''),
			d.valid_from, d.valid_until, d.review_on, d.as_of, d.supersedes, coalesce(n.path, ''), d.superseded_from, d.modified_at, d.hash, d.state, d.reason_code, d.reason,
			d.blocked_at, d.blocked_by, d.blocked_reason, coalesce(w.path, ''), d.facts, d.hidden, d.remarks,
			(SELECT count(*) FROM passage p WHERE p.document_id = d.id), coalesce(m.name, '')
		FROM document d
		LEFT JOIN collection c ON c.name = d.collection
		LEFT JOIN document n ON n.id = d.superseded_by
		LEFT JOIN document w ON w.id = d.blocked_with
		LEFT JOIN (embedded e JOIN model m ON m.id = e.model AND m.state = 'active') ON e.document_id = d.id
		WHERE $2 = 0 AND d.state <> 'gone' OR $2 = 1 AND d.path = $1 AND (d.state <> 'gone' OR d.blocked_at IS NOT NULL)
		ORDER BY d.source, d.path`, path, only)
	documents, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r DocumentRow, err error) {
		var from, until, review, asOf, replaced pgtype.Date
		var modified, blocked pgtype.Timestamptz
		d := &r.Document
		err = row.Scan(&d.ID, &d.Source, &d.Path, &d.Title, &d.Owner, &d.Contact, &d.Collection, &d.Rank, &d.Link,
			&from, &until, &review, &asOf, &d.Supersedes, &d.SupersededBy, &replaced, &modified, &d.Hash, &r.State, &r.Reason.Code, &r.Reason.Words,
			&blocked, &r.Block.By, &r.Block.Reason, &r.Block.With, &r.Facts, &r.Hidden, &r.Remarks, &r.Passages, &r.Model)
		d.ValidFrom, d.ValidUntil, d.ReviewOn, d.AsOf = fromDate(from), fromDate(until), fromDate(review), fromDate(asOf)
		d.SupersededFrom = fromDate(replaced)
		d.ModifiedAt, r.Block.At = modified.Time, blocked.Time
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	return documents, nil
}

// DocumentPassages returns the passages of a document in their order, for
// operators: rights are not asked.
func (s *Store) DocumentPassages(ctx context.Context, document int64) ([]retrieval.Passage, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT id, ordinal, headings, place, anchor, body FROM passage WHERE document_id = $1 ORDER BY ordinal`, document)
	passages, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p retrieval.Passage, err error) {
		err = row.Scan(&p.ID, &p.Ordinal, &p.Headings, &p.Place, &p.Anchor, &p.Text)
		return p, err
	})
	if err != nil {
		return nil, fmt.Errorf("read passages of document %d: %w", document, err)
	}
	return passages, nil
}

// Size is how much the index holds.
type Size struct {
	Documents int // that serve
	Passages  int
	Vectors   int
}

// Size counts what the index holds.
func (s *Store) Size(ctx context.Context) (size Size, err error) {
	err = s.pool.QueryRow(ctx, `
		SELECT (SELECT count(*) FROM document WHERE state = 'indexed'),
			(SELECT count(*) FROM passage), (SELECT count(*) FROM embedding)`).Scan(&size.Documents, &size.Passages, &size.Vectors)
	if err != nil {
		return Size{}, fmt.Errorf("count the index: %w", err)
	}
	return size, nil
}

// serverTimeout bounds checks that an operator waits for.
const serverTimeout = 5 * time.Second

// Ready reports why the index cannot be used: no writable database, or a schema
// that is not in the newest form.
func (s *Store) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, serverTimeout)
	defer cancel()
	if err := database.Writable(ctx, s.pool); err != nil {
		return err
	}
	return Check(ctx, s.pool, s.schema)
}
