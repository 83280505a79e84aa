package ground

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/eval"
)

// held measures the pairs that were held back while the checks were made. Read
// its totals, not its pairs: whoever mends the checks by them has none left.
var held = flag.Bool("held", false, "measure the pairs held back")

// pair is a statement about a passage, labelled by hand.
type pair struct {
	Passage   string `json:"passage"`
	Context   string `json:"context"`
	Statement string `json:"statement"`
	Kind      string `json:"kind"`
	Carried   bool   `json:"carried"`
}

func pairsOf(t *testing.T, path string) []pair {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []pair
	for line := range strings.Lines(string(raw)) {
		var p pair
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

type tally struct{ wrong, of int }

// exact are the kinds of which nothing may be let through.
var exact = []string{"number", "date", "unit", "amount", "paragraph"}

// TestPairs measures how many false statements are let through and how many true
// ones are withheld. Run with -v for the figures, with -held once at the end.
func TestPairs(t *testing.T) {
	t.Parallel()
	path := "testdata/pairs.jsonl"
	if *held {
		path = "testdata/held.jsonl"
	}
	kinds := map[string]*tally{}
	var through, withheld tally
	for _, p := range pairsOf(t, path) {
		verdict := (Checker{}).Check(p.Statement, p.Passage, p.Context)
		if kinds[p.Kind] == nil {
			kinds[p.Kind] = &tally{}
		}
		kind, total := kinds[p.Kind], &through
		if p.Carried {
			total = &withheld
		}
		kind.of++
		total.of++
		if verdict.Carried != p.Carried {
			kind.wrong++
			total.wrong++
			if !*held {
				t.Logf("%s: carried %v (%s): %s", p.Kind, verdict.Carried, verdict.Reason, p.Statement)
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		tell(t, kind, *kinds[kind])
	}
	tell(t, "let through", through)
	tell(t, "withheld", withheld)
	if *held {
		return
	}
	for _, kind := range exact {
		if kinds[kind] == nil {
			continue
		}
		if kinds[kind].wrong > 0 {
			t.Errorf("%d of kind %s let through", kinds[kind].wrong, kind)
		}
	}
	if share(through) > 0.01 || share(withheld) > 0.15 {
		t.Errorf("let through %.1f %%, withheld %.1f %%", 100*share(through), 100*share(withheld))
	}
}

func share(n tally) float64 { return float64(n.wrong) / float64(n.of) }

func tell(t *testing.T, name string, n tally) {
	t.Helper()
	t.Logf("%-12s wrong: %s", name, eval.ShareOf(n.wrong, n.of))
}
