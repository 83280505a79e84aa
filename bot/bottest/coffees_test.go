package bottest

import (
	"testing"

	"github.com/google/uuid"
)

func TestCoffeesInMemory(t *testing.T) {
	t.Parallel()
	TestCoffees(t, &Coffees{}, uuid.NewString)
}
