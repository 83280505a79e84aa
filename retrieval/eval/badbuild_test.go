package eval_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// badBuild is a search that somebody broke: it answers each question with the
// hits in an order drawn by a seed, and is as sure as before.
type badBuild struct {
	eval.Searcher
	seed uint64
}

func (b badBuild) Search(ctx context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	result, err := b.Searcher.Search(ctx, q, r)
	rand.New(rand.NewPCG(b.seed, uint64(len(q.Text)))).Shuffle(len(result.Hits), func(i, k int) { //nolint:gosec // the same each time
		result.Hits[i], result.Hits[k] = result.Hits[k], result.Hits[i]
	})
	return result, err
}

// TestGateOfTheExampleHouseBlocksABadBuild asks the example house's questions
// of a corpus that holds each answer, once whole and once broken by a seed: the
// gate in use must let the first pass and block the second.
func TestGateOfTheExampleHouseBlocksABadBuild(t *testing.T) {
	t.Parallel()
	const house = "../../examples/musterland"
	file, err := os.Open(house + "/gate.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	gate, err := eval.ReadGate(file)
	if err != nil {
		t.Fatal(err)
	}
	if ranking := broken(t, gate, nil); ranking != "" {
		t.Errorf("the whole build is blocked: %s", ranking)
	}
	for seed := range uint64(3) {
		ranking := broken(t, gate, func(s eval.Searcher) eval.Searcher { return badBuild{s, seed} })
		for _, figure := range []string{"modes/fused/recall@3", "modes/fused/mrr@10"} {
			if !strings.Contains(ranking, figure) {
				t.Errorf("seed %d: %s does not block: %q", seed, figure, ranking)
			}
		}
	}
}

// broken returns what the gate has against the ranking of the example house's
// questions. Each document is a question's answer with its own words.
func broken(t *testing.T, gate eval.Gate, change func(eval.Searcher) eval.Searcher) string {
	t.Helper()
	report, err := eval.Run(t.Context(), eval.Config{Dir: "../../examples/musterland", Draws: 10,
		Open: func(ctx context.Context, f eval.Folder) (eval.House, func(), error) {
			f.Rows = nil
			for _, q := range f.Queries {
				for id := range q.Relevant {
					f.Rows = append(f.Rows, eval.Row{ID: id, Title: q.Text, Text: q.Answer + "."})
				}
			}
			h, closeHouse, err := open(ctx, f)
			if err == nil && change != nil {
				h.Fused = change(h.Fused)
			}
			return h, closeHouse, err
		}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := gate.Check(report)
	if err != nil {
		t.Fatal(err)
	}
	var ranking []string
	for _, line := range all {
		if strings.HasPrefix(line, "modes/") {
			ranking = append(ranking, line)
		}
	}
	return strings.Join(ranking, "; ")
}
