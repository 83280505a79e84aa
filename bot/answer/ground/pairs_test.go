package ground

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/retrieval/eval"
)

// held measures pairs that were held back while the checks were made. Only totals are
// told: whoever mends the checks by their pairs has none left.
var held = flag.String("held", "", "measure the pairs of this file, which were held back")

// pair is a statement about a passage, labelled by hand.
type pair struct {
	Passage   string `json:"passage"`
	Context   string `json:"context"`
	Statement string `json:"statement"`
	Kind      string `json:"kind"`
	Carried   bool   `json:"carried"`
}

func pairsOf(t testing.TB, path string) []pair {
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

// sets are the pairs of the repository, each written before the checks were mended by
// it, the last three by other hands.
var sets = []string{"testdata/pairs.jsonl", "testdata/freer.jsonl", "testdata/loose.jsonl", "testdata/otherhand.jsonl", "testdata/thirdhand.jsonl",
	"testdata/fourthhand.jsonl"}

// TestPairs measures how many false statements are let through and how many true ones
// are withheld, of each set with weights that were fitted to the other sets only. Run
// with -v for the figures, with -held FILE once at the end.
func TestPairs(t *testing.T) {
	t.Parallel()
	if *held != "" {
		measure(t, Checker{Likeness: live(t)}, *held)
		return
	}
	vectors, lessons := readRecorded(t), recordedLessons(t)
	var mu sync.Mutex
	var total tally
	t.Run("sets", func(t *testing.T) {
		for path, most := range map[string]float64{"testdata/pairs.jsonl": 0.1, "testdata/freer.jsonl": 0.15, "testdata/loose.jsonl": 0.5, "testdata/otherhand.jsonl": 0.55, "testdata/thirdhand.jsonl": 0.55, "testdata/fourthhand.jsonl": 0.8} {
			t.Run(path, func(t *testing.T) {
				t.Parallel()
				w := fit(without(lessons, path))
				kinds, through, withheld := measure(t, Checker{Likeness: vectors, weights: &w}, path)
				for _, kind := range exact {
					if kinds[kind].wrong > 0 {
						t.Errorf("%d of kind %s let through", kinds[kind].wrong, kind)
					}
				}
				if share(withheld) > most {
					t.Errorf("withheld %.1f %%", 100*share(withheld))
				}
				mu.Lock()
				defer mu.Unlock()
				total.wrong, total.of = total.wrong+through.wrong, total.of+through.of
			})
		}
	})
	tell(t, "let through", total)
	if share(total) > 0.01 {
		t.Errorf("let through %.1f %%", 100*share(total))
	}
}

// TestPairsWithoutEmbedder measures the same where no embedder is at hand.
func TestPairsWithoutEmbedder(t *testing.T) {
	t.Parallel()
	if *held != "" {
		measure(t, Checker{}, *held)
		return
	}
	for _, path := range sets {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			if _, through, _ := measure(t, Checker{}, path); share(through) > 0.01 {
				t.Errorf("let through %.1f %%", 100*share(through))
			}
		})
	}
}

// measure checks the pairs of a file and tells the figures.
func measure(t *testing.T, c Checker, path string) (kinds map[string]tally, through, withheld tally) {
	t.Helper()
	kinds = map[string]tally{}
	for _, p := range pairsOf(t, path) {
		verdict := verdictOf(t, c, p.Statement, p.Passage, p.Context)
		wrong := verdict.Carried != p.Carried
		kinds[p.Kind] = kinds[p.Kind].plus(wrong)
		if p.Carried {
			withheld = withheld.plus(wrong)
		} else {
			through = through.plus(wrong)
		}
		if wrong && *held == "" {
			t.Logf("%s: carried %v (%s): %s", p.Kind, verdict.Carried, verdict.Reason, p.Statement)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		tell(t, kind, kinds[kind])
	}
	tell(t, "let through", through)
	tell(t, "withheld", withheld)
	return kinds, through, withheld
}

func (n tally) plus(wrong bool) tally {
	n.of++
	if wrong {
		n.wrong++
	}
	return n
}

func share(n tally) float64 { return float64(n.wrong) / float64(n.of) }

func tell(t *testing.T, name string, n tally) {
	t.Helper()
	t.Logf("%-12s wrong: %s", name, eval.ShareOf(n.wrong, n.of))
}
