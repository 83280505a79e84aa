package postgres

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval"
)

// lockOf returns the key of an advisory lock; such keys are shared by all
// programs of a database, hence the program's name in it.
func lockOf(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte("sprechstunde retrieval " + name))
	return int64(h.Sum64())
}

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
	key := lockOf(what + " " + s.schema + " " + name)
	name = what + " " + name
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("lock %s: %w", name, err)
	}
	var got bool
	if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", key).Scan(&got); err != nil {
		conn.Release()
		return nil, nil, fmt.Errorf("lock %s: %w", name, err)
	}
	if !got {
		conn.Release()
		return nil, nil, fmt.Errorf("%s: %w", name, retrieval.ErrBusy)
	}
	number, err := nextHolder(ctx, conn, name)
	if err != nil {
		unlock(ctx, conn, key)
		return nil, nil, fmt.Errorf("lock %s: %w", name, err)
	}
	held, stop := s.watch(withFence(ctx, fence{s, name, number}), conn)
	return held, sync.OnceFunc(func() {
		stop()
		unlock(ctx, conn, key)
	}), nil
}

// unlock gives lock and connection back.
func unlock(ctx context.Context, conn *pgxpool.Conn, key int64) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), serverTimeout)
	defer cancel()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_unlock($1)", key); err != nil {
		_ = conn.Conn().Close(ctx) // the lock ends with its connection
	}
	conn.Release()
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

// lockBeat is how often the connection that holds a lock is tried, and for how
// long: one that was cut off silently tells nothing by itself.
const lockBeat = 5 * time.Second

// watch listens to the connection that holds a lock until stop is called. When it
// dies, held ends.
func (s *Store) watch(ctx context.Context, conn *pgxpool.Conn) (held context.Context, stop func()) {
	held, lose := context.WithCancelCause(ctx)
	listening, end := context.WithCancel(context.WithoutCancel(ctx))
	var watching sync.WaitGroup
	watching.Go(func() {
		for listening.Err() == nil {
			if err := listen(listening, conn.Conn(), s.beat); err != nil && listening.Err() == nil {
				lose(fmt.Errorf("%w: %w", retrieval.ErrLockLost, err))
				return
			}
		}
	})
	return held, func() {
		end()
		watching.Wait()
		lose(nil)
	}
}

// listen hears at once when the server ends the connection, and tries it after a
// beat. The error says why it is of no use any more.
func listen(ctx context.Context, conn *pgx.Conn, beat time.Duration) error {
	quiet, cancel := context.WithTimeout(ctx, beat)
	defer cancel()
	if _, err := conn.WaitForNotification(quiet); err != nil && quiet.Err() == nil {
		return err
	}
	if ctx.Err() != nil {
		return nil
	}
	trying, cancel := context.WithTimeout(context.WithoutCancel(ctx), beat)
	defer cancel()
	return conn.Ping(trying)
}
