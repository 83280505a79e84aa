package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"lvr.example/sprechstunde/retrieval/database"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schema is what all migrations together make, by pg_dump.
//
//go:embed schema.sql
var schema string

// The schemas.
const (
	Schema      = "bot"
	QueueSchema = "river"
)

// line is the bot's own line of migrations.
func line() database.Line {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // unreachable: the folder is embedded
	}
	return database.Line{Schema: Schema, Files: files, Form: schema}
}

// Applied is what became of the two schemas: names of migrations.
type Applied struct{ Own, Queue []string }

// Migrate brings both schemas to the newest form, see [database.Line.Up]. It
// writes nothing if either cannot be used. tell may be nil.
func Migrate(ctx context.Context, pool *pgxpool.Pool, tell ...database.Tell) (applied Applied, err error) {
	if err := Check(ctx, pool); err != nil && !errors.Is(err, database.ErrOld) {
		return Applied{}, err
	}
	all := func(schema, step string) {
		for _, t := range tell {
			t(schema, step)
		}
	}
	if applied.Own, err = line().Up(ctx, pool, all); err != nil {
		return applied, err
	}
	applied.Queue, err = queueUp(ctx, pool, all)
	return applied, err
}

// MigrateDown rolls back all migrations, with all that is kept; the empty
// schemas stay.
func MigrateDown(ctx context.Context, pool *pgxpool.Pool) (reverted Applied, err error) {
	if reverted.Queue, err = migrateQueue(ctx, pool, rivermigrate.DirectionDown, nil); err != nil {
		return reverted, err
	}
	reverted.Own, err = line().DownTo(ctx, pool, 0)
	return reverted, err
}

// Status tells how far the two schemas are. It changes nothing.
func Status(ctx context.Context, pool *pgxpool.Pool) ([]database.Status, error) {
	own, err := line().Status(ctx, pool)
	if err != nil {
		return nil, err
	}
	queue, err := queueStatus(ctx, pool)
	return []database.Status{own, queue}, err
}

// Check returns nil if both schemas are in the newest form, else why they cannot
// be used: [database.ErrOld] only if there is no worse.
func Check(ctx context.Context, pool *pgxpool.Pool) error {
	all, err := Status(ctx, pool)
	if err != nil {
		return err
	}
	var worst error
	for _, s := range all {
		if worst == nil || errors.Is(worst, database.ErrOld) && s.Fault != nil {
			worst = s.Fault
		}
	}
	return worst
}

func queueStatus(ctx context.Context, pool *pgxpool.Pool) (database.Status, error) {
	migrator, err := queueMigrator(pool)
	if err != nil {
		return database.Status{Schema: QueueSchema}, err
	}
	return database.Look(ctx, pool, QueueSchema, database.Known{
		Record: "river_migration", Versions: versions(migrator.AllVersions()), Tables: []string{"river_job"},
		Applied: func(ctx context.Context, tx pgx.Tx) ([]int64, error) {
			rows, _ := tx.Query(ctx, "SELECT version FROM river.river_migration") // River's own reader fails on those of newer programs
			return pgx.CollectRows(rows, pgx.RowTo[int64])
		},
	})
}

func versions(migrations []rivermigrate.Migration) []int64 {
	all := make([]int64, len(migrations))
	for i, m := range migrations {
		all[i] = int64(m.Version)
	}
	return all
}

func queueUp(ctx context.Context, pool *pgxpool.Pool, tell database.Tell) ([]string, error) {
	status, err := queueStatus(ctx, pool)
	if err != nil || status.Fault == nil {
		return nil, err
	}
	if status.Version > 0 {
		tell(QueueSchema, fmt.Sprintf("%d migrations of the queue", len(status.Pending)))
	}
	return migrateQueue(ctx, pool, rivermigrate.DirectionUp, tell)
}

// migrateQueue applies River's own migrations, one process at a time.
func migrateQueue(ctx context.Context, pool *pgxpool.Pool, direction rivermigrate.Direction, tell database.Tell) (steps []string, err error) {
	unhurried, err := database.UnhurriedPool(ctx, pool)
	if err != nil {
		return nil, fmt.Errorf("migrate %s: %w", QueueSchema, err)
	}
	defer unhurried.Close()
	release, err := database.Turn(ctx, unhurried, QueueSchema, tell)
	if err != nil {
		return nil, err
	}
	defer release()
	err = pgx.BeginFunc(ctx, unhurried, func(tx pgx.Tx) error { return database.MakeSchema(ctx, tx, QueueSchema) })
	if err != nil {
		return nil, fmt.Errorf("migrate %s: %w", QueueSchema, err)
	}
	migrator, err := queueMigrator(unhurried)
	if err != nil {
		return nil, fmt.Errorf("migrate %s: %w", QueueSchema, err)
	}
	opts := &rivermigrate.MigrateOpts{}
	if direction == rivermigrate.DirectionDown {
		opts.TargetVersion = -1
	}
	result, err := migrator.Migrate(ctx, direction, opts)
	if result != nil {
		for _, v := range result.Versions {
			steps = append(steps, fmt.Sprintf("%03d %s", v.Version, v.Name))
		}
	}
	if err != nil {
		return steps, fmt.Errorf("migrate %s: %w", QueueSchema, err)
	}
	return steps, nil
}

func queueMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: QueueSchema, Logger: slog.New(slog.DiscardHandler)})
}

// lockOf returns the key of one of the bot's locks.
func lockOf(name string) int64 { return database.Key("bot " + name) }
