package postgres_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestDesk(t *testing.T) {
	t.Parallel()
	open := func(t *testing.T) officehours.Store { return postgres.NewDesk(migrated(t), 0) }
	bottest.TestDesk(t, open, uuid.NewString)
}

func TestPlacesAreGivenOnce(t *testing.T) {
	t.Parallel()
	const tickets = 12
	desk := postgres.NewDesk(migrated(t), 0)
	at := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	places := map[int]bool{}
	var wg sync.WaitGroup
	for range tickets {
		wg.Go(func() {
			h, err := desk.Propose(t.Context(), officehours.Handover{QuestionID: uuid.NewString(), AskerID: uuid.NewString(), Text: "x", Format: "f", CreatedAt: at})
			if err != nil {
				t.Error(err)
				return
			}
			ticket, err := desk.Agree(t.Context(), h.ID, uuid.NewString(), at)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			places[ticket.Place] = true
		})
	}
	wg.Wait()
	if len(places) != tickets || !places[1] || !places[tickets] {
		t.Errorf("%d tickets got the places %v", tickets, places)
	}
}
