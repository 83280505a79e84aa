package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/inbox"
)

// Channels keeps how the bot acts in channels.
type Channels struct {
	pool *pgxpool.Pool
}

var _ channels.Store = (*Channels)(nil)

// NewChannels makes the store.
func NewChannels(pool *pgxpool.Pool) *Channels { return &Channels{pool: pool} }

// Setting is how the bot acts in a channel.
func (s *Channels) Setting(ctx context.Context, channelID string) (set channels.Setting, err error) {
	const query = `
		SELECT c.mode, coalesce(p.chat_user_id, '') FROM bot.channel c LEFT JOIN bot.person p ON p.id = c.reviewer
		WHERE c.channel_id = $1`
	err = s.pool.QueryRow(ctx, query, channelID).Scan(&set.Mode, &set.Reviewer)
	if errors.Is(err, pgx.ErrNoRows) {
		return channels.Setting{}, nil
	}
	return set, err
}

// Set changes it. inbox.ErrStale: whoever said so was forgotten meanwhile.
func (s *Channels) Set(ctx context.Context, channelID string, set channels.Setting, by string) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, set.Reviewer); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, by); err != nil || gone {
			return errors.Join(err, inbox.ErrStale)
		}
		reviewer, err := personOf(ctx, tx, set.Reviewer, nil)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO bot.channel (channel_id, mode, reviewer) VALUES ($1, $2, $3)
			ON CONFLICT (channel_id) DO UPDATE SET mode = excluded.mode, reviewer = excluded.reviewer`, channelID, set.Mode, reviewer)
		return err
	})
	if err != nil {
		return fmt.Errorf("set mode of channel: %w", err)
	}
	return nil
}
