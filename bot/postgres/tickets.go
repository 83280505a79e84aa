package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/officehours"
)

// openTicket makes the ticket of a hand-over, at the next place of its agenda.
func openTicket(ctx context.Context, tx pgx.Tx, handoverID, by string, at time.Time) error {
	h, err := readHandover(ctx, tx, "h.id = $1", handoverID)
	if err != nil {
		return err
	}
	if err := lockAgenda(ctx, tx, h.Format, h.Session); err != nil {
		return err
	}
	const query = `
		WITH t AS (
			INSERT INTO bot.ticket (handover_id, question_id, person_id, text, state, format, session, place, created_at, expires_at)
			SELECT id, question_id, person_id, text, 'open', format, session,
				(SELECT coalesce(max(place), 0) + 1 FROM bot.ticket t WHERE t.format = h.format AND t.session IS NOT DISTINCT FROM h.session),
				$2, expires_at
			FROM bot.handover h WHERE id = $1
			RETURNING number, handover_id, person_id, text, expires_at
		), asker AS (
			INSERT INTO bot.ticket_asker (handover_id, number, person_id, text, joined_at, expires_at)
			SELECT handover_id, number, person_id, text, $2, expires_at FROM t
		)
		INSERT INTO bot.ticket_event (number, event, by, at) SELECT number, 'open', $3, $2 FROM t`
	_, err = tx.Exec(ctx, query, handoverID, at, by)
	return err
}

// TicketByNumber finds a ticket.
func (d *Desk) TicketByNumber(ctx context.Context, number int64) (officehours.Ticket, error) {
	t, err := readTicket(ctx, d.pool, "t.number = $1", number)
	if err != nil {
		return t, fmt.Errorf("find ticket (%d): %w", number, err)
	}
	return t, nil
}

// TicketByPost finds the ticket that an own post shows.
func (d *Desk) TicketByPost(ctx context.Context, kind officehours.PostKind, postID string) (officehours.Ticket, error) {
	t, err := readTicket(ctx, d.pool, "t.number = (SELECT number FROM bot.ticket_post WHERE kind = $1 AND post_id = $2)", kind, postID)
	if err != nil {
		return t, fmt.Errorf("find ticket of post (%s): %w", postID, err)
	}
	return t, nil
}

// TicketsFor returns the tickets that somebody asks, in some states.
func (d *Desk) TicketsFor(ctx context.Context, askerID, by string, states ...officehours.TicketState) ([]officehours.Ticket, error) {
	const stands = "CASE WHEN a.state = 'asking' OR t.state IN ('settled', 'merged', 'withdrawn') THEN t.state ELSE a.state END"
	const query = `
		SELECT t.number, t.question_id, t.handover_id::text, p.chat_user_id, coalesce(nullif(a.text, ''), t.text), ` + votes + `, ` + stands + `,
			` + ticketRest + `
		FROM bot.ticket t JOIN bot.ticket_asker a USING (number) JOIN bot.person p ON p.id = a.person_id
		WHERE p.chat_user_id = $1 AND (` + stands + ` = ANY($3)
			OR EXISTS (SELECT FROM bot.ticket_event e WHERE e.number = t.number AND e.by = $2)) ORDER BY t.number DESC`
	rows, err := d.pool.Query(ctx, query, askerID, by, states)
	if err == nil {
		var tickets []officehours.Ticket
		if tickets, err = pgx.CollectRows(rows, scanTicket); err == nil {
			return tickets, nil
		}
	}
	return nil, fmt.Errorf("list an asker's tickets: %w", err)
}

// SavePost remembers an own post about a ticket.
func (d *Desk) SavePost(ctx context.Context, number int64, kind officehours.PostKind, postID string) error {
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO bot.ticket_post (kind, post_id, number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", kind, postID, number)
		if err != nil || kind != officehours.Card {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE bot.ticket SET card_post_id = $2 WHERE number = $1", number, postID)
		return err
	})
	if err != nil {
		return fmt.Errorf("save post of ticket (%d, %s): %w", number, postID, err)
	}
	return nil
}

// AddAnswer stores a host's answer. ErrUnknown also: the host was forgotten
// meanwhile.
func (d *Desk) AddAnswer(ctx context.Context, a officehours.HostAnswer) (t officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, a.HostID); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, a.QuestionID); err != nil || gone {
			return errors.Join(err, officehours.ErrUnknown)
		}
		if t, err = readTicket(ctx, tx, "t.number = $1 FOR UPDATE OF t", a.Number); err != nil {
			return err
		}
		added, err := d.insertAnswer(ctx, tx, a, t.State.Closed())
		if err != nil || !added {
			return err
		}
		t, err = move(ctx, tx, t, officehours.Replied, a.QuestionID, a.At)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("answer ticket (%d): %w", a.Number, err)
	}
	return t, nil
}

