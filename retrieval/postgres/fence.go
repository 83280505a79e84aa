package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvr.example/sprechstunde/retrieval"
)

// fence is the right of one holder of a lock to change what it guards.
type fence struct {
	store  *Store
	name   string
	number int64
}

type fenceKey struct{}

// withFence fences all that is changed in f's store under the context returned.
func withFence(ctx context.Context, f fence) context.Context {
	return context.WithValue(ctx, fenceKey{}, f)
}

// fenced returns [retrieval.ErrLockLost] if tx would change something under a lock
// that has gone to another holder. Otherwise the next holder waits until tx ends.
func (s *Store) fenced(ctx context.Context, tx pgx.Tx) error {
	f, is := ctx.Value(fenceKey{}).(fence)
	if !is || f.store != s {
		return nil
	}
	var number int64
	if err := tx.QueryRow(ctx, `SELECT number FROM holder WHERE name = $1 FOR SHARE`, f.name).Scan(&number); err != nil {
		return fmt.Errorf("look whether %s is still held: %w", f.name, err)
	}
	if number != f.number {
		return fmt.Errorf("%s: %w: another process has taken over", f.name, retrieval.ErrLockLost)
	}
	return nil
}
