package german

import (
	"maps"
	"slices"
	"testing"
)

func TestLists(t *testing.T) {
	got := Lists("# a: remark\nlose\n\nfrüh: Morgen vor\n\tgestern\n# more\nspät:\nAbend\nfrüh: eben\n")
	want := map[string][]string{"": {"lose"}, "früh": {"Morgen", "vor", "gestern", "eben"}, "spät": {"Abend"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
}
