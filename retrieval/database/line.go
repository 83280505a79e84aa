package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// Line is a line of migrations in one schema: numbered SQL files, applied in
// order, each in a transaction with its record, which lies in the same schema.
type Line struct {
	Schema     string
	Files      fs.FS
	Form       string   // the newest form as a dump of the schema (pg_dump); empty: not compared
	Extensions []string // that the line needs, made in public
}

// Status says how far the schema is. It changes nothing.
func (l Line) Status(ctx context.Context, pool *pgxpool.Pool) (Status, error) {
	steps, err := l.steps()
	if err != nil {
		return Status{Schema: l.Schema}, err
	}
	known := Known{Record: goose.DefaultTablename, Tables: l.tables(), Applied: func(ctx context.Context, tx pgx.Tx) ([]int64, error) {
		rows, _ := tx.Query(ctx, "SELECT version_id FROM "+pgx.Identifier{l.Schema, goose.DefaultTablename}.Sanitize()+" WHERE is_applied")
		return pgx.CollectRows(rows, pgx.RowTo[int64])
	}}
	for _, s := range steps {
		known.Versions = append(known.Versions, s.version)
	}
	return Look(ctx, pool, l.Schema, known)
}

// Check returns nil if the schema is in the newest form, else why not.
func (l Line) Check(ctx context.Context, pool *pgxpool.Pool) error {
	status, err := l.Status(ctx, pool)
	if err != nil {
		return err
	}
	return status.Fault
}

// Up brings the schema to the newest form, making it and the extensions where
// they are missing, and returns the names of the migrations that it applied. It
// writes nothing where it finds a newer schema or one that is not its own.
//
// Processes are serialized by an advisory lock. No limit of the pool ends a
// migration, only ctx. It needs sessions, so no pooler in transaction mode.
func (l Line) Up(ctx context.Context, pool *pgxpool.Pool, tell Tell) (applied []string, err error) {
	return l.UpTo(ctx, pool, math.MaxInt64, tell)
}

// UpTo is Up that ends with a version, for tests of migrations.
func (l Line) UpTo(ctx context.Context, pool *pgxpool.Pool, version int64, tell Tell) (applied []string, err error) {
	status, err := l.Status(ctx, pool)
	if err != nil {
		return nil, fmt.Errorf("migrate %s: %w", l.Schema, err)
	}
	if status.Fault == nil {
		return nil, nil
	}
	if !errors.Is(status.Fault, ErrOld) {
		return nil, fmt.Errorf("migrate: %w", status.Fault)
	}
	if err := l.prepare(ctx, pool); err != nil {
		return nil, fmt.Errorf("migrate %s: %w", l.Schema, err)
	}
	err = l.withProvider(pool, tell, func(provider *goose.Provider) error {
		applied, err = l.climb(ctx, provider, version, status, tell)
		return err
	})
	if err != nil {
		return applied, fmt.Errorf("migrate %s: %w", l.Schema, err)
	}
	return applied, nil
}

// climb applies what is pending one by one, so that each can be told of before.
func (l Line) climb(ctx context.Context, provider *goose.Provider, top int64, from Status, tell Tell) (applied []string, err error) {
	steps, err := l.steps()
	if err != nil {
		return nil, err
	}
	for _, s := range steps {
		if s.version > top || !slices.Contains(from.Pending, s.version) {
			continue
		}
		if from.Version > 0 { // into an empty schema all takes no time
			tell.of(l.Schema, s.name)
		}
		results, err := provider.UpTo(ctx, s.version)
		applied = append(applied, names(results)...)
		if err != nil {
			return applied, err
		}
	}
	return applied, nil
}

// DownTo rolls back the migrations after a version, with all that they keep, and
// returns their names. 0 leaves an empty schema.
func (l Line) DownTo(ctx context.Context, pool *pgxpool.Pool, version int64) (reverted []string, err error) {
	err = l.withProvider(pool, nil, func(provider *goose.Provider) error {
		results, err := provider.DownTo(ctx, version)
		reverted = names(results)
		return err
	})
	if err != nil {
		return reverted, fmt.Errorf("migrate %s down: %w", l.Schema, err)
	}
	return reverted, nil
}

// prepare makes schema and extensions. Many processes may start at once, and
// IF NOT EXISTS alone does not keep two from making the same thing.
func (l Line) prepare(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if err := UnhurriedTx(ctx, tx); err != nil {
			return err
		}
		return MakeSchema(ctx, tx, l.Schema, l.Extensions...)
	})
}

// MakeSchema makes the schema and the extensions where they are missing.
func MakeSchema(ctx context.Context, tx pgx.Tx, schema string, extensions ...string) error {
	if err := lockTx(ctx, tx, "make schemas"); err != nil {
		return err
	}
	for _, name := range extensions {
		if _, err := tx.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH SCHEMA public"); err != nil {
			return fmt.Errorf("make the extension %s (it must be installed in the server): %w", name, err)
		}
	}
	_, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{schema}.Sanitize())
	return err
}

// Drop removes the schema with all that is in it.
func Drop(ctx context.Context, pool *pgxpool.Pool, schema string) error {
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if err := UnhurriedTx(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{schema}.Sanitize()+" CASCADE")
		return err
	})
	if err != nil {
		return fmt.Errorf("drop schema %s: %w", schema, err)
	}
	return nil
}

// withProvider runs work with goose on connections into the schema.
func (l Line) withProvider(pool *pgxpool.Pool, tell Tell, work func(*goose.Provider) error) (err error) {
	config := unlimited(pool.Config().ConnConfig)
	config.RuntimeParams["search_path"] = searchPath(l.Schema)
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, l.Files, goose.WithSessionLocker(locker{l.Schema, tell}))
	if err != nil {
		return err
	}
	return work(provider)
}

type step struct {
	version int64
	name    string
}

// steps lists the migrations in order.
func (l Line) steps() ([]step, error) {
	files, err := fs.Glob(l.Files, "*.sql")
	if err != nil {
		return nil, err
	}
	steps := make([]step, 0, len(files))
	for _, name := range files { // sorted by name, as their numbers are
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		steps = append(steps, step{version, name})
	}
	return steps, nil
}

var createTable = regexp.MustCompile(`(?m)^CREATE TABLE [a-z_]+\.([a-z_]+) \(`)

// tables lists the tables of the newest form.
func (l Line) tables() (tables []string) {
	for _, match := range createTable.FindAllStringSubmatch(l.Form, -1) {
		tables = append(tables, match[1])
	}
	return tables
}

func names(results []*goose.MigrationResult) []string {
	var all []string
	for _, result := range results {
		all = append(all, path.Base(result.Source.Path))
	}
	return all
}
