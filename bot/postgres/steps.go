package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/officehours"
)

// Take lets an event happen to a ticket.
func (d *Desk) Take(ctx context.Context, number int64, e officehours.Event) (t officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		t, err = takeLocked(ctx, tx, number, e)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("take ticket (%d, %s): %w", number, e.Kind, err)
	}
	return t, nil
}

func takeLocked(ctx context.Context, tx pgx.Tx, number int64, e officehours.Event) (officehours.Ticket, error) {
	if e.Kind == officehours.EventMerge {
		into, err := rootOf(ctx, tx, e.Into)
		if err != nil {
			return officehours.Ticket{}, err
		}
		e.Into = into
	}
	t, err := lockTicket(ctx, tx, number)
	if err != nil {
		return t, err
	}
	return take(ctx, tx, t, e)
}

// lockTicket reads a ticket once nobody else changes it. What is read with the lock
// itself may be older: of a host who took it meanwhile it would know no name.
func lockTicket(ctx context.Context, tx pgx.Tx, number int64) (officehours.Ticket, error) {
	if _, err := tx.Exec(ctx, "SELECT FROM bot.ticket WHERE number = $1 FOR UPDATE", number); err != nil {
		return officehours.Ticket{}, err
	}
	return readTicket(ctx, tx, "t.number = $1", number)
}

// rootOf locks the ticket that stays where one is merged into another, which may
// be merged itself. ErrClosed: nobody answers it any more. Merges wait for each
// other, so that none goes in a circle.
func rootOf(ctx context.Context, tx pgx.Tx, number int64) (int64, error) {
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf("merge")); err != nil {
		return 0, err
	}
	const query = `
		WITH RECURSIVE up AS (
			SELECT number, merged_into, state FROM bot.ticket WHERE number = $1
			UNION SELECT t.number, t.merged_into, t.state FROM bot.ticket t JOIN up ON t.number = up.merged_into AND up.state = 'merged'
		)
		SELECT number, state IN ('settled', 'withdrawn') FROM up WHERE state <> 'merged'`
	var root int64
	var closed bool
	err := tx.QueryRow(ctx, query, number).Scan(&root, &closed)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return 0, officehours.ErrUnknown
	case err != nil:
		return 0, err
	case closed:
		return 0, fmt.Errorf("merge into %d: %w", root, officehours.ErrClosed)
	}
	return root, nil
}

// take lets an event happen to a ticket whose row is locked.
func take(ctx context.Context, tx pgx.Tx, t officehours.Ticket, e officehours.Event) (officehours.Ticket, error) {
	repeated, err := happened(ctx, tx, t.Number, e.By)
	if err != nil || repeated {
		return t, err
	}
	next, _, err := t.After(e)
	if err != nil {
		return t, err
	}
	if err := writeStep(ctx, tx, t, next, e); err != nil {
		return t, err
	}
	if next.State == officehours.Merged {
		if err := mergeAskers(ctx, tx, t.Number, next.MergedInto); err != nil {
			return t, err
		}
	}
	return readTicket(ctx, tx, "t.number = $1", t.Number)
}

// mergeAskers brings those who ask a ticket to the one that it is merged into; who
// asks both stays there once, and who has left that one is back.
func mergeAskers(ctx context.Context, tx pgx.Tx, number, into int64) error {
	const both = `
		UPDATE bot.ticket_asker b SET merged_from = $1, text = CASE b.state WHEN 'withdrawn' THEN a.text ELSE b.text END,
			state = CASE WHEN a.state = 'asking' OR b.state = 'withdrawn' THEN a.state ELSE b.state END
		FROM bot.person q, bot.ticket_asker a JOIN bot.person p ON p.id = a.person_id
		WHERE b.number = $2 AND q.id = b.person_id AND a.number = $1 AND p.chat_user_id = q.chat_user_id`
	if _, err := tx.Exec(ctx, both, number, into); err != nil {
		return err
	}
	const query = `
		UPDATE bot.ticket_asker a SET number = $2, merged_from = $1 FROM bot.person p
		WHERE a.number = $1 AND p.id = a.person_id AND NOT EXISTS (
			SELECT FROM bot.ticket_asker b JOIN bot.person q ON q.id = b.person_id WHERE b.number = $2 AND q.chat_user_id = p.chat_user_id)`
	if _, err := tx.Exec(ctx, query, number, into); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "DELETE FROM bot.ticket_asker WHERE number = $1", number)
	return err
}

