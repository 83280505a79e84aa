package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// change is one fenced step of a question.
type change struct {
	set     string             // of bot.question; may use @now, @id and args
	args    pgx.NamedArgs      // besides id, attempt, wanted, now
	from    []inbox.State      // states that it may start from; nil: any
	watched bool               // look at what happened to the asking post
	then    func(pgx.Tx) error // in the same transaction, when the step was made
}

// step makes one change: a single UPDATE that holds only for the lease, the
// state and, if watched, the asking post as the worker knows them.
func (s *Questions) step(ctx context.Context, q inbox.Question, c change) error {
	args := pgx.NamedArgs{"id": q.ID, "attempt": q.Attempt, "wanted": q.Wanted, "now": s.clock(), "watched": c.watched, "from": states(c.from)}
	for name, value := range c.args {
		args[name] = value
	}
	query := "UPDATE bot.question SET " + c.set + `
		WHERE id = @id AND attempt = @attempt AND lease_until IS NOT NULL
			AND (@from::text[] IS NULL OR state = ANY(@from::text[]))
			AND (NOT @watched OR lasting OR NOT gone AND wanted <= greatest(@wanted, revision))`
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, query, args)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return whyNot(ctx, tx, q)
		}
		if c.then == nil {
			return nil
		}
		return c.then(tx)
	})
	if err != nil {
		return fmt.Errorf("change question (%s, attempt %d): %w", q.ID, q.Attempt, err)
	}
	return nil
}

// whyNot tells why a step was not made.
func whyNot(ctx context.Context, tx pgx.Tx, q inbox.Question) error {
	var leased, gone, edited bool
	const query = `
		SELECT attempt = $2 AND lease_until IS NOT NULL, gone AND NOT lasting, wanted > greatest($3, revision) AND NOT lasting
		FROM bot.question WHERE id = $1`
	err := tx.QueryRow(ctx, query, q.ID, q.Attempt, q.Wanted).Scan(&leased, &gone, &edited)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return inbox.ErrStale
	case err != nil:
		return err
	case leased && gone:
		return inbox.ErrGone
	case leased && edited:
		return inbox.ErrChanged
	}
	return inbox.ErrStale
}

// states is the form of a list of states in a query; nil stays null.
func states(from []inbox.State) []string {
	var all []string
	for _, s := range from {
		all = append(all, string(s))
	}
	return all
}
