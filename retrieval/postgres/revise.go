package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"lvr.example/sprechstunde/retrieval"
)

// Known returns what is remembered of a source's documents, by path, without
// those that are gone.
func (s *Store) Known(ctx context.Context, source string) (map[string]retrieval.Known, error) {
	rows, _ := s.pool.Query(ctx, `
		SELECT id, path, form, beside, mark, verdict, judged, hash, listed, coalesce(collection, ''), coalesce(nullif(held, ''), state),
			reason_code, reason, remarks
		FROM document WHERE source = $1 AND state <> 'gone'`, source)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k retrieval.Known, err error) {
		err = row.Scan(&k.ID, &k.Path, &k.Version.Form, &k.Version.Beside, &k.Version.Mark, &k.Verdict, &k.Judged, &k.Hash, &k.Listed, &k.Collection, &k.State,
			&k.Reason.Code, &k.Reason.Words, &k.Remarks)
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
	err := s.inTransaction(ctx, func(tx pgx.Tx) error { return s.replace(ctx, tx, rev) })
	if err != nil {
		return fmt.Errorf("save document %s: %w", rev.Document.Path, err)
	}
	return nil
}

func (s *Store) replace(ctx context.Context, tx pgx.Tx, rev retrieval.Revision) error {
	sets, err := s.setsOf(ctx, tx, rev)
	if err != nil {
		return err
	}
	blocked, err := wholeBlocked(ctx, tx, rev.Document.Source, rev.Document.Path)
	if err != nil {
		return err
	}
	document, err := saveDocument(ctx, tx, rev)
	if err != nil {
		return err
	}
	if blocked {
		if _, err := coverBelow(ctx, tx, document); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `DELETE FROM embedded WHERE document_id = $1`, document); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM passage WHERE document_id = $1`, document); err != nil {
		return err
	}
	passages, err := savePassages(ctx, tx, document, rev.Passages)
	if err != nil {
		return err
	}
	for set, units := range sets {
		if err := saveVectors(ctx, tx, document, set, passages, units); err != nil {
			return err
		}
	}
	return raiseVersion(ctx, tx, document)
}

// setsOf returns the sets that the revision has all vectors of, with the units
// as they stand there. A set that was taken out of use since the sync began gets
// none.
func (s *Store) setsOf(ctx context.Context, tx pgx.Tx, rev retrieval.Revision) (map[int16][]retrieval.Unit, error) {
	sets := map[int16][]retrieval.Unit{}
	add := func(model retrieval.Model, units []retrieval.Unit) error {
		if model == (retrieval.Model{}) || slices.ContainsFunc(units, func(u retrieval.Unit) bool { return u.Values == nil }) {
			return nil
		}
		if err := checkLengths(model, units); err != nil {
			return err
		}
		set, err := s.admit(ctx, tx, model)
		if _, unused := errors.AsType[*retrieval.ModelError](err); unused {
			return nil
		}
		sets[set] = units
		return err
	}
	if err := add(rev.Model, rev.Units); err != nil || rev.Next == nil {
		return sets, err
	}
	units := slices.Clone(rev.Units)
	for i := range units {
		units[i].Values = rev.Next.Values[i]
	}
	return sets, add(rev.Next.Model, units)
}

func checkLengths(model retrieval.Model, units []retrieval.Unit) error {
	for _, unit := range units {
		if len(unit.Values) != model.Dimensions {
			return &retrieval.ModelError{
				Have:  retrieval.Model{Name: model.Name, Dimensions: len(unit.Values)},
				Index: []retrieval.Model{model},
			}
		}
	}
	return nil
}

// saveDocument writes the document's row. Its version is raised at the end.
func saveDocument(ctx context.Context, tx pgx.Tx, rev retrieval.Revision) (id int64, err error) {
	d := rev.Document
	facts := rev.Facts
	if facts == nil {
		facts = []retrieval.Fact{}
	}
	err = tx.QueryRow(ctx, `
		INSERT INTO document AS old (source, path, state, form, beside, mark, verdict, hash, listed, collection, title, owner, contact, rank, link,
			valid_from, valid_until, review_on, as_of, supersedes, named, named_date, hidden, remarks, facts, reason_code, reason, failed_since,
			modified_at, version)
		VALUES (@source, @path, 'indexed', @form, @beside, @mark, 'taken', @hash, @listed, @collection, @title, @owner, @contact, nullif(@rank::integer, 0), @link,
			@valid_from, @valid_until, @review_on, @as_of, @supersedes, @named, @named_date, @hidden, @remarks, @facts, @reason_code, @reason,
			CASE WHEN @reason <> '' THEN now() END, @modified_at, 0)
		ON CONFLICT (source, path) DO UPDATE SET
			state = CASE WHEN old.blocked_at IS NULL THEN 'indexed' ELSE 'blocked' END,
			held = CASE WHEN old.blocked_at IS NULL THEN '' ELSE 'indexed' END,
			reason_code = excluded.reason_code, reason = excluded.reason,
			failed_since = CASE WHEN excluded.reason <> '' THEN coalesce(old.failed_since, now()) END,
			form = excluded.form, beside = excluded.beside, mark = excluded.mark, verdict = excluded.verdict, judged = '',
			hash = excluded.hash, listed = excluded.listed, collection = excluded.collection,
			title = excluded.title, owner = excluded.owner, contact = excluded.contact, rank = excluded.rank, link = excluded.link,
			valid_from = excluded.valid_from, valid_until = excluded.valid_until, review_on = excluded.review_on, as_of = excluded.as_of,
			supersedes = excluded.supersedes, named = excluded.named, named_date = excluded.named_date,
			hidden = excluded.hidden, remarks = excluded.remarks, facts = excluded.facts, modified_at = excluded.modified_at
		RETURNING id`, pgx.NamedArgs{
		"source": d.Source, "path": d.Path, "form": rev.Version.Form, "beside": rev.Version.Beside, "mark": rev.Version.Mark, "hash": d.Hash, "listed": rev.Listed, "collection": d.Collection,
		"title": d.Title, "owner": d.Owner, "contact": d.Contact, "rank": d.Rank, "link": d.Link,
		"valid_from": toDate(d.ValidFrom), "valid_until": toDate(d.ValidUntil), "review_on": toDate(d.ReviewOn), "as_of": toDate(d.AsOf),
		"supersedes": d.Supersedes, "named": rev.Named.Title, "named_date": toDate(rev.Named.Date),
		"hidden": rev.Hidden, "remarks": append([]retrieval.Remark{}, rev.Remarks...), "facts": facts, "reason_code": rev.Reason.Code, "reason": rev.Reason.Words, "modified_at": toTime(d.ModifiedAt),
	}).Scan(&id)
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

// saveVectors writes the vectors of all units of a document into a set.
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
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO embedded (document_id, model) VALUES ($1, $2) ON CONFLICT DO NOTHING`, document, model)
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

