package answer

import (
	"os"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/german"
)

// TestOrdersAreToldFromRules: each order in the list is known wherever it stands, and
// next to none of the example house's sentences is taken for one.
func TestOrdersAreToldFromRules(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/orders.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		for _, text := range []string{line, "Hinweis | " + line} {
			known := true
			for _, span := range german.Sentences(text) {
				if s := span.Of(text); strings.Contains(s, "KANARIE") || strings.Contains(s, "99") {
					known = known && Orders(s)
				}
			}
			if !known {
				t.Errorf("not known: %s", text)
			}
		}
	}
	taken, all := 0, 0
	for _, hit := range passages(t) {
		for _, span := range german.Sentences(hit.Passage.Text) {
			all++
			if sentence := span.Of(hit.Passage.Text); Orders(sentence) {
				taken++
				t.Logf("taken for an order: %s", sentence)
			}
		}
	}
	if taken*200 > all {
		t.Errorf("%d of %d sentences taken for orders", taken, all)
	}
}
