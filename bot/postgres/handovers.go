package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/officehours"
)

// Desk keeps hand-overs and tickets.
type Desk struct {
	pool *pgxpool.Pool
	ttl  time.Duration
}

var _ officehours.Store = (*Desk)(nil)

// NewDesk makes the store. Texts whose expiry is not given are kept for ttl; 0
// means 30 days.
func NewDesk(pool *pgxpool.Pool, ttl time.Duration) *Desk {
	return &Desk{pool: pool, ttl: cmp.Or(ttl, textTTL)}
}

// Propose stores a preview. ErrUnknown: the asker was forgotten meanwhile.
func (d *Desk) Propose(ctx context.Context, h officehours.Handover) (kept officehours.Handover, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, h.AskerID); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, h.QuestionID); err != nil || gone {
			return errors.Join(err, officehours.ErrUnknown)
		}
		added, err := d.insertHandover(ctx, tx, h)
		if err != nil {
			return err
		}
		if kept, err = readHandover(ctx, tx, "h.question_id = $1", h.QuestionID); err != nil || !added {
			return err
		}
		return lapseOthers(ctx, tx, h.AskerID, kept.ID)
	})
	if err != nil {
		return kept, fmt.Errorf("propose hand-over (%s): %w", h.QuestionID, err)
	}
	return kept, nil
}

func (d *Desk) insertHandover(ctx context.Context, tx pgx.Tx, h officehours.Handover) (added bool, err error) {
	person, err := personOf(ctx, tx, h.AskerID, &h.CreatedAt)
	if err != nil {
		return false, err
	}
	const query = `
		INSERT INTO bot.handover (question_id, person_id, channel_id, post_id, ticket, text, original, unmasked, name, joins, files, answer, instead,
			from_public, practice, format, session, state, created_at, shown_at, expires_at)
		VALUES (@question, @person, @channel, @post, nullif(@ticket::bigint, 0), @text, @original, @unmasked, @name, nullif(@joins::bigint, 0), @files, @answer, @instead,
			@public, @practice, @format, @session, 'proposed', @created, @created, @expires)
		ON CONFLICT (question_id) DO NOTHING`
	tag, err := tx.Exec(ctx, query, pgx.NamedArgs{
		"question": h.QuestionID, "person": person, "channel": h.ChannelID, "post": h.PostID, "ticket": h.Ticket, "text": h.Text, "original": h.Original,
		"unmasked": h.Unmasked, "name": h.Name, "joins": h.Joins, "files": ids(h.Files), "answer": h.Answer, "instead": h.Instead, "public": h.FromPublic, "practice": h.Practice,
		"format": h.Format, "session": zeroNull(h.Session), "created": h.CreatedAt, "expires": d.expiry(h.ExpiresAt, h.CreatedAt),
	})
	return tag.RowsAffected() == 1, err
}

// lockAsker lets previews of one person wait for each other.
func lockAsker(ctx context.Context, tx pgx.Tx, askerID string) error {
	_, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf("asker "+askerID))
	return err
}

func lapseOthers(ctx context.Context, tx pgx.Tx, askerID, handoverID string) error {
	const query = `
		UPDATE bot.handover h SET state = 'lapsed', ` + noText + ` FROM bot.person p
		WHERE p.id = h.person_id AND p.chat_user_id = $1 AND h.state = 'proposed' AND h.id <> $2`
	_, err := tx.Exec(ctx, query, askerID, handoverID)
	return err
}

// HandoverFor returns the asker's preview.
func (d *Desk) HandoverFor(ctx context.Context, askerID, by string) (officehours.Handover, error) {
	const where = "p.chat_user_id = $1 AND (h.state = 'proposed' OR h.decided_by = $2) ORDER BY (h.decided_by = $2) DESC, h.shown_at DESC LIMIT 1"
	h, err := readHandover(ctx, d.pool, where, askerID, by)
	if err != nil {
		return h, fmt.Errorf("find hand-over: %w", err)
	}
	return h, nil
}

// Revise replaces what an open preview shows.
func (d *Desk) Revise(ctx context.Context, h officehours.Handover, at time.Time) (revised officehours.Handover, err error) {
	const query = `
		UPDATE bot.handover SET text = @text, original = @original, unmasked = @unmasked, name = @name, joins = nullif(@joins::bigint, 0), files = @files, answer = @answer,
			format = @format, session = @session, shown_at = @at
		WHERE id = @id AND state = 'proposed'`
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, query, pgx.NamedArgs{
			"id": h.ID, "text": h.Text, "original": h.Original, "unmasked": h.Unmasked, "name": h.Name, "joins": h.Joins, "files": ids(h.Files),
			"answer": h.Answer, "format": h.Format, "session": zeroNull(h.Session), "at": at,
		})
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return officehours.ErrClosed
		}
		revised, err = readHandover(ctx, tx, "h.id = $1", h.ID)
		return err
	})
	if err != nil {
		return revised, fmt.Errorf("revise hand-over (%s): %w", h.ID, err)
	}
	return revised, nil
}

// Agree closes the preview and opens the ticket.
func (d *Desk) Agree(ctx context.Context, handoverID, by string, at time.Time) (t officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		first, err := decide(ctx, tx, handoverID, officehours.Agreed, by)
		if err != nil {
			return err
		}
		h, err := readHandover(ctx, tx, "h.id = $1", handoverID)
		if err != nil {
			return err
		}
		switch {
		case h.Ticket != 0:
			t, err = reopen(ctx, tx, h.Ticket, first, h.AskerID, by, at)
			return err
		case first:
			if err := openTicket(ctx, tx, handoverID, by, at); err != nil {
				return err
			}
		}
		t, err = readTicket(ctx, tx, "t.handover_id = $1", handoverID)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("agree to hand-over (%s): %w", handoverID, err)
	}
	return t, nil
}

