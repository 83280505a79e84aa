package pglocal

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
)

func TestDatabaseHasVectors(t *testing.T) {
	t.Parallel()
	pool := Test(t)
	if _, err := pool.Exec(t.Context(), "CREATE EXTENSION vector"); err != nil {
		t.Fatal(err)
	}
	var distance float64
	if err := pool.QueryRow(t.Context(), "SELECT '[1,0]'::vector <-> '[0,0]'::vector").Scan(&distance); err != nil {
		t.Fatal(err)
	}
	if distance != 1 {
		t.Errorf("distance = %v, want 1", distance)
	}
}

func TestDatabasesAreSeparate(t *testing.T) {
	t.Parallel()
	build := func(ctx context.Context, pool *pgxpool.Pool) error {
		_, err := pool.Exec(ctx, "CREATE TABLE note (body text)")
		return err
	}
	for range 2 {
		pool := TestFrom(t, "notes", build)
		if _, err := pool.Exec(t.Context(), "INSERT INTO note VALUES ('one')"); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM note").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n != 1 {
			t.Errorf("notes = %d, want 1", n)
		}
	}
}
