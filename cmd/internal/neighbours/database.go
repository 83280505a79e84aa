package neighbours

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// Database is the product's database. Close it; what was opened on it is closed
// with it.
type Database struct {
	DSN string

	site    *Site
	server  *pglocal.Server // nil: the configuration names another
	closing closing
}

// databaseName is the product's own on the embedded server.
const databaseName = "sprechstunde"

// OpenDatabase finds the database that the configuration names, without asking it,
// or starts the embedded one.
func (s *Site) OpenDatabase(ctx context.Context) (*Database, error) {
	if url := s.Config.Database.URL.Reveal(); url != "" {
		if err := checkDSN(url); err != nil {
			return nil, err
		}
		return &Database{DSN: url, site: s}, nil
	}
	server, err := pglocal.Start(ctx, pglocal.Options{DataDir: s.DataDir, Progress: s.Progress})
	if err != nil {
		return nil, fmt.Errorf("embedded PostgreSQL: %w", err)
	}
	d := &Database{DSN: server.DSN(databaseName), site: s, server: server}
	d.closing.later(server.Close)
	if err := server.CreateDatabase(ctx, databaseName); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// checkDSN refuses an address that cannot be read, without repeating it: it may
// hold a password where none is expected.
func checkDSN(dsn string) error {
	_, err := pgx.ParseConfig(dsn)
	if err == nil {
		return nil
	}
	var unreadable *pgconn.ParseConfigError
	if errors.As(err, &unreadable) {
		err = unreadable.Unwrap()
	}
	return fmt.Errorf("database.url cannot be read (%w); write it as postgres://user:password@host:5432/database", err)
}

// reach reports why the server does not let this program in, or nil.
func (d *Database) reach(ctx context.Context) error {
	pool, err := database.Open(ctx, d.DSN, database.Options{MaxConns: 1})
	if err != nil {
		return err
	}
	pool.Close()
	return nil
}

// Beside returns the address of another database on the embedded server, made on
// first use, for a neighbour of the demo.
func (d *Database) Beside(ctx context.Context, name string) (dsn string, err error) {
	if d.server == nil {
		return "", errors.New("the embedded server does not run: the configuration names another")
	}
	if err := d.server.CreateDatabase(ctx, name); err != nil {
		return "", err
	}
	return d.server.DSN(name), nil
}

// Close closes what was opened on the database, and the embedded server.
func (d *Database) Close() error { return d.closing.close() }