func writeStep(ctx context.Context, tx pgx.Tx, t, next officehours.Ticket, e officehours.Event) error {
	host, err := personOf(ctx, tx, next.HostID, &e.At)
	if err != nil {
		return err
	}
	placed := next.Place == t.Place
	if !placed {
		if err := lockAgenda(ctx, tx, next.Format, next.Session); err != nil {
			return err
		}
	}
	const query = `
		UPDATE bot.ticket SET state = @to, attempt = attempt + 1, merged_into = nullif(@into::bigint, 0), host_person_id = @host, format = @format, session = @session,
			place = CASE WHEN @placed THEN place ELSE
				(SELECT coalesce(max(place), 0) + 1 FROM bot.ticket WHERE format = @format AND session IS NOT DISTINCT FROM @session) END,
			pinned = pinned AND @placed AND @open
		WHERE number = @number AND state = @from AND attempt = @attempt`
	tag, err := tx.Exec(ctx, query, pgx.NamedArgs{
		"number": t.Number, "from": t.State, "attempt": t.Attempt, "to": next.State, "into": next.MergedInto, "host": host,
		"format": next.Format, "session": zeroNull(next.Session), "placed": placed, "open": !next.State.Closed(),
	})
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return officehours.ErrMoved
	}
	if err := happens(ctx, tx, t.Number, string(e.Kind), e.By, e.At); err != nil || placed {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE bot.ticket_event SET left_format = $3, left_session = $4 WHERE number = $1 AND by = $2", t.Number, e.By, t.Format, zeroNull(t.Session))
	return err
}

// Discussed returns what was on the agenda of a session.
func (d *Desk) Discussed(ctx context.Context, format string, session time.Time) ([]officehours.Ticket, error) {
	const where = `t.state NOT IN ('merged', 'withdrawn') AND NOT t.practice AND (t.format = $1 AND t.session = $2
		OR EXISTS (SELECT FROM bot.ticket_event e WHERE e.number = t.number AND e.left_format = $1 AND e.left_session = $2)) ORDER BY t.number`
	tickets, err := readTickets(ctx, d.pool, where, format, session)
	if err != nil {
		return nil, fmt.Errorf("list what a session discussed: %w", err)
	}
	return tickets, nil
}

// Pin puts a ticket first on its agenda.
func (d *Desk) Pin(ctx context.Context, number int64) error {
	const query = `
		UPDATE bot.ticket t SET pinned = (t.number = $1) FROM bot.ticket p
		WHERE p.number = $1 AND t.format = p.format AND t.session IS NOT DISTINCT FROM p.session AND t.pinned <> (t.number = $1)`
	if _, err := d.pool.Exec(ctx, query, number); err != nil {
		return fmt.Errorf("pin ticket (%d): %w", number, err)
	}
	return nil
}

// Remind notes whether one who asks a ticket wants to be reminded of its session.
func (d *Desk) Remind(ctx context.Context, number int64, askerID string, on bool) error {
	const query = `UPDATE bot.ticket_asker a SET remind = $3 FROM bot.person p WHERE p.id = a.person_id AND a.number = $1 AND p.chat_user_id = $2`
	tag, err := d.pool.Exec(ctx, query, number, askerID, on)
	if err == nil && tag.RowsAffected() == 0 {
		err = officehours.ErrUnknown
	}
	if err != nil {
		return fmt.Errorf("note wish to be reminded (%d): %w", number, err)
	}
	return nil
}
