package app

import (
	"context"
	"errors"
	"fmt"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Migrated is what became of one migration line.
type Migrated struct {
	Schema  string   `json:"schema"`
	Applied []string `json:"applied"`
}

// Migrate applies the three migration lines: retrieval, bot and the queue's.
// Nothing is written where one of them cannot be used.
func (b *Base) Migrate(ctx context.Context) ([]Migrated, error) {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	pool, err := botpostgres.Open(ctx, dsn, 0)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	if err := botpostgres.Check(ctx, pool); err != nil && !errors.Is(err, database.ErrOld) {
		return nil, err
	}
	documents, err := postgres.Migrate(ctx, pool, postgres.DefaultSchema, b.tellMigration)
	if err != nil {
		return nil, err
	}
	rest, err := botpostgres.Migrate(ctx, pool, b.tellMigration)
	if err != nil {
		return nil, err
	}
	return []Migrated{
		{postgres.DefaultSchema, append([]string{}, documents...)},
		{botpostgres.Schema, append([]string{}, rest.Own...)},
		{botpostgres.QueueSchema, append([]string{}, rest.Queue...)},
	}, nil
}

// tellMigration says what a schema is waiting for: a large index takes minutes.
func (b *Base) tellMigration(schema, step string) {
	fmt.Fprintf(b.Progress, "migrate %s: %s …\n", schema, step)
}

// Questions opens the inbox for looking at it.
func (b *Base) Questions(ctx context.Context) (*botpostgres.Questions, error) {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	pool, err := botpostgres.Open(ctx, dsn, 0)
	if err != nil {
		return nil, err
	}
	b.closeLater(func() error { pool.Close(); return nil })
	if err := botpostgres.Ready(ctx, pool); err != nil {
		return nil, err
	}
	return botpostgres.NewQuestions(botpostgres.QuestionsConfig{Pool: pool})
}
