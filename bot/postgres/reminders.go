package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/reminders"
)

// Reminders keeps who wants to be reminded of which session.
type Reminders struct {
	pool *pgxpool.Pool
}

var _ reminders.Store = (*Reminders)(nil)

// NewReminders makes the store.
func NewReminders(pool *pgxpool.Pool) *Reminders { return &Reminders{pool: pool} }

const selectWishes = `
	SELECT r.id::text, p.chat_user_id, r.format, r.session, r.since
	FROM bot.reminder r JOIN bot.person p ON p.id = r.person_id`

// Add keeps a wish, once for a person, whatever the month, and a session.
func (s *Reminders) Add(ctx context.Context, w reminders.Wish, by string) error {
	const query = `
		INSERT INTO bot.reminder (person_id, format, session, since)
		SELECT $1, $3, $4, $5 WHERE NOT EXISTS (
			SELECT FROM bot.reminder r JOIN bot.person p ON p.id = r.person_id WHERE p.chat_user_id = $2 AND r.format = $3 AND r.session = $4)`
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, w.UserID); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, by); err != nil || gone {
			return errors.Join(err, inbox.ErrStale)
		}
		person, err := personOf(ctx, tx, w.UserID, &w.Since)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, query, person, w.UserID, w.Format, w.Session, w.Since)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep wish to be reminded (%s): %w", w.Format, err)
	}
	return nil
}

// Remove forgets wishes of a person.
func (s *Reminders) Remove(ctx context.Context, userID, format string) ([]reminders.Wish, error) {
	const query = `
		DELETE FROM bot.reminder r USING bot.person p
		WHERE p.id = r.person_id AND p.chat_user_id = $1 AND ($2 = '' OR r.format = $2)
		RETURNING r.id::text, p.chat_user_id, r.format, r.session, r.since`
	return s.wishes(ctx, query, userID, format)
}

// Of are the wishes of a person.
func (s *Reminders) Of(ctx context.Context, userID string) ([]reminders.Wish, error) {
	return s.wishes(ctx, selectWishes+" WHERE p.chat_user_id = $1 ORDER BY r.session, r.format", userID)
}

// Sessions are those that anybody wants to be reminded of.
func (s *Reminders) Sessions(ctx context.Context) ([]reminders.Wish, error) {
	return s.wishes(ctx, "SELECT DISTINCT '', '', format, session, session FROM bot.reminder ORDER BY session, format")
}

// For are the wishes for a session.
func (s *Reminders) For(ctx context.Context, format string, session time.Time) ([]reminders.Wish, error) {
	return s.wishes(ctx, selectWishes+" WHERE r.format = $1 AND r.session = $2 ORDER BY r.id", format, session)
}

// Wish returns one.
func (s *Reminders) Wish(ctx context.Context, id string) (reminders.Wish, error) {
	all, err := s.wishes(ctx, selectWishes+" WHERE r.id = $1", id)
	if err == nil && len(all) == 0 {
		err = reminders.ErrUnknown
	}
	if err != nil {
		return reminders.Wish{}, fmt.Errorf("find wish to be reminded (%s): %w", id, err)
	}
	return all[0], nil
}

// Move changes the session of a wish.
func (s *Reminders) Move(ctx context.Context, id string, from, to time.Time) error {
	_, err := s.pool.Exec(ctx, "UPDATE bot.reminder SET session = $3 WHERE id = $1 AND session = $2", id, from, to)
	if err != nil {
		return fmt.Errorf("move wish to be reminded (%s): %w", id, err)
	}
	return nil
}

func (s *Reminders) wishes(ctx context.Context, query string, args ...any) ([]reminders.Wish, error) {
	rows, err := s.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read wishes to be reminded: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[reminders.Wish])
	if err != nil {
		return nil, fmt.Errorf("read wishes to be reminded: %w", err)
	}
	return all, nil
}
