package postgres

import (
	"context"
	"log/slog"
	"testing"

	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// River rebuilds indexes at night: no limit of a request ends that.
func TestTheQueueTendsItsTablesWithoutARequestsLimit(t *testing.T) {
	t.Parallel()
	pool, err := Open(t.Context(), pglocal.TestDSN(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	if _, err := Migrate(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	queue, err := NewQueue(QueueConfig{
		Pool: pool, Log: slog.New(slog.DiscardHandler),
		Work:      func(context.Context, string) error { return nil },
		Reconcile: func(context.Context) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := queue.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	var limit string
	if err := queue.pool.QueryRow(t.Context(), "SHOW statement_timeout").Scan(&limit); err != nil || limit != "0" {
		t.Errorf("limit %q, %v", limit, err)
	}
}
