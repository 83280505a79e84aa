package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/retrieval"
)

// Approved keeps the answers that hosts make of what they answered.
type Approved struct {
	pool *pgxpool.Pool
	ttl  time.Duration
}

var _ approved.Versions = (*Approved)(nil)

// NewApproved makes the store. A draft, and what is no longer in force, is kept for
// ttl; 0 means 30 days.
func NewApproved(pool *pgxpool.Pool, ttl time.Duration) *Approved {
	return &Approved{pool: pool, ttl: cmp.Or(ttl, textTTL)}
}

// Write stores a draft in the place of the ticket's earlier one, or what was returned.
func (s *Approved) Write(ctx context.Context, v approved.Version, by string, at time.Time) (written approved.Version, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, v.AuthorID); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, by); err != nil || gone {
			return errors.Join(err, approved.ErrUnknown)
		}
		if _, err := lockTicket(ctx, tx, v.Number); err != nil {
			return err
		}
		if written, err = readVersion(ctx, tx, "a.written_by = $1", by); !errors.Is(err, approved.ErrUnknown) {
			return err
		}
		const replace = "UPDATE bot.approved_answer SET stage = 'replaced', since = $2, expires_at = $3 WHERE number = $1 AND stage IN ('draft', 'returned')"
		if _, err := tx.Exec(ctx, replace, v.Number, at, at.Add(s.ttl)); err != nil {
			return err
		}
		if err := s.insertVersion(ctx, tx, v, by, at); err != nil {
			return err
		}
		written, err = readVersion(ctx, tx, "a.written_by = $1", by)
		return err
	})
	if err != nil {
		return written, fmt.Errorf("write draft of an approved answer (%d): %w", v.Number, err)
	}
	return written, nil
}

