package budget

import (
	"fmt"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/chat"
)

func TestBudgetCountsEachPostOnceByItsOwnTime(t *testing.T) {
	t.Parallel()
	b := New(Limits{PerUser: 2, PerThread: -1})
	at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	post := func(n int, after time.Duration) chat.Post {
		return chat.Post{ID: fmt.Sprint("p", n), UserID: "anna", RootID: fmt.Sprint("r", n), CreatedAt: at.Add(after)}
	}
	for i, step := range []struct {
		n     int
		after time.Duration
		want  Verdict
	}{
		{1, 0, Within},
		{1, 0, Within}, // the same event again
		{2, time.Second, Within},
		{3, 2 * time.Second, LastOne},
		{4, 3 * time.Second, Exhausted},
		{3, 2 * time.Second, LastOne},
		{5, time.Minute, Within}, // the first one is a minute old
		{6, time.Minute + time.Second, Within},
		{7, time.Minute + time.Second, Exhausted}, // told within the last minute
		{8, 2*time.Minute + time.Second, Within},
	} {
		if got := b.Spend(post(step.n, step.after)); got != step.want {
			t.Errorf("step %d: spend(p%d) = %d, want %d", i, step.n, got, step.want)
		}
	}
}

func TestBudgetForgetsWhoIsQuiet(t *testing.T) {
	t.Parallel()
	b := New(Limits{PerUser: 2, PerThread: 2})
	at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	for i := range 1000 {
		b.Spend(chat.Post{ID: fmt.Sprint(i), UserID: fmt.Sprint("u", i), CreatedAt: at.Add(time.Duration(i) * time.Minute)})
	}
	if len(b.users) > 50 || len(b.roots) > 50 {
		t.Errorf("%d users and %d threads are kept", len(b.users), len(b.roots))
	}
}
