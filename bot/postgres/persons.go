package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// personOf returns the id that stands for the user in the month of at (nil:
// now), and nil for no user. It is made at first use.
func personOf(ctx context.Context, tx pgx.Tx, userID string, at *time.Time) (*uuid.UUID, error) {
	if userID == "" {
		return nil, nil
	}
	// The update of nothing makes the row come back also when it was there.
	const query = `
		INSERT INTO bot.person (chat_user_id, month)
		VALUES ($1, date_trunc('month', coalesce($2::timestamptz, now()) AT TIME ZONE 'UTC')::date)
		ON CONFLICT (chat_user_id, month) DO UPDATE SET month = excluded.month
		RETURNING id`
	var id uuid.UUID
	if err := tx.QueryRow(ctx, query, userID, at).Scan(&id); err != nil {
		return nil, fmt.Errorf("find person: %w", err)
	}
	return &id, nil
}

// forgotten reports whether the person behind a question was forgotten meanwhile:
// a worker that is at it must leave nothing of them. An id that is no question's
// is nobody's, and what the house has to say may concern nobody.
func forgotten(ctx context.Context, tx pgx.Tx, questionID string) (gone bool, err error) {
	id, err := uuid.Parse(questionID)
	if err != nil {
		return false, nil //nolint:nilerr // an id that is none names no question
	}
	err = tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM bot.question WHERE id = $1 AND person_id IS NULL AND origin <> 'house')", id).Scan(&gone)
	return gone, err
}
