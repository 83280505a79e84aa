package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Position returns where a source goes on following its server, "" where nothing
// is kept.
func (s *Store) Position(ctx context.Context, source string) (position string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT position FROM source_position WHERE source = $1`, source).Scan(&position)
	if err != nil && !isNoRows(err) {
		return "", fmt.Errorf("read the position of source %s: %w", source, err)
	}
	return position, nil
}

// SavePosition keeps where a source goes on; "" forgets it.
func (s *Store) SavePosition(ctx context.Context, source, position string) error {
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		if position == "" {
			_, err := tx.Exec(ctx, `DELETE FROM source_position WHERE source = $1`, source)
			return err
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO source_position AS p (source, position) VALUES ($1, $2)
			ON CONFLICT (source) DO UPDATE SET position = $2 WHERE p.position <> $2`, source, position)
		return err
	})
	if err != nil {
		return fmt.Errorf("save the position of source %s: %w", source, err)
	}
	return nil
}

// forgetPosition has a source listed in full at its next sync.
func forgetPosition(ctx context.Context, tx pgx.Tx, source string) error {
	_, err := tx.Exec(ctx, `DELETE FROM source_position WHERE source = $1`, source)
	return err
}
