package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// Replacements returns for each of the documents the one that serves on the day
// in its place: of those that replaced it, one after the other, the first that
// serves and that r may see. It gives id, source, path, title, owner, collection
// and link. One that does not serve on the day, or that r may not see, is passed
// over, not followed to an end: what replaced it goes on replacing.
func (s *Store) Replacements(ctx context.Context, documents []int64, day retrieval.Date, r retrieval.Readers) (map[int64]retrieval.Document, error) {
	rows, _ := s.pool.Query(ctx, `
		WITH RECURSIVE chain (first, id, seen) AS (
			SELECT id, superseded_by, ARRAY[id] FROM document WHERE id = ANY ($1) AND superseded_by IS NOT NULL
			UNION ALL
			SELECT chain.first, d.superseded_by, seen || d.id FROM chain JOIN document d ON d.id = chain.id
			WHERE d.superseded_by IS NOT NULL AND d.id <> ALL (seen)
		)
		SELECT DISTINCT ON (chain.first) chain.first, d.id, d.source, d.path, d.title, d.owner, d.collection,
			coalesce(nullif(d.link, ''), c.link)
		FROM chain JOIN document d ON d.id = chain.id JOIN collection c ON c.name = d.collection
		WHERE d.id <> chain.first AND serves(d, $3) AND d.collection = ANY ($2)
		ORDER BY chain.first, cardinality(seen)`, documents, r.Collections(), toDate(day))
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
