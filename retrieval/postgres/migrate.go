package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// The lines of migrations; each has its own schema.
const (
	indexLine = "migrations/index"
	cacheLine = "migrations/cache"
)

// Migrate brings the schema to the newest form, making it and the vector
// extension where they are missing, and returns the names of the migrations
// that it applied. Two at once wait for each other.
func Migrate(ctx context.Context, pool *pgxpool.Pool, schema string) (applied []string, err error) {
	return migrate(ctx, pool, schema, indexLine)
}

func migrate(ctx context.Context, pool *pgxpool.Pool, schema, line string) (applied []string, err error) {
	if err := prepare(ctx, pool, schema); err != nil {
		return nil, fmt.Errorf("migrate %s: %w", schema, err)
	}
	err = withProvider(pool, schema, line, func(provider *goose.Provider) error {
		results, err := provider.Up(ctx)
		applied = names(results)
		return err
	})
	if err != nil {
		return applied, fmt.Errorf("migrate %s: %w", schema, err)
	}
	pool.Reset() // connections opened before do not know the vector type
	return applied, nil
}

// Down takes all migrations back; the schema itself stays.
func Down(ctx context.Context, pool *pgxpool.Pool, schema string) (reverted []string, err error) {
	err = withProvider(pool, schema, indexLine, func(provider *goose.Provider) error {
		results, err := provider.DownTo(ctx, 0)
		reverted = names(results)
		return err
	})
	if err != nil {
		return reverted, fmt.Errorf("migrate %s down: %w", schema, err)
	}
	return reverted, nil
}

// Pending reports whether the schema lacks migrations that this program knows.
func Pending(ctx context.Context, pool *pgxpool.Pool, schema string) (pending bool, err error) {
	err = withProvider(pool, schema, indexLine, func(provider *goose.Provider) error {
		pending, err = provider.HasPending(ctx)
		return err
	})
	return pending, err
}

// Drop removes the schema with all that is in it.
func Drop(ctx context.Context, pool *pgxpool.Pool, schema string) error {
	if _, err := pool.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{schema}.Sanitize()+" CASCADE"); err != nil {
		return fmt.Errorf("drop schema %s: %w", schema, err)
	}
	return nil
}

// prepare makes schema and extension. Many processes may start at once, and
// IF NOT EXISTS alone does not keep two from making the same thing.
func prepare(ctx context.Context, pool *pgxpool.Pool, schema string) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf("migrate")); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public"); err != nil {
			return fmt.Errorf("make the extension vector (pgvector must be installed in the server): %w", err)
		}
		_, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{schema}.Sanitize())
		return err
	})
}

// withProvider runs work with goose on connections into the schema; its table
// of versions lies in the same schema.
func withProvider(pool *pgxpool.Pool, schema, line string, work func(*goose.Provider) error) (err error) {
	config := pool.Config().ConnConfig.Copy()
	config.RuntimeParams["search_path"] = searchPath(schema)
	db := stdlib.OpenDB(*config)
	defer func() {
		if closeErr := db.Close(); err == nil {
			err = closeErr
		}
	}()
	files, err := fs.Sub(migrations, line)
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(lockOf("migrate " + schema)))
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	return work(provider)
}

func names(results []*goose.MigrationResult) []string {
	var all []string
	for _, result := range results {
		all = append(all, path.Base(result.Source.Path))
	}
	return all
}
