package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/bench"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/progress"
)

// searchOptions are the flags of bench search.
type searchOptions struct {
	passages, questions, compared int
	text                          string
	asJSON                        bool
}

func (c *cli) newBenchSearch() *cobra.Command {
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "search",
		Short: "Measure searches over many passages, against what people would pick instead",
		Long: `Make passages by recombining the sentences of texts, by seed and no two equal,
with seeded, clustered vectors (one for each passage) in a throw-away database,
and ask the example house's questions of readers who may see all, 10 %, 1 % and
0.1 % of them: by words, by vectors, by both, and in the plain way (any word by
ts_rank, HNSW with defaults, equal rank fusion, rights as a filter). Question
vectors are given. recall@10 compares with the same search with exact vectors.

The database is dropped at the end, also on Ctrl-C. 1 000 000 passages need
about 12 GB of disk and memory for the keyword index.`,
		Example: "  sprechstunde bench search --passages 20000\n  sprechstunde bench search --passages 100000 --text laws --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.passages < 1 {
				return usage("--passages: must be at least 1")
			}
			if o.questions < 1 || o.compared < 0 {
				return usage("--questions must be at least 1, --compared not negative")
			}
			return c.withNeighbours(cmd.Context(), neighbours.Needs{Database: true, Reader: true}, func(n *neighbours.Set) error {
				return c.benchSearch(cmd, n, o)
			})
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.passages, "passages", 100_000, "how many passages to make")
	f.StringVar(&o.text, "text", "", "folder of texts whose sentences are recombined (default: the example house)")
	f.IntVarP(&o.questions, "questions", "n", 100, "how many questions to ask in each way")
	f.IntVar(&o.compared, "compared", 30, "how many of them to compare with exact vectors")
	f.BoolVar(&o.asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) benchSearch(cmd *cobra.Command, n *neighbours.Set, o searchOptions) error {
	ctx := cmd.Context()
	questions, err := exampleQuestions(o.questions)
	if err != nil {
		return err
	}
	if o.text == "" {
		if o.text, err = house.ExampleFiles(); err != nil {
			return err
		}
	}
	sentences, err := bench.Sentences(ctx, o.text, n.Reader)
	if err != nil {
		return err
	}
	meters := &stageMeter{w: c.stderr, now: n.Now}
	measured, err := bench.MeasureSearch(ctx, bench.SearchConfig{
		DSN: n.Database.DSN, Sentences: sentences, Passages: o.passages, Questions: questions, Compared: o.compared,
		Now: n.Now, Log: n.Log, Step: meters.begin, Progress: meters.show,
	})
	meters.end()
	if err != nil {
		return err
	}
	if o.asJSON {
		return encode(c.stdout, measured)
	}
	writeSearch(c.stdout, measured)
	return nil
}

// stageMeter shows one stage of long work after another.
type stageMeter struct {
	w     io.Writer
	now   func() time.Time
	meter *progress.Meter
}

func (s *stageMeter) begin(what string) {
	s.end()
	fmt.Fprintf(s.w, "%s …\n", what)
	s.meter = progress.NewMeter(s.w, what, s.now)
}

func (s *stageMeter) show(done, total int) { s.meter.Show(done, total) }

func (s *stageMeter) end() {
	if s.meter != nil {
		s.meter.End()
	}
}

func writeSearch(w io.Writer, s bench.Search) {
	fmt.Fprintf(w, "%d passages with one vector each, %d questions, %d of them compared with exact vectors\n\n", s.Passages, s.Questions, s.Compared)
	fmt.Fprintf(w, "%-9s %9s %9s %9s %9s %10s %6s\n", "mode", "readable", "p50 ms", "p95 ms", "p99 ms", "recall@10", "rows")
	for _, r := range s.Runs {
		fmt.Fprintf(w, "%-9s %8.1f%% %9.2f %9.2f %9.2f %10.3f %6.2f\n", r.Mode, 100*r.Readable, r.P50, r.P95, r.P99, r.Recall, r.Rows)
	}
	fmt.Fprintf(w, "\nbuilt in %.0f s: tables %.0f s, graphs %.0f s, keyword index %.0f s; the plain way %.0f s\n",
		s.BuildS, s.FillS, s.GraphS, s.KeywordS, s.PlainBuildS)
	fmt.Fprintf(w, "keyword index %.0f MB in memory; on disk %.0f MB, of it graphs %.0f MB; the plain way %.0f MB\n",
		s.MemoryMB, s.SizesMB.Store, s.SizesMB.Graphs, s.SizesMB.Plain)
	for _, g := range s.Graphs {
		fmt.Fprintf(w, "graph of %d vectors (%s): recall %.3f in its worst part\n", g.Units, g.Collection, g.Recall)
	}
}
