package postgres_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
)

// Many hosts press at once: one has the ticket, all others hear who was faster.
func TestOneOfManyHostsGetsATicket(t *testing.T) {
	t.Parallel()
	const hosts, rounds = 8, 5
	desk := postgres.NewDesk(migrated(t), 0)
	at := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	for round := range rounds {
		h, err := desk.Propose(t.Context(), officehours.Handover{QuestionID: uuid.NewString(), AskerID: "anna", Text: "x", Format: "f", CreatedAt: at})
		if err != nil {
			t.Fatal(err)
		}
		ticket, err := desk.Agree(t.Context(), h.ID, uuid.NewString(), at)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]error, hosts)
		var wg sync.WaitGroup
		for i := range hosts {
			wg.Go(func() {
				_, got[i] = desk.Take(t.Context(), ticket.Number, officehours.Event{
					Kind: officehours.EventClaim, Actor: officehours.ByHost, By: uuid.NewString(), HostID: fmt.Sprint("host", i), At: at,
				})
			})
		}
		wg.Wait()
		won := 0
		for i, err := range got {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, officehours.ErrTaken):
				t.Errorf("round %d: host %d gets %v", round, i, err)
			}
		}
		if won != 1 {
			t.Errorf("round %d: %d hosts have the ticket", round, won)
		}
	}
}