// Touch takes over new versions of documents whose content did not change.
func (s *Store) Touch(ctx context.Context, source string, versions map[string]retrieval.Version) error {
	var paths, forms, besides, marks []string
	for path, v := range versions {
		paths, forms, besides, marks = append(paths, path), append(forms, v.Form), append(besides, v.Beside), append(marks, v.Mark)
	}
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE document SET form = seen.form, beside = seen.beside, mark = seen.mark, verdict = 'taken', judged = '',
				reason_code = CASE WHEN 'indexed' IN (state, held) THEN '' ELSE reason_code END,
				reason = CASE WHEN 'indexed' IN (state, held) THEN '' ELSE reason END,
				failed_since = CASE WHEN 'indexed' IN (state, held) THEN NULL ELSE failed_since END
			FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS seen (path, form, beside, mark)
			WHERE document.source = $1 AND document.path = seen.path`, source, paths, forms, besides, marks)
		return err
	})
	if err != nil {
		return fmt.Errorf("touch documents of %s: %w", source, err)
	}
	return nil
}

// Refuse records that a document could not be taken in. A version that serves
// serves on, unless the refusal withdraws it.
func (s *Store) Refuse(ctx context.Context, r retrieval.Refusal) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		blocked, err := wholeBlocked(ctx, tx, r.Source, r.Path)
		if err != nil {
			return err
		}
		var id int64
		err = tx.QueryRow(ctx, `
			INSERT INTO document AS old (source, path, state, reason_code, reason, failed_since, form, beside, mark, verdict, judged,
				listed, collection, owner, contact, version)
			VALUES (@source, @path, 'quarantined', @reason_code, @reason, now(), @form, @beside, @mark, @verdict, @judged,
				@listed, nullif(@collection, ''), @owner, @contact, 0)
			ON CONFLICT (source, path) DO UPDATE SET
				state = CASE
					WHEN old.blocked_at IS NOT NULL THEN 'blocked'
					WHEN old.state = 'indexed' AND NOT @withdraw THEN 'indexed'
					ELSE 'quarantined' END,
				held = CASE
					WHEN old.blocked_at IS NULL THEN ''
					WHEN old.held = 'indexed' AND NOT @withdraw THEN 'indexed'
					ELSE 'quarantined' END,
				reason_code = excluded.reason_code, reason = excluded.reason, failed_since = coalesce(old.failed_since, now()),
				form = excluded.form, beside = excluded.beside, mark = excluded.mark, verdict = excluded.verdict, judged = excluded.judged,
				listed = excluded.listed,
				owner = CASE WHEN old.hash <> '' THEN old.owner ELSE excluded.owner END,
				contact = CASE WHEN old.hash <> '' AND old.contact <> '' THEN old.contact ELSE excluded.contact END,
				collection = CASE WHEN old.hash <> '' THEN old.collection ELSE excluded.collection END
			RETURNING id`, pgx.NamedArgs{
			"source": r.Source, "path": r.Path, "reason_code": r.Reason.Code, "reason": r.Reason.Words,
			"form": r.Version.Form, "beside": r.Version.Beside, "mark": r.Version.Mark, "verdict": r.Verdict, "judged": r.Judged,
			"listed": r.Listed, "collection": r.Collection, "withdraw": r.Withdraw, "owner": r.Owner, "contact": r.Contact,
		}).Scan(&id)
		if err != nil {
			return err
		}
		if blocked {
			if _, err := coverBelow(ctx, tx, id); err != nil {
				return err
			}
		}
		return raiseVersion(ctx, tx, id)
	})
	if err != nil {
		return fmt.Errorf("record refusal of %s: %w", r.Path, err)
	}
	return nil
}

// Remove empties documents that their source no longer has. A block stays, for
// the day when they come back.
func (s *Store) Remove(ctx context.Context, source string, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `SELECT id FROM document WHERE source = $1 AND path = ANY ($2) AND state <> 'gone'`, source, paths)
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		return clearDocuments(ctx, tx, ids)
	})
	if err != nil {
		return fmt.Errorf("remove documents of %s: %w", source, err)
	}
	return nil
}

// clearDocuments leaves nothing of documents but their paths and blocks, and makes that and
// the change of others known. It must be the last of a transaction.
func clearDocuments(ctx context.Context, tx pgx.Tx, documents []int64, others ...int64) error {
	for _, sql := range []string{
		`UPDATE document SET state = 'gone', held = '', reason_code = '', reason = '', failed_since = NULL,
			form = '', beside = '', mark = '', verdict = 'reread', judged = '', hash = '', title = '',
			owner = '', contact = '', rank = NULL, link = '', supersedes = '', named = '', named_date = NULL, facts = '[]', hidden = 0, remarks = '[]',
			superseded_by = NULL, superseded_from = NULL, replaces_from = NULL, known_since = NULL,
			valid_from = NULL, valid_until = NULL, review_on = NULL, as_of = NULL
		WHERE id = ANY ($1)`,
		`DELETE FROM embedded WHERE document_id = ANY ($1)`,
		`DELETE FROM passage WHERE document_id = ANY ($1)`,
	} {
		if _, err := tx.Exec(ctx, sql, documents); err != nil {
			return err
		}
	}
	return raiseVersion(ctx, tx, slices.Concat(documents, others)...)
}
