package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// migrated returns a database of its own with all tables.
func migrated(t *testing.T) *pgxpool.Pool {
	t.Helper()
	return pglocal.TestFrom(t, "bot", func(ctx context.Context, pool *pgxpool.Pool) error {
		_, err := postgres.Migrate(ctx, pool)
		return err
	})
}

func newQuestions(t *testing.T, pool *pgxpool.Pool, now func() time.Time) *postgres.Questions {
	t.Helper()
	s, err := postgres.NewQuestions(postgres.QuestionsConfig{Pool: pool, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// suiteStore is a store whose queue the suite looks into.
type suiteStore struct {
	*postgres.Questions
	pool *pgxpool.Pool
}

func (s suiteStore) TakeJobs(ctx context.Context) ([]string, error) {
	rows, err := s.pool.Query(ctx, "WITH j AS (DELETE FROM river.river_job RETURNING id, args) SELECT args->>'id' FROM j ORDER BY id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func TestQuestionsKeepTheInboxOnce(t *testing.T) {
	t.Parallel()
	inboxtest.Run(t, func(t *testing.T, now func() time.Time) inboxtest.Store {
		pool := migrated(t)
		return suiteStore{newQuestions(t, pool, now), pool}
	})
}

var _ inbox.Store = suiteStore{}
