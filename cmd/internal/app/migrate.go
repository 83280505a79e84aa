package app

import (
	"context"
	"strings"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Migrated is what became of one migration line.
type Migrated struct {
	Schema  string   `json:"schema"`
	Applied []string `json:"applied"`
}

// Migrate applies the three migration lines: retrieval, bot and the queue's.
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
	documents, err := postgres.Migrate(ctx, pool, postgres.DefaultSchema)
	if err != nil {
		return nil, err
	}
	rest, err := botpostgres.Migrate(ctx, pool)
	if err != nil {
		return nil, err
	}
	lines := []Migrated{{postgres.DefaultSchema, append([]string{}, documents...)}, {botpostgres.Schema, []string{}}, {botpostgres.QueueSchema, []string{}}}
	for _, step := range rest {
		line := &lines[1]
		if strings.HasPrefix(step, botpostgres.QueueSchema+" ") {
			line = &lines[2]
		}
		line.Applied = append(line.Applied, step)
	}
	return lines, nil
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
