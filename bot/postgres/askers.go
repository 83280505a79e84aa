package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/officehours"
)

// Askers returns everybody who is to hear what becomes of a ticket.
func (d *Desk) Askers(ctx context.Context, number int64) ([]officehours.Asker, error) {
	const query = `
		WITH RECURSIVE one (number, depth) AS (
			SELECT $1::bigint, 0
			UNION SELECT t.number, one.depth + 1 FROM bot.ticket t JOIN one ON t.merged_into = one.number
		), first AS (
			SELECT DISTINCT ON (p.chat_user_id) p.chat_user_id, a.text, a.state, a.remind,
				CASE WHEN h.from_public THEN h.post_id ELSE '' END AS post_id, coalesce(added.text, '') AS added, a.merged_from, one.depth, a.id
			FROM one JOIN bot.ticket_asker a USING (number) JOIN bot.person p ON p.id = a.person_id JOIN bot.handover h ON h.id = a.handover_id
			LEFT JOIN LATERAL (
				SELECT m.text FROM bot.handover m JOIN bot.person mp ON mp.id = m.person_id
				WHERE m.ticket = a.number AND m.state = 'agreed' AND mp.chat_user_id = p.chat_user_id ORDER BY m.shown_at DESC LIMIT 1
			) added ON true
			WHERE a.state <> 'withdrawn' ORDER BY p.chat_user_id, one.depth, a.id
		)
		SELECT chat_user_id, text, state, remind, post_id, added, merged_from FROM first ORDER BY depth, id`
	rows, err := d.pool.Query(ctx, query, number)
	if err == nil {
		var askers []officehours.Asker
		if askers, err = pgx.CollectRows(rows, pgx.RowToStructByPos[officehours.Asker]); err == nil {
			return askers, nil
		}
	}
	return nil, fmt.Errorf("list who asks a ticket (%d): %w", number, err)
}

// Join adds the asker of a preview to a ticket.
func (d *Desk) Join(ctx context.Context, handoverID string, number int64, by string, at time.Time) (t officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		t, err = join(ctx, tx, handoverID, number, by, at)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("join ticket (%d, %s): %w", number, handoverID, err)
	}
	return t, nil
}

func join(ctx context.Context, tx pgx.Tx, handoverID string, number int64, by string, at time.Time) (t officehours.Ticket, err error) {
	first, err := decide(ctx, tx, handoverID, officehours.Agreed, by)
	if err != nil {
		return t, err
	}
	if t, err = lockTicket(ctx, tx, number); err != nil || !first {
		return t, err
	}
	if !t.State.Waits() {
		return t, officehours.ErrClosed
	}
	if err := addAsker(ctx, tx, handoverID, number, at); err != nil {
		return t, err
	}
	if err := happens(ctx, tx, number, "joined", by, at); err != nil {
		return t, err
	}
	if err := raise(ctx, tx, t); err != nil {
		return t, err
	}
	return readTicket(ctx, tx, "t.number = $1", number)
}

// addAsker adds the asker and the words of a hand-over to a ticket. Who has left it
// before is back.
func addAsker(ctx context.Context, tx pgx.Tx, handoverID string, number int64, at time.Time) error {
	const query = `
		WITH h AS (
			SELECT h.*, p.chat_user_id FROM bot.handover h JOIN bot.person p ON p.id = h.person_id WHERE h.id = $1
		), back AS (
			UPDATE bot.ticket_asker a SET state = 'asking', text = CASE a.state WHEN 'withdrawn' THEN h.text ELSE a.text END, name = h.name
			FROM h, bot.person p WHERE a.number = $2 AND p.id = a.person_id AND p.chat_user_id = h.chat_user_id
			RETURNING a.number
		)
		INSERT INTO bot.ticket_asker (handover_id, number, person_id, text, name, joined_at, expires_at)
		SELECT id, $2, person_id, text, name, $3, expires_at FROM h WHERE NOT EXISTS (SELECT FROM back)`
	_, err := tx.Exec(ctx, query, handoverID, number, at)
	return err
}

func happens(ctx context.Context, tx pgx.Tx, number int64, event, by string, at time.Time) error {
	_, err := tx.Exec(ctx, "INSERT INTO bot.ticket_event (number, event, by, at) VALUES ($1, $2, $3, $4)", number, event, by, at)
	return err
}

// lockAgenda lets places of one agenda be given one after another.
func lockAgenda(ctx context.Context, tx pgx.Tx, format string, session time.Time) error {
	_, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended('sprechstunde agenda ' || $1 || coalesce($2::timestamptz::text, ''), 0))",
		format, zeroNull(session))
	return err
}

// raise sorts an agenda by how many ask, then as it was. The places stay the same
// ones; no two tickets have one at any moment, so they pass through negative ones.
func raise(ctx context.Context, tx pgx.Tx, t officehours.Ticket) error {
	if err := lockAgenda(ctx, tx, t.Format, t.Session); err != nil {
		return err
	}
	const away = `
		WITH agenda AS (
			SELECT t.number, t.place, ` + votes + ` AS votes FROM bot.ticket t
			WHERE t.format = $1 AND t.session IS NOT DISTINCT FROM $2::timestamptz AND t.state NOT IN ('settled', 'merged', 'withdrawn')
		), places AS (
			SELECT place, row_number() OVER (ORDER BY place) AS n FROM agenda
		), sorted AS (
			SELECT number, row_number() OVER (ORDER BY votes DESC, place) AS n FROM agenda
		)
		UPDATE bot.ticket t SET place = -p.place FROM sorted s JOIN places p USING (n) WHERE t.number = s.number AND t.place <> p.place`
	if _, err := tx.Exec(ctx, away, t.Format, zeroNull(t.Session)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE bot.ticket SET place = -place WHERE place < 0 AND format = $1 AND session IS NOT DISTINCT FROM $2::timestamptz",
		t.Format, zeroNull(t.Session))
	return err
}

