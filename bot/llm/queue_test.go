package llm

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/answer"
)

// TestAskersTakeTurns: who asks much waits behind who asks once.
func TestAskersTakeTurns(t *testing.T) {
	t.Parallel()
	q := newQueue(1)
	if err := q.enter(t.Context(), "robin"); err != nil {
		t.Fatal(err)
	}
	served := make(chan string)
	for i, asker := range []string{"robin", "robin", "robin", "toni", "mika"} {
		go func() {
			if q.enter(t.Context(), asker) == nil {
				served <- asker
			}
		}()
		q.until(i + 1)
	}
	gone, cancel := context.WithCancel(t.Context())
	left := make(chan error)
	go func() { left <- q.enter(gone, "jona") }()
	q.until(6)
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up got %v", err)
	}
	var order []string
	for range 5 {
		q.leave()
		order = append(order, <-served)
	}
	if want := []string{"robin", "toni", "mika", "robin", "robin"}; !slices.Equal(order, want) {
		t.Errorf("served %v, want %v", order, want)
	}
	q.leave()
	if q.free != 1 || len(q.waiting) != 0 || len(q.turns) != 0 {
		t.Errorf("left over: %d free, %v", q.free, q.turns)
	}
}

// until returns when so many wait.
func (q *queue) until(n int) {
	for {
		q.mu.Lock()
		all := 0
		for _, places := range q.waiting {
			all += len(places)
		}
		q.mu.Unlock()
		if all == n {
			return
		}
		runtime.Gosched()
	}
}

func TestABudgetIsOfOneDay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	b := newBudget(Budget{Person: 10, Channel: 20, Day: 30}, func() time.Time { return now })
	robin, toni, mika := answer.Asker{Person: "r", Channel: "c"}, answer.Asker{Person: "t", Channel: "c"}, answer.Asker{Person: "m", Channel: "d"}
	thirty := strings.Repeat("x", 30)
	b.spend(robin, thirty)
	if b.allows(robin) || !b.allows(toni) {
		t.Error("the limit of a person is not kept, or is everybody's")
	}
	b.spend(toni, thirty)
	if b.allows(answer.Asker{Person: "x", Channel: "c"}) || !b.allows(mika) {
		t.Error("the limit of a channel is not kept, or is everybody's")
	}
	b.spend(mika, thirty)
	if b.allows(answer.Asker{Person: "y", Channel: "e"}) {
		t.Error("the limit of a day is not kept")
	}
	if now = now.Add(12 * time.Hour); !b.allows(robin) || len(b.spent) != 0 {
		t.Error("yesterday counts today")
	}
}
