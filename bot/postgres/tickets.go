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
			INSERT INTO bot.ticket (handover_id, question_id, person_id, text, state, practice, format, session, place, created_at, expires_at)
			SELECT id, question_id, person_id, text, 'open', practice, format, session,
				(SELECT coalesce(max(place), 0) + 1 FROM bot.ticket t WHERE t.format = h.format AND t.session IS NOT DISTINCT FROM h.session),
				$2, expires_at
			FROM bot.handover h WHERE id = $1
			RETURNING number, handover_id, person_id, text, expires_at
		), asker AS (
			INSERT INTO bot.ticket_asker (handover_id, number, person_id, text, name, joined_at, expires_at)
			SELECT t.handover_id, t.number, t.person_id, t.text, h.name, $2, t.expires_at FROM t JOIN bot.handover h ON h.id = t.handover_id
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
		SELECT t.number, t.question_id, t.handover_id::text, p.chat_user_id, coalesce(nullif(a.text, ''), t.text), a.name, ` + votes + `, ` + stands + `,
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

// move changes a ticket's state at the word of its askers; what hosts and the house
// do goes the way of take.
func move(ctx context.Context, tx pgx.Tx, t officehours.Ticket, to officehours.TicketState, by string, at time.Time) (officehours.Ticket, error) {
	const query = `
		UPDATE bot.ticket SET state = $4, attempt = attempt + 1, host_person_id = NULL, pinned = pinned AND $4 = 'open'
		WHERE number = $1 AND state = $2 AND attempt = $3`
	tag, err := tx.Exec(ctx, query, t.Number, t.State, t.Attempt, to)
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
	ticketQuery = `SELECT t.number, t.question_id, t.handover_id::text, coalesce(p.chat_user_id, ''), t.text,
		coalesce((SELECT a.name FROM bot.ticket_asker a WHERE a.number = t.number AND a.person_id = t.person_id LIMIT 1), ''), ` + votes + `, t.state, ` + ticketRest + `
	FROM bot.ticket t LEFT JOIN bot.person p ON p.id = t.person_id WHERE `
	// The point of a list that a ticket is: what was settled or taken back is none.
	point = `greatest(1, (SELECT count(*) FROM bot.ticket o WHERE o.format = t.format AND o.session IS NOT DISTINCT FROM t.session
		AND o.state IN ('open', 'claimed') AND o.place <= t.place))`
	ticketRest = `t.attempt, t.format, t.session, ` + point + `, coalesce(t.merged_into, 0),
		coalesce((SELECT h.chat_user_id FROM bot.person h WHERE h.id = t.host_person_id), ''), t.pinned, t.practice,
		t.card_post_id, t.created_at,
		coalesce((SELECT max(e.at) FROM bot.ticket_event e WHERE e.number = t.number AND e.event IN ('open', 'add', 'unanswer', 'askback')), t.created_at), t.expires_at`
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
	err := row.Scan(&t.Number, &t.QuestionID, &t.HandoverID, &t.AskerID, &t.Text, &t.Name, &t.Votes, &t.State, &t.Attempt, &t.Format, &session,
		&t.Place, &t.MergedInto, &t.HostID, &t.Pinned, &t.Practice, &t.CardPostID, &t.CreatedAt, &t.Since, &t.ExpiresAt)
	t.Session = nullZero(session)
	t.CreatedAt, t.Since, t.ExpiresAt = t.CreatedAt.UTC(), t.Since.UTC(), t.ExpiresAt.UTC()
	return t, err
}
