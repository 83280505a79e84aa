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
	purses := &memory{}
	b := budget{limits: Budget{Person: 10, Channel: 20, Day: 30}, now: func() time.Time { return now }, purses: purses}
	spend := func(who answer.Asker, text string) {
		if err := b.spend(t.Context(), who, text); err != nil {
			t.Fatal(err)
		}
	}
	allows := func(who answer.Asker) bool {
		allowed, err := b.allows(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		return allowed
	}
	robin, toni, mika := answer.Asker{Person: "r", Channel: "c"}, answer.Asker{Person: "t", Channel: "c"}, answer.Asker{Person: "m", Channel: "d"}
	thirty := strings.Repeat("x", 30)
	spend(robin, thirty)
	if allows(robin) || !allows(toni) {
		t.Error("the limit of a person is not kept, or is everybody's")
	}
	spend(toni, thirty)
	if allows(answer.Asker{Person: "x", Channel: "c"}) || !allows(mika) {
		t.Error("the limit of a channel is not kept, or is everybody's")
	}
	spend(mika, thirty)
	if allows(answer.Asker{Person: "y", Channel: "e"}) {
		t.Error("the limit of a day is not kept")
	}
	if now = now.Add(12 * time.Hour); !allows(robin) || len(purses.spent) != 0 {
		t.Error("yesterday counts today")
	}
}
