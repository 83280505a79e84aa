package database

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Some work takes as long as there is data: migrations, the building of indexes,
// the removal of what is no longer wanted. The limits of a pool are made for
// requests, and those of an address, a user or a database as well, so such work
// lifts them for itself. Its context ends it still.

// limits are the settings of the server that end what takes long.
var limits = []string{"statement_timeout", idleInTransaction}

// Unhurried runs work on a connection whose statements no limit ends.
func Unhurried(ctx context.Context, pool *pgxpool.Pool, work func(*pgxpool.Conn) error) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return Lift(ctx, conn, func() error { return work(conn) })
}

// Lift is Unhurried on a connection that the caller has.
func Lift(ctx context.Context, conn *pgxpool.Conn, work func() error) (err error) {
	if _, err := conn.Exec(ctx, "SET statement_timeout = 0; SET "+idleInTransaction+" = 0"); err != nil {
		return err
	}
	defer func() {
		if conn.Conn().IsClosed() {
			return // and its settings with it
		}
		_, resetErr := conn.Exec(context.WithoutCancel(ctx), "RESET statement_timeout; RESET "+idleInTransaction)
		err = errors.Join(err, resetErr)
	}()
	return work()
}

// UnhurriedTx is Unhurried within one transaction.
func UnhurriedTx(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0; SET LOCAL "+idleInTransaction+" = 0")
	return err
}

// unlimited makes connections of the configuration whose statements no limit ends.
func unlimited(config *pgx.ConnConfig) *pgx.ConnConfig {
	config = config.Copy()
	for _, name := range limits {
		config.RuntimeParams[name] = "0"
	}
	return config
}

// UnhurriedPool is a small pool to the same database whose statements no limit
// ends. Close it.
func UnhurriedPool(ctx context.Context, pool *pgxpool.Pool) (*pgxpool.Pool, error) {
	config := pool.Config()
	config.ConnConfig = unlimited(config.ConnConfig)
	config.MaxConns, config.MinConns, config.MinIdleConns = 4, 0, 0
	return pgxpool.NewWithConfig(ctx, config)
}
