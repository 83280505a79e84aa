package neighbours

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	botpostgres "lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// Index opens the tables of the index in a schema (empty: the house's own),
// making them on first use.
func (d *Database) Index(ctx context.Context, schema string) (*postgres.Store, error) {
	store, err := postgres.Open(ctx, d.DSN, postgres.Options{Schema: schema})
	if err != nil {
		return nil, err
	}
	d.closing.later(func() error { store.Close(); return nil })
	if store.Schema() == postgres.DefaultSchema {
		_, err = d.migrateIndex(ctx, store.Pool())
	} else {
		_, err = postgres.Migrate(ctx, store.Pool(), store.Schema())
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// IndexToRead opens the house's index for reading only, which the database itself
// enforces. Nil: nothing has been ingested yet.
func (d *Database) IndexToRead(ctx context.Context) (*postgres.Store, error) {
	store, err := postgres.Open(ctx, d.DSN, postgres.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	d.closing.later(func() error { store.Close(); return nil })
	if err := d.Check(ctx, store.Pool()); err != nil {
		return nil, err
	}
	if exists, err := store.Exists(ctx); err != nil || !exists {
		return nil, err
	}
	if err := postgres.Check(ctx, store.Pool(), store.Schema()); err != nil {
		return nil, err
	}
	return store, nil
}

// Bot opens the bot's own tables, making them on first use.
func (d *Database) Bot(ctx context.Context) (*pgxpool.Pool, error) {
	pool, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := d.migrateBot(ctx, pool); err != nil {
		return nil, err
	}
	return pool, nil
}

// BotAsItIs opens the bot's own tables for a look or a change by hand. They must
// be there and in the newest form.
func (d *Database) BotAsItIs(ctx context.Context) (*pgxpool.Pool, error) {
	pool, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := d.Check(ctx, pool); err != nil {
		return nil, err
	}
	return pool, botpostgres.Ready(ctx, pool)
}

func (d *Database) open(ctx context.Context) (*pgxpool.Pool, error) {
	pool, err := botpostgres.Open(ctx, d.DSN, 0)
	if err != nil {
		return nil, err
	}
	d.closing.later(func() error { pool.Close(); return nil })
	return pool, nil
}