func (s *Approved) insertVersion(ctx context.Context, tx pgx.Tx, v approved.Version, by string, at time.Time) error {
	author, err := personOf(ctx, tx, v.AuthorID, &at)
	if err != nil {
		return err
	}
	contact, err := personOf(ctx, tx, v.ContactID, &at)
	if err != nil {
		return err
	}
	const query = `
		INSERT INTO bot.approved_answer (number, stage, questions, text, owner, document, quote, version, valid_until, supersedes,
			author_person_id, contact_person_id, written_by, since, expires_at)
		VALUES ($1, 'draft', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	_, err = tx.Exec(ctx, query, v.Number, v.Questions, v.Text, v.Owner, v.Basis.Document, v.Basis.Quote, v.Basis.Version, timeOf(v.Until), v.Supersedes,
		author, contact, by, at, at.Add(s.ttl))
	return err
}

// Decide lets a decision be if it can.
func (s *Approved) Decide(ctx context.Context, id int64, d approved.Decision) (v approved.Version, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, d.UserID); err != nil {
			return err
		}
		if gone, err := forgotten(ctx, tx, d.By); err != nil || gone {
			return errors.Join(err, approved.ErrUnknown)
		}
		// Changes to versions of one ticket are serialized.
		const lock = "SELECT FROM bot.ticket WHERE number = (SELECT number FROM bot.approved_answer WHERE id = $1) FOR UPDATE"
		if _, err := tx.Exec(ctx, lock, id); err != nil {
			return err
		}
		if v, err = readVersion(ctx, tx, "a.id = $1", id); err != nil || v.DecidedBy == d.By {
			return err
		}
		if err := v.May(d); err != nil {
			return err
		}
		if err := s.decide(ctx, tx, v, d); err != nil {
			return err
		}
		v, err = readVersion(ctx, tx, "a.id = $1", id)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("decide on an approved answer (%d): %w", id, err)
	}
	return v, nil
}

// decide writes a decision. An approved version is kept as long as it is valid, and
// then as what is no longer in force.
func (s *Approved) decide(ctx context.Context, tx pgx.Tx, v approved.Version, d approved.Decision) error {
	expires := d.At.Add(s.ttl)
	if d.To == approved.StageApproved {
		expires = timeOf(v.Until).Add(s.ttl)
		const replace = "UPDATE bot.approved_answer SET stage = 'replaced', since = $2, expires_at = $3 WHERE number = $1 AND stage = 'approved'"
		if _, err := tx.Exec(ctx, replace, v.Number, d.At, d.At.Add(s.ttl)); err != nil {
			return err
		}
	}
	person, err := personOf(ctx, tx, d.UserID, &d.At)
	if err != nil {
		return err
	}
	const query = `
		UPDATE bot.approved_answer SET stage = $2, decided_by = $3, since = $4, expires_at = $5, review_since = NULL,
			approver_person_id = CASE $2 WHEN 'approved' THEN $6 ELSE approver_person_id END
		WHERE id = $1`
	_, err = tx.Exec(ctx, query, v.ID, d.To, d.By, d.At, expires, person)
	return err
}

// Version returns one.
func (s *Approved) Version(ctx context.Context, id int64) (approved.Version, error) {
	v, err := readVersion(ctx, s.pool, "a.id = $1", id)
	if err != nil {
		return v, fmt.Errorf("find approved answer (%d): %w", id, err)
	}
	return v, nil
}

// Current returns what is in force, waits or was returned, and what a question has
// decided.
func (s *Approved) Current(ctx context.Context, number int64, by string) ([]approved.Version, error) {
	const where = "(a.stage IN ('approved', 'draft', 'returned') OR $2 <> '' AND a.decided_by = $2) AND a.text <> '' AND $1::bigint IN (0, a.number) ORDER BY a.number, a.stage, a.id"
	rows, err := s.pool.Query(ctx, versionQuery+where, number, by)
	if err == nil {
		var all []approved.Version
		if all, err = pgx.CollectRows(rows, scanVersion); err == nil {
			return all, nil
		}
	}
	return nil, fmt.Errorf("list approved answers: %w", err)
}

// Reviewed notes whether the basis of an approved version stands.
func (s *Approved) Reviewed(ctx context.Context, id int64, stands bool, at time.Time) (time.Time, error) {
	const query = `
		UPDATE bot.approved_answer SET review_since = CASE WHEN $2 THEN NULL ELSE coalesce(review_since, $3) END
		WHERE id = $1 AND stage = 'approved' RETURNING review_since`
	var since *time.Time
	err := s.pool.QueryRow(ctx, query, id, stands, at).Scan(&since)
	if errors.Is(err, pgx.ErrNoRows) {
		err = approved.ErrUnknown
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("note where an approved answer stands (%d): %w", id, err)
	}
	return nullZero(since).UTC(), nil
}

// noVersion are the words of a version removed.
const noVersion = "questions = '{}', text = '', owner = '', document = '', quote = ''"

const versionQuery = `
	SELECT a.id, a.number, a.stage, a.questions, a.text, a.owner, a.document, a.quote, a.version, a.valid_until, a.supersedes,
		coalesce(author.chat_user_id, ''), coalesce(approver.chat_user_id, ''), coalesce(contact.chat_user_id, ''), a.decided_by, a.since, a.review_since, a.expires_at
	FROM bot.approved_answer a LEFT JOIN bot.person author ON author.id = a.author_person_id
		LEFT JOIN bot.person approver ON approver.id = a.approver_person_id LEFT JOIN bot.person contact ON contact.id = a.contact_person_id WHERE `

// readVersion reads one whose text is kept.
func readVersion(ctx context.Context, db querier, where string, args ...any) (v approved.Version, err error) {
	rows, err := db.Query(ctx, versionQuery+"a.text <> '' AND "+where, args...)
	if err != nil {
		return v, err
	}
	v, err = pgx.CollectOneRow(rows, scanVersion)
	if errors.Is(err, pgx.ErrNoRows) {
		err = approved.ErrUnknown
	}
	return v, err
}

func scanVersion(row pgx.CollectableRow) (v approved.Version, err error) {
	var until time.Time
	var review *time.Time
	err = row.Scan(&v.ID, &v.Number, &v.Stage, &v.Questions, &v.Text, &v.Owner, &v.Basis.Document, &v.Basis.Quote, &v.Basis.Version, &until, &v.Supersedes,
		&v.AuthorID, &v.ApproverID, &v.ContactID, &v.DecidedBy, &v.Since, &review, &v.ExpiresAt)
	v.FromTicket = true
	v.Name, v.Until = approved.NameOf(v.Number), retrieval.DateOf(until)
	v.Approved, v.Withdrawn = v.Stage == approved.StageApproved, v.Stage == approved.StageWithdrawn
	v.Since, v.ReviewSince, v.ExpiresAt = v.Since.UTC(), nullZero(review).UTC(), v.ExpiresAt.UTC()
	return v, err
}

// timeOf is midnight of a day.
func timeOf(d retrieval.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
