package desk_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// database is one with the bot's tables, for this test alone.
func database(t *testing.T) *pgxpool.Pool {
	t.Helper()
	return pglocal.TestFrom(t, "bot", func(ctx context.Context, pool *pgxpool.Pool) error {
		_, err := postgres.Migrate(ctx, pool)
		return err
	})
}

// queue is the inbox in PostgreSQL with the jobs that the test works on itself.
type queue struct {
	*postgres.Questions
	pool *pgxpool.Pool
}

func (q queue) TakeJobs(ctx context.Context) ([]string, error) {
	rows, err := q.pool.Query(ctx, "WITH j AS (DELETE FROM river.river_job RETURNING id, args) SELECT args->>'id' FROM j ORDER BY id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func onPostgres(t *testing.T) func(now func() time.Time) (inboxtest.Store, officehours.Store) {
	return func(now func() time.Time) (inboxtest.Store, officehours.Store) {
		pool := database(t)
		questions, err := postgres.NewQuestions(postgres.QuestionsConfig{Pool: pool, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return queue{questions, pool}, postgres.NewDesk(pool, 0)
	}
}

// TestHandOverInPostgreSQL goes the whole circle on the real stores, with each
// worker dying once after it has changed the desk.
func TestHandOverInPostgreSQL(t *testing.T) {
	t.Parallel()
	var desk *crashing
	h := bottest.NewHouseOn(t, onPostgres(t), func(c *bottest.Setup) {
		desk = &crashing{Store: c.Desk.Store}
		c.Desk.Store = desk
	})
	circleThoughWorkersDie(h)
	open, err := desk.OpenTickets(context.Background(), "", time.Time{})
	if err != nil || len(open) != 0 {
		t.Errorf("open tickets: %+v, %v", open, err)
	}
}

func TestPreviewsInPostgreSQL(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouseOn(t, onPostgres(t))
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ändern: Darf ich malen lassen?") }), "> Darf ich malen lassen?")
	h.Now = h.Now.Add(31 * time.Minute)
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ja") }), "30 Minuten")
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "nein") }), "gebe nichts weiter")
	if cards := h.Chat.Made(bottest.Hosts); len(cards) != 0 {
		t.Errorf("the hosts read %q", cards[0].Text)
	}
}
