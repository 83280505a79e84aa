package postgres_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
)

// aTicket is one that anna asks.
func aTicket(t *testing.T, pool *pgxpool.Pool) int64 {
	t.Helper()
	desk := postgres.NewDesk(pool, 0)
	h, err := desk.Propose(t.Context(), officehours.Handover{QuestionID: uuid.NewString(), AskerID: "anna", ChannelID: "dm-anna", Text: "secret", Format: "f", CreatedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := desk.Agree(t.Context(), h.ID, uuid.NewString(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return ticket.Number
}

func TestVersions(t *testing.T) {
	t.Parallel()
	pool := migrated(t)
	bottest.TestVersions(t, postgres.NewApproved(pool, 0), aTicket(t, pool), uuid.NewString)
}
