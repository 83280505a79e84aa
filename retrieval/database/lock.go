package database

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrBusy says that another process holds the lock.
var ErrBusy = errors.New("another process holds the lock")

// Beat is how often the connection that holds a lock is tried, and for how long:
// one that was cut off silently tells nothing by itself.
const Beat = 5 * time.Second

// unlockTime bounds giving a lock back.
const unlockTime = 5 * time.Second

// Key returns the key of an advisory lock. All programs of a database share such
// keys, hence the program's name in it.
func Key(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte("sprechstunde " + name))
	return int64(h.Sum64())
}

// lockTx waits for the lock and holds it until tx ends.
func lockTx(ctx context.Context, tx pgx.Tx, name string) error {
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", Key(name)); err != nil {
		return fmt.Errorf("lock %s: %w", name, err)
	}
	return nil
}

// Lock is an advisory lock that its connection holds. It ends with the process.
type Lock struct {
	conn *pgxpool.Conn
	key  int64
}

// TryLock returns the lock, or [ErrBusy] while another process has it. It is
// tried, not waited for: who waits holds a snapshot, which everything that builds
// an index beside running work waits for.
func TryLock(ctx context.Context, pool *pgxpool.Pool, name string) (*Lock, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	l := &Lock{conn: conn, key: Key(name)}
	var got bool
	err = conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", l.key).Scan(&got)
	if err == nil && got {
		return l, nil
	}
	conn.Release()
	if err == nil {
		err = ErrBusy
	}
	return nil, fmt.Errorf("lock %s: %w", name, err)
}

// Conn is the connection that holds the lock, for work that belongs to it. It
// must not be used while the lock is watched.
func (l *Lock) Conn() *pgxpool.Conn { return l.conn }

// Release gives lock and connection back.
func (l *Lock) Release() {
	ctx, cancel := context.WithTimeout(context.Background(), unlockTime)
	defer cancel()
	if _, err := l.conn.Exec(ctx, "SELECT pg_advisory_unlock($1)", l.key); err != nil {
		_ = l.conn.Conn().Close(ctx) // the lock ends with its connection
	}
	l.conn.Release()
}

// Watch listens to the connection until stop is called. When the connection
// dies, another process may get the lock: held ends, with lost in its cause.
func (l *Lock) Watch(ctx context.Context, beat time.Duration, lost error) (held context.Context, stop func()) {
	held, lose := context.WithCancelCause(ctx)
	listening, end := context.WithCancel(context.WithoutCancel(ctx))
	var watching sync.WaitGroup
	watching.Go(func() {
		for listening.Err() == nil {
			if err := listen(listening, l.conn.Conn(), beat); err != nil && listening.Err() == nil {
				lose(fmt.Errorf("%w: %w", lost, err))
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
