package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
)

// Votes keeps what people say of answers.
type Votes struct {
	pool *pgxpool.Pool
}

var _ feedback.Votes = (*Votes)(nil)

// NewVotes makes the store.
func NewVotes(pool *pgxpool.Pool) *Votes { return &Votes{pool: pool} }

// Cast counts a vote, or changes the person's earlier one on that answer, also of
// another month; an older one changes nothing. inbox.ErrStale: the answer is not
// kept any more, or whoever asked was forgotten.
func (s *Votes) Cast(ctx context.Context, v feedback.Vote) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockAsker(ctx, tx, v.UserID); err != nil {
			return err
		}
		if kept, err := answerKept(ctx, tx, v.Answer); err != nil || !kept {
			return errors.Join(err, inbox.ErrStale)
		}
		if gone, err := forgotten(ctx, tx, v.By); err != nil || gone {
			return errors.Join(err, inbox.ErrStale)
		}
		newer, err := s.replaceVote(ctx, tx, v)
		if err != nil || newer {
			return err
		}
		person, err := personOf(ctx, tx, v.UserID, &v.At)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO bot.vote (question_id, person_id, helpful, reason, reaction, at) VALUES ($1, $2, $3, $4, $5, $6)`,
			v.Answer, person, v.Helpful, v.Reason, v.Reaction, v.At)
		return err
	})
	if err != nil {
		return fmt.Errorf("count vote (%s): %w", v.Answer, err)
	}
	return nil
}

// TakeBack forgets a person's vote on an answer if it is a reaction.
func (s *Votes) TakeBack(ctx context.Context, answer, userID string) error {
	_, err := s.pool.Exec(ctx, `
		DELETE FROM bot.vote WHERE reaction AND question_id = $1 AND person_id IN (SELECT id FROM bot.person WHERE chat_user_id = $2)`,
		answer, userID)
	if err != nil {
		return fmt.Errorf("take back vote (%s): %w", answer, err)
	}
	return nil
}

// ByReaction are the votes on answers that are reactions.
func (s *Votes) ByReaction(ctx context.Context, answers []string) ([]feedback.Vote, error) {
	const query = `
		SELECT v.question_id::text, p.chat_user_id, v.helpful, v.reason, v.at
		FROM bot.vote v JOIN bot.person p ON p.id = v.person_id WHERE v.reaction AND v.question_id = ANY($1::uuid[])`
	rows, err := s.pool.Query(ctx, query, answers)
	if err != nil {
		return nil, fmt.Errorf("read votes by reaction: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (feedback.Vote, error) {
		v := feedback.Vote{Reaction: true}
		err := row.Scan(&v.Answer, &v.UserID, &v.Helpful, &v.Reason, &v.At)
		return v, err
	})
}

// replaceVote takes the person's earlier vote away, or reports that it is newer.
func (s *Votes) replaceVote(ctx context.Context, tx pgx.Tx, v feedback.Vote) (newer bool, err error) {
	const theirs = "question_id = $1 AND person_id IN (SELECT id FROM bot.person WHERE chat_user_id = $2)"
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM bot.vote WHERE "+theirs+" AND at > $3)", v.Answer, v.UserID, v.At).Scan(&newer); err != nil || newer {
		return newer, err
	}
	_, err = tx.Exec(ctx, "DELETE FROM bot.vote WHERE "+theirs, v.Answer, v.UserID)
	return false, err
}

// answerKept reports whether there is such a question of somebody who was not
// forgotten.
func answerKept(ctx context.Context, tx pgx.Tx, questionID string) (kept bool, err error) {
	id, err := uuid.Parse(questionID)
	if err != nil {
		return false, nil //nolint:nilerr // an id that is none names no question
	}
	err = tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM bot.question WHERE id = $1 AND person_id IS NOT NULL)", id).Scan(&kept)
	return kept, err
}