// Decline closes the preview and removes its text.
func (d *Desk) Decline(ctx context.Context, handoverID, by string, _ time.Time) error {
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		first, err := decide(ctx, tx, handoverID, officehours.Declined, by)
		if err != nil || !first {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE bot.handover SET "+noText+" WHERE id = $1", handoverID)
		return err
	})
	if err != nil {
		return fmt.Errorf("decline hand-over (%s): %w", handoverID, err)
	}
	return nil
}

// decide closes an open preview. It reports false when the question by has
// done so before, and ErrClosed when something else has.
func decide(ctx context.Context, tx pgx.Tx, handoverID string, to officehours.HandoverState, by string) (first bool, err error) {
	tag, err := tx.Exec(ctx, "UPDATE bot.handover SET state = $2, decided_by = $3, original = '', instead = '' WHERE id = $1 AND state = 'proposed'", handoverID, to, by)
	if err != nil || tag.RowsAffected() == 1 {
		return true, err
	}
	var repeated bool
	err = tx.QueryRow(ctx, "SELECT state = $2 AND decided_by = $3 FROM bot.handover WHERE id = $1", handoverID, to, by).Scan(&repeated)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, officehours.ErrUnknown
	case err == nil && !repeated:
		return false, officehours.ErrClosed
	}
	return false, err
}

// Lapse closes previews that were shown too long ago.
func (d *Desk) Lapse(ctx context.Context, shownBefore time.Time) (untold []officehours.Handover, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		const old = `
			UPDATE bot.handover SET state = 'lapsed', told = false, ` + noText + ` WHERE id IN (
				SELECT id FROM bot.handover WHERE state = 'proposed' AND shown_at < $1 FOR UPDATE SKIP LOCKED)`
		if _, err := tx.Exec(ctx, old, shownBefore); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, "SELECT "+handoverColumns+` FROM bot.handover h JOIN bot.person p ON p.id = h.person_id
			WHERE NOT h.told AND h.state = 'lapsed' ORDER BY h.shown_at`)
		if err != nil {
			return err
		}
		untold, err = pgx.CollectRows(rows, scanHandover)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("lapse hand-overs: %w", err)
	}
	return untold, nil
}

// ToldLapse notes that the asker of a lapsed preview is told so.
func (d *Desk) ToldLapse(ctx context.Context, handoverID string) error {
	if _, err := d.pool.Exec(ctx, "UPDATE bot.handover SET told = true WHERE id = $1", handoverID); err != nil {
		return fmt.Errorf("note that a preview lapsed (%s): %w", handoverID, err)
	}
	return nil
}

// OverOf returns the newest ticket that an asker has brought a post to.
func (d *Desk) OverOf(ctx context.Context, askerID, postID string) (officehours.Ticket, error) {
	if postID == "" { // as of all that came by a command
		return officehours.Ticket{}, officehours.ErrUnknown
	}
	const where = `t.number = (
		SELECT a.number FROM bot.handover h JOIN bot.ticket_asker a ON a.handover_id = h.id JOIN bot.person p ON p.id = a.person_id
			JOIN bot.ticket t ON t.number = a.number
		WHERE h.post_id = $2 AND p.chat_user_id = $1 AND a.state <> 'withdrawn' AND t.state <> 'withdrawn' ORDER BY a.number DESC LIMIT 1)`
	t, err := readTicket(ctx, d.pool, where, askerID, postID)
	if err != nil {
		return t, fmt.Errorf("find ticket of post: %w", err)
	}
	return t, nil
}

// noText removes the words of a hand-over.
const noText = "text = '', original = '', instead = '', name = '', files = '{}', answer = ''"

const handoverColumns = `h.id::text, h.question_id, coalesce(p.chat_user_id, ''), h.channel_id, h.post_id, coalesce(h.ticket, 0), h.text,
	h.original, h.unmasked, h.name, coalesce(h.joins, 0), h.files, h.answer, h.instead, h.from_public, h.practice, h.format, h.session,
	h.state, h.created_at, h.shown_at, h.expires_at`

func readHandover(ctx context.Context, db querier, where string, args ...any) (officehours.Handover, error) {
	rows, err := db.Query(ctx, "SELECT "+handoverColumns+" FROM bot.handover h LEFT JOIN bot.person p ON p.id = h.person_id WHERE "+where, args...)
	if err != nil {
		return officehours.Handover{}, err
	}
	h, err := pgx.CollectOneRow(rows, scanHandover)
	if errors.Is(err, pgx.ErrNoRows) {
		err = officehours.ErrUnknown
	}
	return h, err
}

func scanHandover(row pgx.CollectableRow) (officehours.Handover, error) {
	var h officehours.Handover
	var session *time.Time
	err := row.Scan(&h.ID, &h.QuestionID, &h.AskerID, &h.ChannelID, &h.PostID, &h.Ticket, &h.Text,
		&h.Original, &h.Unmasked, &h.Name, &h.Joins, &h.Files, &h.Answer, &h.Instead, &h.FromPublic, &h.Practice, &h.Format, &session,
		&h.State, &h.CreatedAt, &h.ShownAt, &h.ExpiresAt)
	h.Session = nullZero(session)
	h.CreatedAt, h.ShownAt, h.ExpiresAt = h.CreatedAt.UTC(), h.ShownAt.UTC(), h.ExpiresAt.UTC()
	return h, err
}

func (d *Desk) expiry(given, from time.Time) time.Time {
	if given.IsZero() {
		return from.Add(d.ttl)
	}
	return given
}

// ids are never null.
func ids(of []string) []string {
	if of == nil {
		return []string{}
	}
	return of
}

// zeroNull stores "no date" as null.
func zeroNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func nullZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}
