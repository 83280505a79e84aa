package postgres

import (
	"context"
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log/slog"
	"path"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// The schemas.
const (
	Schema      = "bot"
	QueueSchema = "river"
)

// Line is how far one schema's migrations are.
type Line struct {
	Schema  string
	Version int64
	Newest  int64 // that this program knows
}

// Migrate brings both schemas to the newest form and returns what it applied,
// as "schema name". Two at once wait for each other. It needs a session of its
// own, so no pooler in transaction mode.
func Migrate(ctx context.Context, pool *pgxpool.Pool) (applied []string, err error) {
	if err := makeSchemas(ctx, pool); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	err = withProvider(pool, func(provider *goose.Provider) error {
		results, err := provider.Up(ctx)
		applied = append(applied, names(results)...)
		return err
	})
	if err != nil {
		return applied, fmt.Errorf("migrate %s: %w", Schema, err)
	}
	steps, err := migrateQueue(ctx, pool, rivermigrate.DirectionUp)
	applied = append(applied, steps...)
	if err != nil {
		return applied, fmt.Errorf("migrate %s: %w", QueueSchema, err)
	}
	return applied, nil
}

// MigrateDown takes all migrations back, with all that is kept; the empty
// schemas stay.
func MigrateDown(ctx context.Context, pool *pgxpool.Pool) (reverted []string, err error) {
	reverted, err = migrateQueue(ctx, pool, rivermigrate.DirectionDown)
	if err != nil {
		return reverted, fmt.Errorf("migrate %s down: %w", QueueSchema, err)
	}
	err = withProvider(pool, func(provider *goose.Provider) error {
		results, err := provider.DownTo(ctx, 0)
		reverted = append(reverted, names(results)...)
		return err
	})
	if err != nil {
		return reverted, fmt.Errorf("migrate %s down: %w", Schema, err)
	}
	return reverted, nil
}

// Status tells how far the schemas are. It changes nothing; a schema that is
// not there is at version 0.
func Status(ctx context.Context, pool *pgxpool.Pool) ([]Line, error) {
	own, err := ownStatus(ctx, pool)
	if err != nil {
		return nil, fmt.Errorf("migration status of %s: %w", Schema, err)
	}
	queue, err := queueStatus(ctx, pool)
	if err != nil {
		return nil, fmt.Errorf("migration status of %s: %w", QueueSchema, err)
	}
	return []Line{own, queue}, nil
}

func ownStatus(ctx context.Context, pool *pgxpool.Pool) (Line, error) {
	line := Line{Schema: Schema}
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return line, err
	}
	line.Newest, err = goose.NumericComponent(files[len(files)-1].Name())
	if err != nil {
		return line, err
	}
	line.Version, err = versionIn(ctx, pool, "bot.goose_db_version", "SELECT coalesce(max(version_id), 0) FROM bot.goose_db_version")
	return line, err
}

func queueStatus(ctx context.Context, pool *pgxpool.Pool) (Line, error) {
	line := Line{Schema: QueueSchema}
	migrator, err := queueMigrator(pool)
	if err != nil {
		return line, err
	}
	all := migrator.AllVersions()
	line.Newest = int64(all[len(all)-1].Version)
	line.Version, err = versionIn(ctx, pool, "river.river_migration", "SELECT coalesce(max(version), 0) FROM river.river_migration")
	return line, err
}

func versionIn(ctx context.Context, pool *pgxpool.Pool, table, query string) (version int64, err error) {
	var there bool
	if err := pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table).Scan(&there); err != nil || !there {
		return 0, err
	}
	err = pool.QueryRow(ctx, query).Scan(&version)
	return version, err
}

// makeSchemas runs under a lock: IF NOT EXISTS alone does not keep two
// processes from making the same thing.
func makeSchemas(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf("migrate")); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS bot; CREATE SCHEMA IF NOT EXISTS river")
		return err
	})
}

// migrateQueue applies River's own migrations, one process at a time.
func migrateQueue(ctx context.Context, pool *pgxpool.Pool, direction rivermigrate.Direction) (steps []string, err error) {
	migrator, err := queueMigrator(pool)
	if err != nil {
		return nil, err
	}
	opts := &rivermigrate.MigrateOpts{}
	if direction == rivermigrate.DirectionDown {
		opts.TargetVersion = -1
	}
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf("migrate queue")); err != nil {
			return err
		}
		// Not in tx: River's steps commit one by one, and some need to.
		result, err := migrator.Migrate(ctx, direction, opts)
		if result != nil {
			for _, v := range result.Versions {
				steps = append(steps, fmt.Sprintf("%s %03d %s", QueueSchema, v.Version, v.Name))
			}
		}
		return err
	})
	return steps, err
}

func queueMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: QueueSchema, Logger: slog.New(slog.DiscardHandler)})
}

// withProvider runs work with goose, whose table of versions lies in the
// schema bot.
func withProvider(pool *pgxpool.Pool, work func(*goose.Provider) error) (err error) {
	config := pool.Config().ConnConfig.Copy()
	config.RuntimeParams["search_path"] = Schema
	db := stdlib.OpenDB(*config)
	defer func() {
		if closeErr := db.Close(); err == nil {
			err = closeErr
		}
	}()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(lockOf("migrate bot")))
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
		all = append(all, Schema+" "+path.Base(result.Source.Path))
	}
	return all
}

// lockOf returns the key of an advisory lock. All programs of a database share
// these keys, hence the program's name in it.
func lockOf(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte("sprechstunde bot " + name))
	return int64(h.Sum64())
}
