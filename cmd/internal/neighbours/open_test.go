package neighbours

import (
	"errors"
	"slices"
	"testing"
)

// What was opened last is closed first, each once, and a fault of one keeps no
// other open.
func TestNeighboursAreClosedInTheOppositeOrder(t *testing.T) {
	t.Parallel()
	var closed []string
	stuck := errors.New("stuck")
	var c closing
	for _, name := range []string{"database", "embedders", "reader"} {
		c.later(func() error {
			closed = append(closed, name)
			if name == "embedders" {
				return stuck
			}
			return nil
		})
	}
	if err := c.close(); !errors.Is(err, stuck) {
		t.Errorf("error = %v", err)
	}
	if err := c.close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if want := []string{"reader", "embedders", "database"}; !slices.Equal(closed, want) {
		t.Errorf("closed %v, want %v", closed, want)
	}
}
