package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/database"
)

// lockName sets the index's locks apart from others of the same database.
func lockName(name string) string { return "retrieval " + name }

// lockOf returns the key of one of the index's locks.
func lockOf(name string) int64 { return database.Key(lockName(name)) }

// Lock keeps other processes from syncing the source until release is called or
// this process ends. It returns [retrieval.ErrBusy] if another one does.
//
// The lock is one of a connection, which may die. Then held ends with
// [retrieval.ErrLockLost] as its cause, and once another process has got the lock,
// nothing can be changed under held any more, noticed or not.
func (s *Store) Lock(ctx context.Context, source string) (held context.Context, release func(), err error) {
	return s.lock(ctx, "source", source)
}

// LockSet keeps other processes from building or removing the embedding set of
// a model, as Lock does for a source.
func (s *Store) LockSet(ctx context.Context, model retrieval.Model) (held context.Context, release func(), err error) {
	return s.lock(ctx, "embedding set", model.Name)
}

func (s *Store) lock(ctx context.Context, what, name string) (held context.Context, release func(), err error) {
	key := what + " " + s.schema + " " + name
	name = what + " " + name
	lock, err := database.TryLock(ctx, s.pool, lockName(key))
	if errors.Is(err, database.ErrBusy) {
		return nil, nil, fmt.Errorf("%s: %w", name, retrieval.ErrBusy)
	}
	if err != nil {
		return nil, nil, err
	}
	number, err := nextHolder(ctx, lock.Conn(), name)
	if err != nil {
		lock.Release()
		return nil, nil, fmt.Errorf("lock %s: %w", name, err)
	}
	held, stop := lock.Watch(withFence(ctx, fence{s, name, number}), s.beat, retrieval.ErrLockLost)
	return held, sync.OnceFunc(func() {
		stop()
		lock.Release()
	}), nil
}

// nextHolder numbers the holders of a lock. It waits a moment for what a former
// one has begun to change, and is [retrieval.ErrBusy] after that.
func nextHolder(ctx context.Context, conn *pgxpool.Conn, name string) (number int64, err error) {
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '5s'"); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			INSERT INTO holder AS h (name, number) VALUES ($1, 1)
			ON CONFLICT (name) DO UPDATE SET number = h.number + 1 RETURNING number`, name).Scan(&number)
	})
	if fault, ok := errors.AsType[*pgconn.PgError](err); ok && fault.Code == lockNotAvailable {
		err = retrieval.ErrBusy
	}
	return number, err
}

// lockNotAvailable is PostgreSQL's code for a lock that was not got in time.
const lockNotAvailable = "55P03"
