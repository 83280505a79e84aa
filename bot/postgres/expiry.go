package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval/database"
)

// Expired counts what Expire removed.
type Expired struct {
	Texts   int64 // of replies, what was typed, hand-overs, tickets and hosts' answers
	Persons int64 // persons of a month
}

// Expire removes texts whose time is over and forgets the persons of months that
// are more than 13 months ago. Rows stay, with state and outcome. Call it once an
// hour or so.
func Expire(ctx context.Context, pool *pgxpool.Pool, now time.Time) (e Expired, err error) {
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if err := database.UnhurriedTx(ctx, tx); err != nil { // a month that nobody tidied up is much
			return err
		}
		for _, query := range expiring {
			tag, err := tx.Exec(ctx, query, now)
			if err != nil {
				return err
			}
			e.Texts += tag.RowsAffected()
		}
		if _, err := tx.Exec(ctx, "DELETE FROM bot.told WHERE day < ($1::timestamptz AT TIME ZONE 'UTC')::date - 2", now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM bot.reminder WHERE session <= $1", now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM bot.purse_day WHERE day < ($1::timestamptz AT TIME ZONE 'UTC')::date", now.Add(-purseRest)); err != nil {
			return err
		}
		persons, err := lockPersons(ctx, tx, "p.month < ($1::timestamptz AT TIME ZONE 'UTC')::date - interval '13 months'", now)
		if err != nil {
			return err
		}
		e.Persons = int64(len(persons))
		return forgetPersons(ctx, tx, persons)
	})
	if err != nil {
		return Expired{}, fmt.Errorf("expire texts: %w", err)
	}
	return e, nil
}

// purseRest is how long a budget outlives its day in UTC: the day of a house begins and
// ends at its own midnight.
const purseRest = 4 * time.Hour

var expiring = []string{
	"UPDATE bot.draft SET text = '', buttons = '[]', files = '{}' WHERE text <> '' AND expires_at <= $1",
	"DELETE FROM bot.field WHERE expires_at <= $1",
	"DELETE FROM bot.file WHERE expires_at <= $1",
	"UPDATE bot.handover SET " + noText + ", state = CASE state WHEN 'proposed' THEN 'lapsed' ELSE state END WHERE text <> '' AND expires_at <= $1",
	"UPDATE bot.ticket SET text = '' WHERE text <> '' AND expires_at <= $1",
	"UPDATE bot.ticket_asker SET text = '', name = '' WHERE text <> '' AND expires_at <= $1",
	"DELETE FROM bot.coffee WHERE expires_at <= $1",
	"DELETE FROM bot.gap_report WHERE expires_at <= $1",
	"UPDATE bot.ticket_answer SET text = '' WHERE text <> '' AND expires_at <= $1",
	"UPDATE bot.approved_answer SET " + noVersion + ", stage = CASE stage WHEN 'draft' THEN 'returned' ELSE stage END WHERE text <> '' AND expires_at <= $1",
}
