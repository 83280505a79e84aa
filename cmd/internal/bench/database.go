package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// databasePrefix begins the names of throw-away databases.
const databasePrefix = "sprechstunde_bench_"

// dropTime bounds the clean-up, also after Ctrl-C.
const dropTime = time.Minute

// throwAway makes an empty database beside the one that dsn names. drop removes
// it. What a killed run left is removed first.
func throwAway(ctx context.Context, dsn string) (own string, drop func() error, err error) {
	admin, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", nil, fmt.Errorf("throw-away database: %w", err)
	}
	defer admin.Close(context.WithoutCancel(ctx))
	if err := dropLeftovers(ctx, admin); err != nil {
		return "", nil, fmt.Errorf("throw-away database: %w", err)
	}
	name := databasePrefix + strings.ToLower(rand.Text()[:12])
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", nil, fmt.Errorf("throw-away database (the user must be allowed to create one; "+
			"without database.url the embedded server is used): %w", err)
	}
	drop = func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropTime)
		defer cancel()
		admin, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return fmt.Errorf("drop %s: %w", name, err)
		}
		defer admin.Close(ctx)
		if _, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return fmt.Errorf("drop %s: %w", name, err)
		}
		return nil
	}
	return withDatabase(dsn, name), drop, nil
}

// dropLeftovers removes throw-away databases that nobody is connected to.
func dropLeftovers(ctx context.Context, admin *pgx.Conn) error {
	rows, _ := admin.Query(ctx, `
		SELECT datname FROM pg_database d WHERE starts_with(datname, $1)
		AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`, databasePrefix)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()); err != nil {
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
