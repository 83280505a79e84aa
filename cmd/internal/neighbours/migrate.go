package neighbours

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
func (d *Database) Migrate(ctx context.Context) ([]Migrated, error) {
	pool, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	documents, err := d.migrateIndex(ctx, pool)
	if err != nil {
		return nil, err
	}
	rest, err := d.migrateBot(ctx, pool)
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
func (d *Database) migrateIndex(ctx context.Context, pool *pgxpool.Pool) (applied []string, err error) {
	if err := d.Check(ctx, pool); err != nil {
		return nil, err
	}
	if applied, err = postgres.Migrate(ctx, pool, postgres.DefaultSchema, d.tellMigration); err != nil {
		return applied, err
	}
	if house := d.site.Config.House(); house != "" {
		err = postgres.ClaimHouse(ctx, pool, postgres.DefaultSchema, house)
	}
	return applied, err
}

// migrateBot brings the bot's own schema and the queue's to the newest form.
func (d *Database) migrateBot(ctx context.Context, pool *pgxpool.Pool) (botpostgres.Applied, error) {
	return botpostgres.Migrate(ctx, pool, d.tellMigration)
}

// Check returns why this program must leave the database alone, or nil. All
// lines are looked at before any is written to: half an upgrade helps nobody.
func (d *Database) Check(ctx context.Context, pool *pgxpool.Pool) error {
	for _, err := range []error{postgres.Check(ctx, pool, postgres.DefaultSchema), botpostgres.Check(ctx, pool)} {
		if err != nil && !errors.Is(err, database.ErrOld) {
			return err
		}
	}
	if house := d.site.Config.House(); house != "" {
		return postgres.CheckHouse(ctx, pool, postgres.DefaultSchema, house)
	}
	return nil
}

// tellMigration says what people wait for: over much data a migration takes minutes.
func (d *Database) tellMigration(schema, step string) {
	fmt.Fprintf(d.site.Progress, "migrate %s: %s …\n", schema, step)
}
