package postgres_test

import (
	"testing"

	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/postgres"
)

func TestCoffees(t *testing.T) {
	t.Parallel()
	bottest.TestCoffees(t, postgres.NewCoffees(migrated(t), 0), uuid.NewString)
}
