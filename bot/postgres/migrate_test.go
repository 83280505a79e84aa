package postgres_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

func TestMigrateUpDownUp(t *testing.T) {
	t.Parallel()
	pool := pglocal.Test(t)
	if err := postgres.Ready(t.Context(), pool); err == nil {
		t.Error("ready without tables")
	}
	first, err := postgres.Migrate(t.Context(), pool)
	if err != nil || len(first.Own) < 1 || len(first.Queue) < 1 {
		t.Fatalf("applied %v, %v", first, err)
	}
	tables := tablesOf(t, pool)
	if err := postgres.Ready(t.Context(), pool); err != nil {
		t.Error(err)
	}
	if again, err := postgres.Migrate(t.Context(), pool); err != nil || len(again.Own)+len(again.Queue) != 0 {
		t.Errorf("applied again: %v, %v", again, err)
	}
	lines, err := postgres.Status(t.Context(), pool)
	if err != nil || len(lines) != 2 {
		t.Fatalf("status %v, %v", lines, err)
	}
	for _, l := range lines {
		if l.Version != l.Newest || l.Newest == 0 {
			t.Errorf("status %+v", l)
		}
	}
	down, err := postgres.MigrateDown(t.Context(), pool)
	if err != nil || len(down.Own) != len(first.Own) || len(down.Queue) != len(first.Queue) {
		t.Fatalf("reverted %v, %v", down, err)
	}
	if left := tablesOf(t, pool); len(left) != 1 || left[0] != "bot.goose_db_version" {
		t.Errorf("left after down: %v", left)
	}
	if _, err := postgres.Migrate(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	if got := tablesOf(t, pool); len(got) != len(tables) {
		t.Errorf("tables %v, want %v", got, tables)
	}
}

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	pool := pglocal.Test(t)
	errs := make(chan error)
	for range 3 {
		go func() {
			_, err := postgres.Migrate(t.Context(), pool)
			errs <- err
		}()
	}
	for range 3 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func tablesOf(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, err := pool.Query(t.Context(), "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('bot', 'river') ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return tables
}
