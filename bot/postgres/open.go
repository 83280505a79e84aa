package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Open connects to the database. maxConns bounds the pool; 0 means 16. Silent
// connections and endless statements are ended, so that a failed-over server
// is noticed; a pooler such as PgBouncer has to let these settings pass
// (ignore_startup_parameters).
func Open(ctx context.Context, dsn string, maxConns int32) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	config.MaxConns = 16
	if maxConns > 0 {
		config.MaxConns = maxConns
	}
	config.MaxConnLifetime = 30 * time.Minute
	config.MaxConnIdleTime = 5 * time.Minute
	config.HealthCheckPeriod = 15 * time.Second
	config.ConnConfig.ConnectTimeout = 10 * time.Second
	setDefaults(config.ConnConfig.RuntimeParams, map[string]string{
		"application_name":                    "sprechstunde",
		"statement_timeout":                   "30s",
		"idle_in_transaction_session_timeout": "60s",
		"tcp_keepalives_idle":                 "30",
		"tcp_keepalives_interval":             "10",
		"tcp_keepalives_count":                "3",
	})
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return pool, nil
}

// setDefaults leaves alone what the address says itself.
func setDefaults(params, defaults map[string]string) {
	for name, value := range defaults {
		if params[name] == "" {
			params[name] = value
		}
	}
}

// Ready reports whether the bot can write: the server is no read-only standby
// and the migrations that this program needs are applied.
func Ready(ctx context.Context, pool *pgxpool.Pool) error {
	var readOnly bool
	if err := pool.QueryRow(ctx, "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean").Scan(&readOnly); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	if readOnly {
		return fmt.Errorf("database is read-only: connect to the primary server")
	}
	lines, err := Status(ctx, pool)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Version < l.Newest {
			return fmt.Errorf("schema %s is at version %d, this program needs %d: run sprechstunde migrate", l.Schema, l.Version, l.Newest)
		}
	}
	return nil
}
