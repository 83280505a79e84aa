package database

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A temporary schema is held by a lock of the process that uses it, which ends
// with the process, however that ends. Its comment says until when it is kept
// though nobody holds it. Whoever comes later drops what is held by nobody and
// past its time.

// temporaryMark begins the comment of a temporary schema; the time follows.
const temporaryMark = "sprechstunde: temporary, kept until "

// Temporary is a schema held by this process.
type Temporary struct {
	name string
	keep time.Duration
	pool *pgxpool.Pool
	conn *pgxpool.Conn // holds the lock
}

// HoldTemporary makes the schema unless it is there, and holds it. Others may hold
// it at the same time. keep is how long it stays after this for the next user; 0:
// Release drops it.
func HoldTemporary(ctx context.Context, dsn, schema string, keep time.Duration) (*Temporary, error) {
	pool, err := Open(ctx, dsn, Options{MaxConns: 2})
	if err != nil {
		return nil, err
	}
	t := &Temporary{name: schema, keep: keep, pool: pool}
	if err := t.hold(ctx); err != nil {
		t.close()
		return nil, fmt.Errorf("make schema %s: %w", schema, err)
	}
	return t, nil
}

func (t *Temporary) hold(ctx context.Context) (err error) {
	if t.conn, err = t.pool.Acquire(ctx); err != nil {
		return err
	}
	// Waited for: who drops the schema holds it for a moment only.
	if _, err := t.conn.Exec(ctx, "SELECT pg_advisory_lock_shared($1)", temporaryKey(t.name)); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, t.pool, func(tx pgx.Tx) error {
		if err := MakeSchema(ctx, tx, t.name); err != nil {
			return err
		}
		return markTemporary(ctx, tx, t.name, t.keep)
	})
}

// markTemporary writes until when the schema is kept.
func markTemporary(ctx context.Context, tx pgx.Tx, schema string, keep time.Duration) error {
	var now time.Time
	if err := tx.QueryRow(ctx, "SELECT now()").Scan(&now); err != nil {
		return err
	}
	until := now.Add(keep).UTC().Format(time.RFC3339)
	_, err := tx.Exec(ctx, fmt.Sprintf("COMMENT ON SCHEMA %s IS '%s%s'", pgx.Identifier{schema}.Sanitize(), temporaryMark, until))
	return err
}

// Release gives the schema up.
func (t *Temporary) Release(ctx context.Context) (err error) {
	defer t.close()
	if t.keep == 0 {
		return Drop(ctx, t.pool, t.name)
	}
	return nil
}

func (t *Temporary) close() {
	if t.conn != nil {
		_ = t.conn.Conn().Close(context.Background()) // the lock ends with its connection
		t.conn.Release()
		t.conn = nil
	}
	t.pool.Close()
}

// Sweep drops the temporary schemas that nobody holds and whose time is over, and
// returns their names. Schemas of the same kind that bear no mark, because an
// earlier version made them, match the pattern (POSIX): they are marked and go when
// keep is over. One that cannot be dropped keeps no other from it.
func Sweep(ctx context.Context, pool *pgxpool.Pool, unmarked string, keep time.Duration) (dropped []string, err error) {
	rows, _ := pool.Query(ctx, `
		SELECT n.nspname::text, coalesce(obj_description(n.oid, 'pg_namespace'), '') FROM pg_namespace n
		WHERE starts_with(obj_description(n.oid, 'pg_namespace'), $1)
			OR n.nspname ~ $2 AND to_regclass(format('%I.goose_db_version', n.nspname)) IS NOT NULL
		ORDER BY 1`, temporaryMark, unmarked)
	type found struct{ Name, Comment string }
	schemas, err := pgx.CollectRows(rows, pgx.RowToStructByPos[found])
	if err != nil {
		return nil, fmt.Errorf("look for temporary schemas: %w", err)
	}
	var errs []error
	for _, s := range schemas {
		gone, err := sweepOne(ctx, pool, s.Name, keep)
		if err != nil {
			errs = append(errs, fmt.Errorf("temporary schema %s: %w", s.Name, err))
		}
		if gone {
			dropped = append(dropped, s.Name)
		}
	}
	return dropped, errors.Join(errs...)
}

// sweepOne looks again under the schema's lock.
func sweepOne(ctx context.Context, pool *pgxpool.Pool, schema string, keep time.Duration) (gone bool, err error) {
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var free bool
		if err := tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock($1)", temporaryKey(schema)).Scan(&free); err != nil || !free {
			return err
		}
		var comment string
		var now time.Time
		err := tx.QueryRow(ctx, "SELECT coalesce(obj_description(oid, 'pg_namespace'), ''), now() FROM pg_namespace WHERE nspname = $1", schema).Scan(&comment, &now)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		text, marked := strings.CutPrefix(comment, temporaryMark)
		if !marked {
			return markTemporary(ctx, tx, schema, keep)
		}
		until, err := time.Parse(time.RFC3339, text)
		if err != nil || now.Before(until) {
			return err
		}
		if err := UnhurriedTx(ctx, tx); err != nil {
			return err
		}
		gone = true
		_, err = tx.Exec(ctx, "DROP SCHEMA "+pgx.Identifier{schema}.Sanitize()+" CASCADE")
		return err
	})
	return gone && err == nil, err
}

func temporaryKey(schema string) int64 { return Key("temporary " + schema) }
