package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/inbox"
)

// Told remembers what people were told on a day, for all replicas.
type Told struct {
	pool *pgxpool.Pool
}

// NewTold makes the store.
func NewTold(pool *pgxpool.Pool) *Told { return &Told{pool: pool} }

// First reports whether the question is the first for which the user is told this
// on the day (2006-01-02). Asked again for the same question it says the same.
// inbox.ErrStale: the person was forgotten meanwhile.
func (s *Told) First(ctx context.Context, userID, what, day, questionID string) (first bool, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, userID); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, questionID); err != nil || gone {
			return errors.Join(err, inbox.ErrStale)
		}
		person, err := personOf(ctx, tx, userID, nil)
		if err != nil {
			return err
		}
		// The update of nothing makes the row come back also when it was there.
		const query = `
			INSERT INTO bot.told (person_id, what, day, question_id) VALUES ($1, $2, $3::date, $4)
			ON CONFLICT (person_id, what, day) DO UPDATE SET what = excluded.what
			RETURNING question_id = $4`
		return tx.QueryRow(ctx, query, person, what, day, questionID).Scan(&first)
	})
	if err != nil {
		return false, fmt.Errorf("note what was told (%s, %s): %w", what, questionID, err)
	}
	return first, nil
}
