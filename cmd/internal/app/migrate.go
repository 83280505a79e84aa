package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

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
// Nothing is written where one of them cannot be used or the database is another
// house's.
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
	documents, err := b.migrateIndex(ctx, pool)
	if err != nil {
		return nil, err
	}
	rest, err := b.migrateBot(ctx, pool)
	if err != nil {
		return nil, err
	}
	return []Migrated{
		{postgres.DefaultSchema, append([]string{}, documents...)},
		{botpostgres.Schema, append([]string{}, rest.Own...)},
		{botpostgres.QueueSchema, append([]string{}, rest.Queue...)},
	}, nil
}

// migrateIndex brings the house's index to the newest form.
func (b *Base) migrateIndex(ctx context.Context, pool *pgxpool.Pool) (applied []string, err error) {
	if err := b.checkDatabase(ctx, pool); err != nil {
		return nil, err
	}
	if applied, err = postgres.Migrate(ctx, pool, postgres.DefaultSchema, b.tellMigration); err != nil {
		return applied, err
	}
	if house := b.Config.House(); house != "" {
		err = postgres.ClaimHouse(ctx, pool, postgres.DefaultSchema, house)
	}
	return applied, err
}

// migrateBot brings the bot's own schema and the queue's to the newest form.
func (b *Base) migrateBot(ctx context.Context, pool *pgxpool.Pool) (botpostgres.Applied, error) {
	return botpostgres.Migrate(ctx, pool, b.tellMigration)
}

// checkDatabase returns why this program must leave the database alone, or nil. All
// lines are looked at before any is written to: half an upgrade helps nobody.
func (b *Base) checkDatabase(ctx context.Context, pool *pgxpool.Pool) error {
	for _, err := range []error{postgres.Check(ctx, pool, postgres.DefaultSchema), botpostgres.Check(ctx, pool)} {
		if err != nil && !errors.Is(err, database.ErrOld) {
			return err
		}
	}
	if house := b.Config.House(); house != "" {
		return postgres.CheckHouse(ctx, pool, postgres.DefaultSchema, house)
	}
	return nil
}

// tellMigration says what people wait for: over much data a migration takes minutes.
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
	if err := b.checkDatabase(ctx, pool); err != nil {
		return nil, err
	}
	if err := botpostgres.Ready(ctx, pool); err != nil {
		return nil, err
	}
	return botpostgres.NewQuestions(botpostgres.QuestionsConfig{Pool: pool})
}
