package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	pgxvector "github.com/pgvector/pgvector-go/pgx"

	"lvr.example/sprechstunde/retrieval/database"
)

// DefaultSchema holds the house's index.
const DefaultSchema = "retrieval"

// Options of a store.
type Options struct {
	Schema   string // default DefaultSchema
	MaxConns int32  // default 8
	ReadOnly bool   // the database refuses to write
	Exact    bool   // search no graph, for measuring
}

// Store is the index in one schema. It is safe for concurrent use.
type Store struct {
	pool   *pgxpool.Pool
	schema string
	exact  bool          // search no graph
	beat   time.Duration // of a lock, see database.Beat
}

// Open connects to the database. The schema need not exist yet: [Migrate] makes
// it. Close the store when done. Searches are bounded by their contexts; nothing
// here has a time limit in the server, because syncs and graphs take long.
func Open(ctx context.Context, dsn string, options Options) (*Store, error) {
	if options.Schema == "" {
		options.Schema = DefaultSchema
	}
	if options.MaxConns == 0 {
		options.MaxConns = 8
	}
	pool, err := database.Open(ctx, dsn, database.Options{
		Schema: options.Schema, MaxConns: options.MaxConns, ReadOnly: options.ReadOnly, AfterConnect: registerVector,
	})
	if err != nil {
		return nil, err
	}
	return &Store{pool: pool, schema: options.Schema, exact: options.Exact, beat: database.Beat}, nil
}

// Exists reports whether the schema has been made.
func (s *Store) Exists(ctx context.Context) (exists bool, err error) {
	err = s.pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", pgx.Identifier{s.schema, "document"}.Sanitize()).Scan(&exists)
	if err != nil {
		return false, fmt.Errorf("look for schema %s: %w", s.schema, err)
	}
	return exists, nil
}

// Close releases the connections.
func (s *Store) Close() { s.pool.Close() }

// Pool returns the store's connections, whose search path begins with its schema.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Schema returns the name of the store's schema.
func (s *Store) Schema() string { return s.schema }

// registerVector teaches a connection pgvector's type. Before the first
// migration the type does not exist yet.
func registerVector(ctx context.Context, conn *pgx.Conn) error {
	var exists bool
	err := conn.QueryRow(ctx, "SELECT to_regtype('vector') IS NOT NULL").Scan(&exists)
	if err != nil || !exists {
		return err
	}
	return pgxvector.RegisterTypes(ctx, conn)
}

// inTransaction runs work in a transaction, unless ctx is that of a lock which
// has gone to another holder.
func (s *Store) inTransaction(ctx context.Context, work func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := s.fenced(ctx, tx); err != nil {
			return err
		}
		return work(tx)
	})
}

// snapshot runs work, which only reads, on one state of the database.
func (s *Store) snapshot(ctx context.Context, work func(pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, work)
}

// isNoRows reports that a query found nothing.
func isNoRows(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