// insertAnswer reports false when the answer is stored already.
func (d *Desk) insertAnswer(ctx context.Context, tx pgx.Tx, a officehours.HostAnswer, closed bool) (added bool, err error) {
	var there bool
	err = tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM bot.ticket_answer WHERE question_id = $1)", a.QuestionID).Scan(&there)
	if err != nil || there {
		return false, err
	}
	if closed {
		return false, officehours.ErrClosed
	}
	host, err := personOf(ctx, tx, a.HostID, &a.At)
	if err != nil {
		return false, err
	}
	const query = `
		INSERT INTO bot.ticket_answer (question_id, number, host_person_id, text, at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6)`
	_, err = tx.Exec(ctx, query, a.QuestionID, a.Number, host, a.Text, a.At, d.expiry(a.ExpiresAt, a.At))
	return true, err
}

// Advance moves a ticket on.
func (d *Desk) Advance(ctx context.Context, t officehours.Ticket, to officehours.TicketState, by string, at time.Time) (moved officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		if moved, err = readTicket(ctx, tx, "t.number = $1 FOR UPDATE OF t", t.Number); err != nil {
			return err
		}
		var repeated bool
		const query = "SELECT EXISTS (SELECT FROM bot.ticket_event WHERE number = $1 AND by = $2 AND event = $3)"
		if err := tx.QueryRow(ctx, query, t.Number, by, to).Scan(&repeated); err != nil || repeated {
			return err
		}
		if moved.State != t.State || moved.Attempt != t.Attempt {
			return officehours.ErrMoved
		}
		if err := officehours.Step(t.State, to); err != nil {
			return err
		}
		moved, err = move(ctx, tx, t, to, by, at)
		return err
	})
	if err != nil {
		return moved, fmt.Errorf("move ticket (%d to %s): %w", t.Number, to, err)
	}
	return moved, nil
}

// move is the one way in which a ticket's state changes.
func move(ctx context.Context, tx pgx.Tx, t officehours.Ticket, to officehours.TicketState, by string, at time.Time) (officehours.Ticket, error) {
	const query = `
		UPDATE bot.ticket SET state = $4, attempt = attempt + 1, merged_into = CASE WHEN $4 = 'merged' THEN nullif($5::bigint, 0) END
		WHERE number = $1 AND state = $2 AND attempt = $3`
	tag, err := tx.Exec(ctx, query, t.Number, t.State, t.Attempt, to, t.MergedInto)
	if err != nil {
		return t, err
	}
	if tag.RowsAffected() == 0 {
		return t, officehours.ErrMoved
	}
	if _, err := tx.Exec(ctx, "INSERT INTO bot.ticket_event (number, event, by, at) VALUES ($1, $2, $3, $4)", t.Number, to, by, at); err != nil {
		return t, err
	}
	return readTicket(ctx, tx, "t.number = $1", t.Number)
}

// OpenTickets returns what is on an agenda.
func (d *Desk) OpenTickets(ctx context.Context, format string, session time.Time) ([]officehours.Ticket, error) {
	const where = `t.state NOT IN ('settled', 'merged', 'withdrawn') AND ($1 = '' OR t.format = $1)
		AND ($2::timestamptz IS NULL OR t.session = $2) ORDER BY t.session, t.format, t.place`
	tickets, err := readTickets(ctx, d.pool, where, format, zeroNull(session))
	if err != nil {
		return nil, fmt.Errorf("list open tickets: %w", err)
	}
	return tickets, nil
}

const (
	ticketQuery = `SELECT t.number, t.question_id, t.handover_id::text, coalesce(p.chat_user_id, ''), t.text, ` + votes + `, t.state, ` + ticketRest + `
	FROM bot.ticket t LEFT JOIN bot.person p ON p.id = t.person_id WHERE `
	ticketRest = `t.attempt, t.format, t.session, t.place, coalesce(t.merged_into, 0), t.card_post_id, t.created_at, t.expires_at`
)

func readTicket(ctx context.Context, db querier, where string, args ...any) (officehours.Ticket, error) {
	rows, err := db.Query(ctx, ticketQuery+where, args...)
	if err != nil {
		return officehours.Ticket{}, err
	}
	t, err := pgx.CollectOneRow(rows, scanTicket)
	if errors.Is(err, pgx.ErrNoRows) {
		err = officehours.ErrUnknown
	}
	return t, err
}

func readTickets(ctx context.Context, db querier, where string, args ...any) ([]officehours.Ticket, error) {
	rows, err := db.Query(ctx, ticketQuery+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTicket)
}

func scanTicket(row pgx.CollectableRow) (officehours.Ticket, error) {
	var t officehours.Ticket
	var session *time.Time
	err := row.Scan(&t.Number, &t.QuestionID, &t.HandoverID, &t.AskerID, &t.Text, &t.Votes, &t.State, &t.Attempt, &t.Format, &session,
		&t.Place, &t.MergedInto, &t.CardPostID, &t.CreatedAt, &t.ExpiresAt)
	t.Session = nullZero(session)
	t.CreatedAt, t.ExpiresAt = t.CreatedAt.UTC(), t.ExpiresAt.UTC()
	return t, err
}
