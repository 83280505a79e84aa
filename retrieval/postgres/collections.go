package postgres

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// NarrowCollections lets nobody read the collections whom the source's settings do
// not let read, and changes nothing else: neither does it make a collection nor
// widen one. It holds whatever becomes of the rest of a sync.
func (s *Store) NarrowCollections(ctx context.Context, source string, said []retrieval.Collection) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		stored, err := lockCollections(ctx, tx, said)
		if err != nil {
			return err
		}
		for _, c := range said {
			old, known := stored[c.Name]
			if !known {
				continue
			}
			claim := c.Access
			if before, ok := old.said[source]; ok {
				claim = before.Both(c.Access)
			}
			if err := saveSaid(ctx, tx, c.Name, source, claim); err != nil {
				return err
			}
			if err := saveAccess(ctx, tx, c.Name, old.Access.Both(c.Access)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("narrow collections of %s: %w", source, err)
	}
	return nil
}

// SaveCollections makes or changes a source's collections. Where several sources
// list documents in one, those may read whom all of them allow, and rank and link
// are those of the source that made it; what they do not agree on is returned.
func (s *Store) SaveCollections(ctx context.Context, source string, said []retrieval.Collection) (disagreements []retrieval.Disagreement, err error) {
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		disagreements = nil
		stored, err := lockCollections(ctx, tx, said)
		if err != nil {
			return err
		}
		for _, c := range said {
			old, known := stored[c.Name]
			differ, err := saveCollection(ctx, tx, source, c, old, known)
			if err != nil {
				return err
			}
			disagreements = append(disagreements, differ...)
		}
		return forgetSaid(ctx, tx, source, said)
	})
	if err != nil {
		return nil, fmt.Errorf("save collections of %s: %w", source, err)
	}
	return disagreements, nil
}

// storedCollection is a collection with what each source says of its readers.
type storedCollection struct {
	retrieval.Collection
	owner string // the source that made it
	said  map[string]retrieval.Access
}

// lockCollections reads collections and keeps them as they are until tx ends.
func lockCollections(ctx context.Context, tx pgx.Tx, wanted []retrieval.Collection) (map[string]*storedCollection, error) {
	names := make([]string, len(wanted))
	for i, c := range wanted {
		names[i] = c.Name
	}
	rows, _ := tx.Query(ctx, `
		SELECT name, source, rank, staff, guests, channels, link FROM collection WHERE name = ANY ($1) ORDER BY name FOR UPDATE`, names)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*storedCollection, error) {
		c := storedCollection{said: map[string]retrieval.Access{}}
		err := row.Scan(&c.Name, &c.owner, &c.Rank, &c.Access.Staff, &c.Access.Guests, &c.Access.Channels, &c.Link)
		return &c, err
	})
	if err != nil {
		return nil, err
	}
	stored := make(map[string]*storedCollection, len(all))
	for _, c := range all {
		stored[c.Name] = c
	}
	rows, _ = tx.Query(ctx, `SELECT collection, source, staff, guests, channels FROM collection_said WHERE collection = ANY ($1)`, names)
	var name, source string
	var access retrieval.Access
	_, err = pgx.ForEachRow(rows, []any{&name, &source, &access.Staff, &access.Guests, &access.Channels}, func() error {
		stored[name].said[source] = retrieval.Access{Staff: access.Staff, Guests: access.Guests, Channels: slices.Clone(access.Channels)}
		return nil
	})
	return stored, err
}

func saveCollection(ctx context.Context, tx pgx.Tx, source string, c retrieval.Collection, old *storedCollection, known bool) (differ []retrieval.Disagreement, err error) {
	owner, access := source, c.Access
	if known {
		for _, other := range slices.Sorted(maps.Keys(old.said)) {
			if other == source {
				continue
			}
			if !old.said[other].Equal(c.Access) {
				differ = append(differ, retrieval.Disagreement{Collection: c.Name, Source: other, Readers: true})
			}
			access = access.Both(old.said[other])
			if other == old.owner {
				owner = old.owner
			}
		}
		if owner != source && (c.Rank != old.Rank || c.Link != old.Link) {
			differ = append(differ, retrieval.Disagreement{Collection: c.Name, Source: owner})
			c.Rank, c.Link = old.Rank, old.Link
		}
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO collection (name, source, rank, staff, guests, channels, link)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (name) DO UPDATE SET source = excluded.source, rank = excluded.rank, staff = excluded.staff,
			guests = excluded.guests, channels = excluded.channels, link = excluded.link`,
		c.Name, owner, c.Rank, access.Staff, access.Guests, notNil(access.Channels), c.Link)
	if err != nil {
		return nil, err
	}
	return differ, saveSaid(ctx, tx, c.Name, source, c.Access)
}

func saveSaid(ctx context.Context, tx pgx.Tx, collection, source string, access retrieval.Access) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO collection_said (collection, source, staff, guests, channels) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (collection, source) DO UPDATE SET staff = excluded.staff, guests = excluded.guests, channels = excluded.channels`,
		collection, source, access.Staff, access.Guests, notNil(access.Channels))
	return err
}

func saveAccess(ctx context.Context, tx pgx.Tx, collection string, access retrieval.Access) error {
	_, err := tx.Exec(ctx, `UPDATE collection SET staff = $2, guests = $3, channels = $4 WHERE name = $1`,
		collection, access.Staff, access.Guests, notNil(access.Channels))
	return err
}

// forgetSaid forgets what the source said of collections that it lists nothing in
// any more. Where documents still stand, as below a folder that could not be
// read, its word holds.
func forgetSaid(ctx context.Context, tx pgx.Tx, source string, said []retrieval.Collection) error {
	names := make([]string, len(said))
	for i, c := range said {
		names[i] = c.Name
	}
	_, err := tx.Exec(ctx, `
		DELETE FROM collection_said s WHERE s.source = $1 AND s.collection <> ALL ($2)
			AND NOT EXISTS (SELECT FROM document d WHERE d.source = $1 AND d.listed = s.collection AND d.state <> 'gone')`, source, names)
	return err
}

// Collections returns all collections by name.
func (s *Store) Collections(ctx context.Context) ([]retrieval.Collection, error) {
	rows, _ := s.pool.Query(ctx, `SELECT name, rank, staff, guests, channels, link FROM collection ORDER BY name`)
	collections, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c retrieval.Collection, err error) {
		err = row.Scan(&c.Name, &c.Rank, &c.Access.Staff, &c.Access.Guests, &c.Access.Channels, &c.Link)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read collections: %w", err)
	}
	return collections, nil
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
