package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Cursors remember how far each channel was read.
type Cursors struct {
	pool *pgxpool.Pool
}

// NewCursors makes the store.
func NewCursors(pool *pgxpool.Pool) *Cursors { return &Cursors{pool: pool} }

// Cursor returns the last post that was read, and its time (chat server's, Unix ms).
func (c *Cursors) Cursor(ctx context.Context, channelID string) (postID string, createAt int64, found bool, err error) {
	err = c.pool.QueryRow(ctx, "SELECT post_id, create_at FROM bot.cursor WHERE channel_id = $1", channelID).Scan(&postID, &createAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", 0, false, nil
	}
	if err != nil {
		return "", 0, false, fmt.Errorf("read cursor (%s): %w", channelID, err)
	}
	return postID, createAt, true, nil
}

// SaveCursor moves a cursor on. It never goes back: of two replicas the slower
// one changes nothing.
func (c *Cursors) SaveCursor(ctx context.Context, channelID, postID string, createAt int64) error {
	const query = `
		INSERT INTO bot.cursor (channel_id, post_id, create_at) VALUES ($1, $2, $3)
		ON CONFLICT (channel_id) DO UPDATE SET post_id = excluded.post_id, create_at = excluded.create_at
		WHERE cursor.create_at <= excluded.create_at`
	if _, err := c.pool.Exec(ctx, query, channelID, postID, createAt); err != nil {
		return fmt.Errorf("save cursor (%s): %w", channelID, err)
	}
	return nil
}
