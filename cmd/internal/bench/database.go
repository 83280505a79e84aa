package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval/database"
)

// databasePrefix begins the names of throw-away databases.
const databasePrefix = "sprechstunde_bench_"

// dropTime bounds the clean-up, also after Ctrl-C.
const dropTime = time.Minute

// throwAway makes an empty database beside the one that dsn names. drop removes
// it. A connection to that one holds it until then, so that it can be told from
// what a killed run has left, which is removed first.
func throwAway(ctx context.Context, dsn string) (own string, drop func() error, err error) {
	admin, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", nil, fmt.Errorf("throw-away database: %w", err)
	}
	name := databasePrefix + strings.ToLower(rand.Text()[:12])
	if err := makeDatabase(ctx, admin, name); err != nil {
		_ = admin.Close(context.WithoutCancel(ctx))
		return "", nil, fmt.Errorf("throw-away database: %w", err)
	}
	drop = func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropTime)
		defer cancel()
		defer admin.Close(ctx)
		if _, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return fmt.Errorf("drop %s: %w", name, err)
		}
		return nil
	}
	return withDatabase(dsn, name), drop, nil
}

func makeDatabase(ctx context.Context, admin *pgx.Conn, name string) error {
	if err := dropLeftovers(ctx, admin); err != nil {
		return err
	}
	if _, err := admin.Exec(ctx, "SELECT pg_advisory_lock($1)", database.Key("database "+name)); err != nil {
		return err
	}
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return fmt.Errorf("the user must be allowed to create one; without database.url the embedded server is used: %w", err)
	}
	return nil
}

// dropLeftovers removes throw-away databases that nobody holds and nobody is
// connected to.
func dropLeftovers(ctx context.Context, admin *pgx.Conn) error {
	rows, _ := admin.Query(ctx, `
		SELECT datname FROM pg_database d WHERE starts_with(datname, $1)
		AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`, databasePrefix)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		var free bool
		if err := admin.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", database.Key("database "+name)).Scan(&free); err != nil {
			return err
		}
		if !free {
			continue
		}
		if _, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()); err != nil {
			return err
		}
		if _, err := admin.Exec(ctx, "SELECT pg_advisory_unlock($1)", database.Key("database "+name)); err != nil {
			return err
		}
	}
	return nil
}

// withDatabase returns the address with another database's name, in either form
// that PostgreSQL knows.
func withDatabase(dsn, name string) string {
	if u, err := url.Parse(dsn); err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") {
		u.Path = "/" + name
		return u.String()
	}
	return dsn + " dbname=" + name
}
