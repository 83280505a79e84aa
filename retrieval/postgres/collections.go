package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// SaveCollections makes or changes a source's collections. One that another
// source brought must be the same there, or nothing is saved: two sources must
// not disagree on who may read.
func (s *Store) SaveCollections(ctx context.Context, source string, collections []retrieval.Collection) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		for _, c := range collections {
			tag, err := tx.Exec(ctx, `
				INSERT INTO collection AS old (name, source, rank, staff, guests, channels, link)
				VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT (name) DO UPDATE SET
					rank = excluded.rank, staff = excluded.staff, guests = excluded.guests,
					channels = excluded.channels, link = excluded.link
				WHERE old.source = excluded.source OR (old.rank, old.staff, old.guests, old.channels, old.link)
					= (excluded.rank, excluded.staff, excluded.guests, excluded.channels, excluded.link)`,
				c.Name, source, c.Rank, c.Access.Staff, c.Access.Guests, notNil(c.Access.Channels), c.Link)
			if err != nil {
				return err
			}
			if tag.RowsAffected() == 0 {
				return fmt.Errorf("collection %q belongs to another source with other settings: choose another name", c.Name)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save collections of %s: %w", source, err)
	}
	return nil
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
