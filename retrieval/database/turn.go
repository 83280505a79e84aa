package database

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3/lock"
)

// Tell hears of what may take long: of each migration of a schema that holds
// something, before it begins, and of waiting for another process. It may be nil.
type Tell func(schema, step string)

func (tell Tell) of(schema, step string) {
	if tell != nil {
		tell(schema, step)
	}
}

// Turn waits until no other process migrates the schema. release ends the turn.
func Turn(ctx context.Context, pool *pgxpool.Pool, schema string, tell Tell) (release func(), err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate %s: %w", schema, err)
	}
	key := Key("migrate " + schema)
	err = await(ctx, schema, tell, func() (got bool, err error) {
		err = conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", key).Scan(&got)
		return got, err
	})
	if err != nil {
		conn.Release()
		return nil, fmt.Errorf("migrate %s: %w", schema, err)
	}
	return (&Lock{conn: conn, key: key}).Release, nil
}

// turnPause lies between two tries. Tried, not waited for, see [TryLock].
const turnPause = 250 * time.Millisecond

// await tries as long as the one before it takes.
func await(ctx context.Context, schema string, tell Tell, try func() (bool, error)) error {
	for told := false; ; told = true {
		if got, err := try(); err != nil || got {
			return err
		}
		if !told {
			tell.of(schema, "another process migrates it, waiting")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(turnPause):
		}
	}
}

// locker is [Turn] on goose's connection, so that the lock ends with the
// migration. goose's own gives up after minutes, which a large index may need.
type locker struct {
	schema string
	tell   Tell
}

var _ lock.SessionLocker = locker{}

// SessionLock implements lock.SessionLocker.
func (l locker) SessionLock(ctx context.Context, conn *sql.Conn) error {
	return await(ctx, l.schema, l.tell, func() (got bool, err error) {
		err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", Key("migrate "+l.schema)).Scan(&got)
		return got, err
	})
}

// SessionUnlock implements lock.SessionLocker.
func (l locker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, unlockTime)
	defer cancel()
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", Key("migrate "+l.schema))
	return err
}
