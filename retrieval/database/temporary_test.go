package database_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval/database"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

const (
	week     = 7 * 24 * time.Hour
	unmarked = "^old_[0-9]$"
)

// What a process leaves behind that was killed goes with the next one; what
// another process uses, or may use again, stays.
func TestTemporarySchemasGoWithTheirProcess(t *testing.T) {
	t.Parallel()
	dsn := pglocal.TestDSN(t)
	pool, err := database.Open(t.Context(), dsn, database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	do(t, pool, `CREATE SCHEMA retrieval; CREATE SCHEMA old_1; CREATE TABLE old_1.goose_db_version (a int); CREATE SCHEMA old_2; CREATE TABLE old_2.plan (a int)`)
	held := hold(t, dsn, "held", 0)
	hold(t, dsn, "kept", week)
	hold(t, dsn, "killed", 0).Die()
	hold(t, dsn, "kept", week).Die()

	if dropped := sweep(t, pool); !slices.Equal(dropped, []string{"killed"}) {
		t.Errorf("dropped %v", dropped)
	}
	if names := schemas(t, pool); !slices.Equal(names, []string{"held", "kept", "old_1", "old_2", "retrieval"}) {
		t.Errorf("left are %v", names)
	}
	if err := held.Release(t.Context()); err != nil {
		t.Error(err)
	}

	// Past its time, the one that an earlier version made goes, and one in use stays.
	do(t, pool, `COMMENT ON SCHEMA old_1 IS 'sprechstunde: temporary, kept until 2026-01-01T00:00:00Z';
		COMMENT ON SCHEMA kept IS 'sprechstunde: temporary, kept until 2026-01-01T00:00:00Z'`)
	if dropped := sweep(t, pool); !slices.Equal(dropped, []string{"old_1"}) {
		t.Errorf("dropped %v", dropped)
	}
	if names := schemas(t, pool); !slices.Equal(names, []string{"kept", "old_2", "retrieval"}) {
		t.Errorf("left are %v", names)
	}
}

func hold(t *testing.T, dsn, schema string, keep time.Duration) *database.Temporary {
	t.Helper()
	held, err := database.HoldTemporary(t.Context(), dsn, schema, keep)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(held.Die)
	return held
}

func sweep(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	dropped, err := database.Sweep(t.Context(), pool, unmarked, week)
	if err != nil {
		t.Fatal(err)
	}
	return dropped
}

func schemas(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	var names []string
	err := pool.QueryRow(t.Context(), `
		SELECT array_agg(nspname::text ORDER BY nspname) FROM pg_namespace
		WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')`).Scan(&names)
	if err != nil {
		t.Fatal(err)
	}
	return names
}
