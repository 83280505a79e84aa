package postgres

import "testing"

func TestPositionsAreKept(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for _, position := range []string{"", "a", "b", "b", ""} {
		if err := s.SavePosition(t.Context(), "kanäle", position); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Position(t.Context(), "kanäle"); err != nil || got != position {
			t.Errorf("position %q, %v; want %q", got, err, position)
		}
		if got, err := s.Position(t.Context(), "andere"); err != nil || got != "" {
			t.Errorf("of another source: %q, %v", got, err)
		}
	}
}
