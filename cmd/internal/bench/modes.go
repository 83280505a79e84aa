package bench

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// mode is one way of searching.
type mode struct {
	name   string
	search func(ctx context.Context, text string, s share) ([]int64, error)
	exact  func(ctx context.Context, text string, s share) ([]int64, error) // the same with exact vectors
}

func (b *searchBench) modes() ([]mode, error) {
	keyword := retrieval.EngineConfig{
		Keywords: b.index, Passages: b.store, Params: retrieval.DefaultParams(), Now: b.Now, Log: b.Log,
	}
	keyword.Params.VectorTimeout = 0 // a busy machine must not turn a vector search into none
	vector := keyword
	vector.Keywords, vector.Vectors, vector.Embedder = nil, b.store, b.embedder
	fused := vector
	fused.Keywords = b.index
	var modes []mode
	for _, m := range []struct {
		name string
		conf retrieval.EngineConfig
	}{{"keyword", keyword}, {"vector", vector}, {"fused", fused}} {
		exact := m.conf
		if exact.Vectors != nil {
			exact.Vectors = b.exact
		}
		search, err := searcher(m.conf)
		if err != nil {
			return nil, err
		}
		compare, err := searcher(exact)
		if err != nil {
			return nil, err
		}
		modes = append(modes, mode{m.name, search, compare})
	}
	plainly := func(exact bool) func(context.Context, string, share) ([]int64, error) {
		return func(ctx context.Context, text string, s share) ([]int64, error) {
			return b.plain.search(ctx, text, b.embedder.vector, s.collections, exact)
		}
	}
	return append(modes, mode{"plain", plainly(false), plainly(true)}), nil
}

// searcher asks the real engine.
func searcher(conf retrieval.EngineConfig) (func(context.Context, string, share) ([]int64, error), error) {
	engine, err := retrieval.NewEngine(conf)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, text string, s share) ([]int64, error) {
		found, err := engine.Search(ctx, retrieval.Query{Text: text, Limit: rows}, retrieval.ReadersOf(s.collections...))
		if err != nil {
			return nil, err
		}
		if len(found.Degraded) > 0 {
			return nil, fmt.Errorf("search went on without %v", found.Degraded)
		}
		ids := make([]int64, len(found.Hits))
		for i, h := range found.Hits {
			ids[i] = h.Passage.ID
		}
		return ids, nil
	}, nil
}

// tally is what one run measured.
type tally struct {
	took            []time.Duration
	rows            int
	found, findable int
}

// ask asks all questions in all ways. The first few are asked once before
// anything counts.
func (b *searchBench) ask(ctx context.Context) error {
	b.Step("questions")
	modes, err := b.modes()
	if err != nil {
		return err
	}
	tallies := make([]tally, len(shares)*len(modes))
	const warm = 5
	for i := -min(warm, len(b.Questions)); i < len(b.Questions); i++ {
		if err := b.askOne(ctx, i, modes, tallies); err != nil {
			return fmt.Errorf("question %d: %w", i+1, err)
		}
		b.Progress(max(i, 0), len(b.Questions))
	}
	for at, s := range shares {
		for k, m := range modes {
			b.result.Runs = append(b.result.Runs, tallies[at*len(modes)+k].run(m.name, s.readable))
		}
	}
	return nil
}

// askOne asks one question in each way for each share, beginning with another
// way each time; one below zero warms up.
func (b *searchBench) askOne(ctx context.Context, i int, modes []mode, tallies []tally) error {
	counts := i >= 0
	i = max(i, -i)
	text := b.Questions[i%len(b.Questions)]
	b.embedder.vector = b.corpus.question(i)
	for at, s := range shares {
		for turn := range modes {
			k := (turn + i) % len(modes)
			began := time.Now()
			found, err := modes[k].search(ctx, text, s)
			took := time.Since(began)
			if err != nil {
				return fmt.Errorf("%s: %w", modes[k].name, err)
			}
			if !counts {
				continue
			}
			t := &tallies[at*len(modes)+k]
			t.took, t.rows = append(t.took, took), t.rows+len(found)
			if i >= b.result.Compared {
				continue
			}
			exact, err := modes[k].exact(ctx, text, s)
			if err != nil {
				return fmt.Errorf("%s with exact vectors: %w", modes[k].name, err)
			}
			t.findable += len(exact)
			for _, id := range exact {
				if slices.Contains(found, id) {
					t.found++
				}
			}
		}
	}
	return nil
}

func (t *tally) run(name string, readable float64) Run {
	r := Run{Mode: name, Readable: readable, Recall: 1}
	if n := len(t.took); n > 0 {
		slices.Sort(t.took)
		at := func(share float64) float64 {
			return round(t.took[min(n-1, int(math.Ceil(share*float64(n)))-1)].Seconds() * 1000)
		}
		r.P50, r.P95, r.P99, r.Rows = at(0.5), at(0.95), at(0.99), round(float64(t.rows)/float64(n))
	}
	if t.findable > 0 {
		r.Recall = round(float64(t.found) / float64(t.findable))
	}
	return r
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
