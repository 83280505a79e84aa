package postgres_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestTold(t *testing.T) {
	t.Parallel()
	bottest.TestTold(t, postgres.NewTold(migrated(t)))
}

func TestReplicasTellOnce(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	var firsts atomic.Int32
	var replicas sync.WaitGroup
	for _, question := range []string{"q1", "q2", "q3", "q4"} {
		replicas.Go(func() {
			first, err := postgres.NewTold(pool).First(t.Context(), "anna", "pilot", "2026-03-01", question)
			if err != nil {
				t.Error(err)
			}
			if first {
				firsts.Add(1)
			}
		})
	}
	replicas.Wait()
	if n := firsts.Load(); n != 1 {
		t.Errorf("%d replicas told it", n)
	}
}

func TestWhatWasToldIsForgotten(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	rows := func() (n int) {
		t.Helper()
		if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM bot.told").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	day := time.Now().UTC().Format(time.DateOnly)
	for _, user := range []string{"anna", "berta"} {
		if _, err := postgres.NewTold(pool).First(t.Context(), user, "pilot", day, "q"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := newRegistry(t, pool).Forget(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	if n := rows(); n != 1 {
		t.Errorf("%d rows, want berta's", n)
	}
	if _, err := postgres.Expire(t.Context(), pool, time.Now().Add(72*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n := rows(); n != 0 {
		t.Errorf("%d rows after three days", n)
	}
}