// MoveFor moves a ticket at the word of one who asks it.
func (d *Desk) MoveFor(ctx context.Context, number int64, askerID string, to officehours.TicketState, by string, at time.Time) (t officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		t, err = moveFor(ctx, tx, number, askerID, to, by, at)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("move ticket for one who asks it (%d to %s): %w", number, to, err)
	}
	return t, nil
}

func moveFor(ctx context.Context, tx pgx.Tx, number int64, askerID string, to officehours.TicketState, by string, at time.Time) (officehours.Ticket, error) {
	t, err := lockTicket(ctx, tx, number)
	if err != nil {
		return t, err
	}
	if repeated, err := happened(ctx, tx, number, by); err != nil || repeated {
		return t, err
	}
	mine, others, err := standing(ctx, tx, number, askerID)
	if err != nil {
		return t, err
	}
	if err := officehours.Step(officehours.StateFor(t.State, mine), to); err != nil {
		return t, err
	}
	if err := setAsker(ctx, tx, number, askerID, to); err != nil {
		return t, err
	}
	if alone := !slices.Contains(others, officehours.Asking); to == officehours.Open && !t.State.Waits() || to != officehours.Open && alone {
		return move(ctx, tx, t, to, by, at)
	}
	if err := happens(ctx, tx, number, string(to)+" by one", by, at); err != nil {
		return t, err
	}
	if to == officehours.Withdrawn {
		if err := passOn(ctx, tx, number); err != nil {
			return t, err
		}
	}
	return readTicket(ctx, tx, "t.number = $1", number)
}

func happened(ctx context.Context, tx pgx.Tx, number int64, by string) (yes bool, err error) {
	err = tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM bot.ticket_event WHERE number = $1 AND by = $2)", number, by).Scan(&yes)
	return yes, err
}

// standing says where a ticket stands for one who asks it, and for all others.
func standing(ctx context.Context, tx pgx.Tx, number int64, askerID string) (mine officehours.AskerState, others []officehours.AskerState, err error) {
	const query = "SELECT p.chat_user_id, a.state FROM bot.ticket_asker a JOIN bot.person p ON p.id = a.person_id WHERE a.number = $1"
	rows, err := tx.Query(ctx, query, number)
	if err != nil {
		return "", nil, err
	}
	var user string
	var state officehours.AskerState
	_, err = pgx.ForEachRow(rows, []any{&user, &state}, func() error {
		if user == askerID {
			mine = state
		} else {
			others = append(others, state)
		}
		return nil
	})
	if err == nil && mine == "" {
		err = officehours.ErrUnknown
	}
	return mine, others, err
}

// setAsker notes where a ticket stands for one. While others ask it, who takes it
// back takes the words along; the last one may still open it again.
func setAsker(ctx context.Context, tx pgx.Tx, number int64, askerID string, to officehours.TicketState) error {
	state := officehours.AskerState(to)
	if to == officehours.Open {
		state = officehours.Asking
	}
	const query = `
		UPDATE bot.ticket_asker a SET state = $3 FROM bot.person p WHERE p.id = a.person_id AND a.number = $1 AND p.chat_user_id = $2`
	_, err := tx.Exec(ctx, query, number, askerID, state)
	return err
}

// passOn takes the words of those who left a ticket, and makes it the ticket of the
// first who still asks.
func passOn(ctx context.Context, tx pgx.Tx, number int64) error {
	if _, err := tx.Exec(ctx, "UPDATE bot.ticket_asker SET text = '', name = '' WHERE number = $1 AND state = 'withdrawn'", number); err != nil {
		return err
	}
	const query = `
		UPDATE bot.ticket t SET person_id = n.person_id, text = n.text
		FROM (` + nextAskers + `) n
		WHERE t.number = $1 AND n.number = t.number
			AND NOT EXISTS (SELECT FROM bot.ticket_asker a WHERE a.number = t.number AND a.person_id = t.person_id AND a.state <> 'withdrawn')`
	_, err := tx.Exec(ctx, query, number)
	return err
}

// nextAskers are the first who ask each ticket, those with words before those
// without.
const nextAskers = `
	SELECT DISTINCT ON (number) number, person_id, text FROM bot.ticket_asker
	WHERE state = 'asking' AND person_id IS NOT NULL ORDER BY number, text = '', id`

// votes counts who asks a ticket t, those of tickets merged into it included.
const votes = `(SELECT count(*) FROM bot.ticket_asker a WHERE a.state <> 'withdrawn'
	AND (a.number = t.number OR a.number IN (SELECT m.number FROM bot.ticket m WHERE m.merged_into = t.number)))`

// reopen puts a ticket that something is added to back on its agenda, if it is
// not there anyway.
func reopen(ctx context.Context, tx pgx.Tx, number int64, first bool, askerID, by string, at time.Time) (officehours.Ticket, error) {
	t, err := lockTicket(ctx, tx, number)
	if err != nil || !first {
		return t, err
	}
	if err := setAsker(ctx, tx, number, askerID, officehours.Open); err != nil {
		return t, err
	}
	if t.State == officehours.Open {
		return t, nil
	}
	if err := officehours.Step(t.State, officehours.Open); err != nil {
		return t, nil //nolint:nilerr // what is added goes to the hosts also where the ticket cannot be opened again
	}
	return move(ctx, tx, t, officehours.Open, by, at)
}
