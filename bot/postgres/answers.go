package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/officehours"
)

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
		e := officehours.Event{Kind: officehours.EventAnswer, Actor: officehours.ByHost, By: a.QuestionID, HostID: a.HostID, At: a.At}
		if a.AskBack {
			e.Kind = officehours.EventAskBack
		}
		if t, err = takeLocked(ctx, tx, a.Number, e); err != nil {
			return err
		}
		return d.insertAnswer(ctx, tx, a)
	})
	if err != nil {
		return t, fmt.Errorf("answer ticket (%d): %w", a.Number, err)
	}
	return t, nil
}

// insertAnswer changes nothing when the answer is stored already.
func (d *Desk) insertAnswer(ctx context.Context, tx pgx.Tx, a officehours.HostAnswer) error {
	host, err := personOf(ctx, tx, a.HostID, &a.At)
	if err != nil {
		return err
	}
	const query = `
		INSERT INTO bot.ticket_answer (question_id, number, post_id, host_person_id, text, ask_back, at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (question_id) DO NOTHING`
	_, err = tx.Exec(ctx, query, a.QuestionID, a.Number, a.PostID, host, a.Text, a.AskBack, a.At, d.expiry(a.ExpiresAt, a.At))
	return err
}

// AnswerOf finds the answer that a host's post gave.
func (d *Desk) AnswerOf(ctx context.Context, postID string) (officehours.HostAnswer, error) {
	a, err := readAnswer(ctx, d.pool, postID, "")
	if err != nil {
		return a, fmt.Errorf("find answer of post (%s): %w", postID, err)
	}
	return a, nil
}

// Answers returns what hosts have answered to a ticket.
func (d *Desk) Answers(ctx context.Context, number int64) ([]officehours.HostAnswer, error) {
	rows, err := d.pool.Query(ctx, answerQuery+"a.number = $1 AND a.text <> '' AND NOT a.retracted ORDER BY a.at, a.question_id", number)
	if err != nil {
		return nil, fmt.Errorf("list answers to ticket (%d): %w", number, err)
	}
	return pgx.CollectRows(rows, scanAnswer)
}

const answerQuery = `
	SELECT a.number, a.question_id, a.post_id, coalesce(p.chat_user_id, ''), a.text, a.ask_back, a.retracted, a.at, a.expires_at
	FROM bot.ticket_answer a LEFT JOIN bot.person p ON p.id = a.host_person_id WHERE `

func readAnswer(ctx context.Context, db querier, postID, lock string) (a officehours.HostAnswer, err error) {
	if postID == "" {
		return a, officehours.ErrUnknown
	}
	rows, err := db.Query(ctx, answerQuery+"a.post_id = $1"+lock, postID)
	if err != nil {
		return a, err
	}
	a, err = pgx.CollectOneRow(rows, scanAnswer)
	if errors.Is(err, pgx.ErrNoRows) {
		err = officehours.ErrUnknown
	}
	return a, err
}

func scanAnswer(row pgx.CollectableRow) (officehours.HostAnswer, error) {
	var a officehours.HostAnswer
	err := row.Scan(&a.Number, &a.QuestionID, &a.PostID, &a.HostID, &a.Text, &a.AskBack, &a.Retracted, &a.At, &a.ExpiresAt)
	a.At, a.ExpiresAt = a.At.UTC(), a.ExpiresAt.UTC()
	return a, err
}

// ChangeAnswer corrects an answer or takes it back.
func (d *Desk) ChangeAnswer(ctx context.Context, postID, text, by string, at time.Time) (t officehours.Ticket, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		const done = `SELECT number FROM bot.ticket_event WHERE by = $1 AND event IN ('correct', 'retract', 'unanswer')`
		var number int64
		switch err := tx.QueryRow(ctx, done, by).Scan(&number); {
		case err == nil:
			t, err = readTicket(ctx, tx, "t.number = $1", number)
			return err
		case !errors.Is(err, pgx.ErrNoRows):
			return err
		}
		a, err := readAnswer(ctx, tx, postID, " FOR UPDATE OF a")
		if err != nil {
			return err
		}
		if a.Retracted || text == a.Text {
			return officehours.ErrUnknown
		}
		kind, err := changeAnswer(ctx, tx, a, text)
		if err != nil {
			return err
		}
		t, err = takeLocked(ctx, tx, a.Number, officehours.Event{Kind: kind, Actor: officehours.ByHost, By: by, HostID: a.HostID, At: at})
		return err
	})
	if err != nil {
		return t, fmt.Errorf("change answer (%s): %w", postID, err)
	}
	return t, nil
}

func changeAnswer(ctx context.Context, tx pgx.Tx, a officehours.HostAnswer, text string) (officehours.EventKind, error) {
	const query = "UPDATE bot.ticket_answer SET text = coalesce(nullif($2, ''), text), retracted = ($2 = '') WHERE question_id = $1"
	if _, err := tx.Exec(ctx, query, a.QuestionID, text); err != nil {
		return "", err
	}
	if text != "" {
		return officehours.EventCorrect, nil
	}
	var others bool
	const left = "SELECT EXISTS (SELECT FROM bot.ticket_answer WHERE number = $1 AND NOT retracted AND NOT ask_back)"
	if err := tx.QueryRow(ctx, left, a.Number).Scan(&others); err != nil {
		return "", err
	}
	if others || a.AskBack {
		return officehours.EventRetract, nil
	}
	return officehours.EventUnanswer, nil
}
