package database

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Options of a pool of connections.
type Options struct {
	Schema    string        // looked in first, before public; empty: the server's own search path
	MaxConns  int32         // default 16
	Statement time.Duration // after which the server ends a statement; 0: never
	Idle      time.Duration // after which it ends a transaction that does nothing; 0: never
	ReadOnly  bool          // the server refuses to write

	AfterConnect func(context.Context, *pgx.Conn) error // may be nil
}

// Times of a connection.
const (
	connectTimeout = 10 * time.Second
	maxLifetime    = 30 * time.Minute
	maxIdle        = 5 * time.Minute
	healthCheck    = 15 * time.Second
)

// Open connects to the database and asks it once. Silent connections are ended,
// so that a server that failed over is noticed, and so that a process that was cut
// off holds its locks for a minute, not for hours. What the address says itself is
// left alone. A pooler such as PgBouncer has to let these settings pass
// (ignore_startup_parameters).
func Open(ctx context.Context, dsn string, o Options) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	config.MaxConns = 16
	if o.MaxConns > 0 {
		config.MaxConns = o.MaxConns
	}
	config.MaxConnLifetime, config.MaxConnIdleTime, config.HealthCheckPeriod = maxLifetime, maxIdle, healthCheck
	config.ConnConfig.ConnectTimeout = connectTimeout
	config.AfterConnect = o.AfterConnect
	params := config.ConnConfig.RuntimeParams
	for name, value := range map[string]string{
		"application_name":    "sprechstunde",
		"statement_timeout":   milliseconds(o.Statement),
		idleInTransaction:     milliseconds(o.Idle),
		"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3",
	} {
		if params[name] == "" {
			params[name] = value
		}
	}
	if o.Schema != "" {
		params["search_path"] = searchPath(o.Schema)
	}
	if o.ReadOnly {
		params["default_transaction_read_only"] = "on"
	}
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

const idleInTransaction = "idle_in_transaction_session_timeout"

// searchPath puts the schema before public, where the types of extensions live.
func searchPath(schema string) string {
	return pgx.Identifier{schema}.Sanitize() + ", public"
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// Writable returns an error where nothing can be written: a standby, or a server
// or user set to read only.
func Writable(ctx context.Context, pool *pgxpool.Pool) error {
	var readOnly bool
	if err := pool.QueryRow(ctx, "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean").Scan(&readOnly); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	if readOnly {
		return fmt.Errorf("database is read-only: connect to the primary server")
	}
	return nil
}
