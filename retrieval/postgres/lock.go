package postgres

import (
	"context"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// lockOf returns the key of an advisory lock; such keys are shared by all
// programs of a database, hence the program's name in it.
func lockOf(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte("sprechstunde retrieval " + name))
	return int64(h.Sum64())
}

// Lock keeps other processes from syncing the source until release is called
// or this process ends. It returns [retrieval.ErrBusy] if another one does.
func (s *Store) Lock(ctx context.Context, source string) (release func(), err error) {
	return s.lock(ctx, "source", source)
}

// LockSet keeps other processes from building or removing the embedding set of
// a model, as Lock does for a source.
func (s *Store) LockSet(ctx context.Context, model retrieval.Model) (release func(), err error) {
	return s.lock(ctx, "embedding set", model.Name)
}

func (s *Store) lock(ctx context.Context, what, name string) (release func(), err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock %s %s: %w", what, name, err)
	}
	key := lockOf(what + " " + s.schema + " " + name)
	var got bool
	if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", key).Scan(&got); err != nil {
		conn.Release()
		return nil, fmt.Errorf("lock %s %s: %w", what, name, err)
	}
	if !got {
		conn.Release()
		return nil, fmt.Errorf("%s %s: %w", what, name, retrieval.ErrBusy)
	}
	return sync.OnceFunc(func() {
		unlock, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if _, err := conn.Exec(unlock, "SELECT pg_advisory_unlock($1)", key); err != nil {
			_ = conn.Conn().Close(unlock) // the lock ends with its connection
		}
		conn.Release()
	}), nil
}
