package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// Lookup returns the question of an origin's key as it stands, with its
// drafts. inbox.ErrDone: there is none.
func (s *Questions) Lookup(ctx context.Context, origin inbox.Origin, key string) (inbox.Question, error) {
	q, err := readRow(ctx, s.pool, "origin = $1 AND origin_key = $2", origin, key)
	if err != nil {
		return q, fmt.Errorf("look up question (%s %s): %w", origin, key, err)
	}
	return s.Question(ctx, q.ID)
}

// OutcomeOf returns the outcome of the question that a draft belongs to.
// inbox.ErrDone: there is none.
func (s *Questions) OutcomeOf(ctx context.Context, marker string) (outcome string, err error) {
	const query = "SELECT q.outcome FROM bot.draft d JOIN bot.question q ON q.id = d.question_id WHERE d.marker = $1"
	err = s.pool.QueryRow(ctx, query, marker).Scan(&outcome)
	if errors.Is(err, pgx.ErrNoRows) {
		err = inbox.ErrDone
	}
	if err != nil {
		return "", fmt.Errorf("look up outcome (%s): %w", marker, err)
	}
	return outcome, nil
}

// Question returns a question as it stands, with its drafts. inbox.ErrDone:
// there is none.
func (s *Questions) Question(ctx context.Context, id string) (inbox.Question, error) {
	q, err := read(ctx, s.pool, id, unremoved)
	if err != nil {
		return q, fmt.Errorf("read question (%s): %w", id, err)
	}
	return q, nil
}

// Commands are those of the questions, by their ids, that came by a command, with
// what was typed, as long as that is kept.
func (s *Questions) Commands(ctx context.Context, ids []string) (map[string]inbox.Arrival, error) {
	const query = `
		SELECT q.id::text, p.chat_user_id, q.asked_at, f.value
		FROM bot.question q JOIN bot.person p ON p.id = q.person_id JOIN bot.field f ON f.question_id = q.id AND f.name = $2
		WHERE q.id = ANY($1) AND q.origin = 'command'`
	var known []uuid.UUID // markers stand in the chat: none of them is trusted to hold an id
	for _, id := range ids {
		if read, err := uuid.Parse(id); err == nil {
			known = append(known, read)
		}
	}
	rows, err := s.pool.Query(ctx, query, known, inbox.CommandText)
	if err != nil {
		return nil, fmt.Errorf("list commands: %w", err)
	}
	found := map[string]inbox.Arrival{}
	var id, typed string
	a := inbox.Arrival{Origin: inbox.FromCommand}
	_, err = pgx.ForEachRow(rows, []any{&id, &a.UserID, &a.At, &typed}, func() error {
		a.Fields = map[string]string{inbox.CommandText: typed}
		found[id] = a
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list commands: %w", err)
	}
	return found, nil
}

// Recent returns the ids of asking posts of the last 48 hours whose editing or
// deletion would matter, newest first, at most limit: also those that gave a host's
// answer.
func (s *Questions) Recent(ctx context.Context, limit int) ([]string, error) {
	const query = `
		SELECT origin_key FROM bot.question
		WHERE origin = 'post' AND NOT gone AND (NOT lasting OR EXISTS (
				SELECT FROM bot.ticket_answer a WHERE a.post_id = question.origin_key AND a.post_id <> '' AND NOT a.retracted))
			AND asked_at > coalesce($1::timestamptz, now()) - interval '48 hours'
		ORDER BY asked_at DESC LIMIT $2`
	rows, err := s.pool.Query(ctx, query, s.clock(), limit)
	if err != nil {
		return nil, fmt.Errorf("list recent questions: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// AnswersAt are the questions whose answers stand in posts, by post.
func (s *Questions) AnswersAt(ctx context.Context, postIDs []string) (map[string]string, error) {
	const query = "SELECT post_id, question_id::text FROM bot.draft WHERE post_id = ANY($1) AND post_id <> '' AND kind = 'answer' AND NOT obsolete"
	rows, err := s.pool.Query(ctx, query, postIDs)
	if err != nil {
		return nil, fmt.Errorf("find answers in posts: %w", err)
	}
	found := map[string]string{}
	var post, question string
	_, err = pgx.ForEachRow(rows, []any{&post, &question}, func() error { found[post] = question; return nil })
	return found, err
}

// RecentAnswers returns the posts of answers to questions of the last two weeks,
// newest first, at most limit.
func (s *Questions) RecentAnswers(ctx context.Context, limit int) ([]string, error) {
	const query = `
		SELECT d.post_id FROM bot.question q JOIN bot.draft d ON d.question_id = q.id
		WHERE q.asked_at > coalesce($1::timestamptz, now()) - interval '14 days' AND d.kind = 'answer' AND d.post_id <> '' AND NOT d.obsolete
		ORDER BY q.asked_at DESC LIMIT $2`
	rows, err := s.pool.Query(ctx, query, s.clock(), limit)
	if err != nil {
		return nil, fmt.Errorf("list recent answers: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// ListFilter chooses questions for List.
type ListFilter struct {
	State   inbox.State // empty: all
	Outcome string      // empty: all
	Open    bool        // only those that are not done
	Limit   int         // 0: 50
}

// Listed is one question as operators see it: neither text nor person.
type Listed struct {
	ID      string        `json:"id"`
	State   inbox.State   `json:"state"`
	Outcome string        `json:"outcome"`
	Reason  string        `json:"reason"`
	Attempt int           `json:"attempt"`
	Age     time.Duration `json:"age"` // since it was asked, in nanoseconds
}

// List returns questions, newest first.
func (s *Questions) List(ctx context.Context, f ListFilter) ([]Listed, error) {
	const query = `
		SELECT id::text, state, outcome, reason, attempt, coalesce(@now::timestamptz, now()) - asked_at AS age
		FROM bot.question
		WHERE (@state = '' OR state = @state) AND (@outcome = '' OR outcome = @outcome)
			AND (NOT @open OR state NOT IN ('posted', 'told', 'dropped'))
		ORDER BY asked_at DESC, id DESC LIMIT @limit`
	rows, err := s.pool.Query(ctx, query, pgx.NamedArgs{
		"now": s.clock(), "state": string(f.State), "outcome": f.Outcome, "open": f.Open, "limit": cmp.Or(f.Limit, 50),
	})
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
}
