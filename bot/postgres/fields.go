package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/bot/inbox"
)

// saveFields keeps what was typed with an arrival.
func (s *Questions) saveFields(ctx context.Context, tx pgx.Tx, questionID string, fields map[string]string) error {
	const query = `
		INSERT INTO bot.field (question_id, name, value, expires_at)
		VALUES (@question, @name, @value, coalesce(@now::timestamptz, now()) + @ttl::interval)`
	for name, value := range fields {
		if _, err := tx.Exec(ctx, query, pgx.NamedArgs{"question": questionID, "name": name, "value": value, "now": s.clock(), "ttl": s.ttl}); err != nil {
			return fmt.Errorf("save field (%s): %w", name, err)
		}
	}
	return nil
}

// readFields reads what was typed with a question; nil: nothing, or it is not kept.
func readFields(ctx context.Context, db querier, questionID string) (fields map[string]string, err error) {
	rows, err := db.Query(ctx, "SELECT name, value FROM bot.field WHERE question_id = $1", questionID)
	if err != nil {
		return nil, err
	}
	var name, value string
	_, err = pgx.ForEachRow(rows, []any{&name, &value}, func() error {
		if fields == nil {
			fields = map[string]string{}
		}
		fields[name] = value
		return nil
	})
	return fields, err
}

// removeFields forgets what was typed into a dialog once its question is done.
func removeFields(ctx context.Context, tx pgx.Tx, q inbox.Question) error {
	if q.Origin == inbox.FromCommand {
		return nil
	}
	_, err := tx.Exec(ctx, "DELETE FROM bot.field WHERE question_id = $1", q.ID)
	return err
}
