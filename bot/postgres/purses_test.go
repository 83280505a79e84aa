package postgres_test

import (
	"bytes"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/postgres"
)

func TestReplicasShareOneBudgetOfOneDay(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	one, other := postgres.NewPurses(pool), postgres.NewPurses(pool)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	spent := func(day, name string) int {
		t.Helper()
		all, err := other.Spent(t.Context(), day, []string{name})
		ok(err)
		return all[name]
	}
	ok(one.Spend(t.Context(), "2026-03-02", []string{"person robin", "day"}, 10))
	ok(other.Spend(t.Context(), "2026-03-02", []string{"person toni", "day"}, 5))
	if got := spent("2026-03-02", "person robin"); got != 10 {
		t.Errorf("robin has spent %d", got)
	}
	if got := spent("2026-03-02", "day"); got != 15 {
		t.Errorf("all have spent %d", got)
	}
	if got := spent("2026-03-03", "day"); got != 0 {
		t.Errorf("yesterday counts today: %d", got)
	}
	var names [][]byte
	ok(pool.QueryRow(t.Context(), "SELECT array_agg(name) FROM bot.purse").Scan(&names))
	for _, name := range names {
		if bytes.Contains(name, []byte("robin")) || len(name) != 32 {
			t.Errorf("a purse is named %q", name)
		}
	}
	_, err := postgres.Expire(t.Context(), pool, time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC))
	ok(err)
	if got := spent("2026-03-02", "day"); got != 0 {
		t.Errorf("the day before is kept: %d", got)
	}
}
