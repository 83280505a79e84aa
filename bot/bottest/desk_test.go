package bottest_test

import (
	"testing"

	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/officehours"
)

func TestDeskInMemory(t *testing.T) {
	t.Parallel()
	bottest.TestDesk(t, func(*testing.T) officehours.Store { return &bottest.Desk{} }, uuid.NewString)
}

func TestToldInMemory(t *testing.T) {
	t.Parallel()
	bottest.TestTold(t, &bottest.Told{})
}

func TestVersionsInMemory(t *testing.T) {
	t.Parallel()
	bottest.TestVersions(t, &bottest.Versions{}, 7, uuid.NewString)
}
