package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/bench"
	"lvr.example/sprechstunde/cmd/internal/demo"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/progress"
	"lvr.example/sprechstunde/retrieval/eval"
)

func (c *cli) newBench() *cobra.Command {
	var n int
	var asJSON bool
	answers := &cobra.Command{
		Use:   "answers",
		Short: "Measure the time from asking post to answering post on the example house",
		Long: `Open the example house on a real Mattermost server without a model, ask its
questions one after another, and print how long answers took by that server's
clock.`,
		Example: "  sprechstunde bench answers\n  sprechstunde bench answers -n 100 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 {
				return usage("-n: must be at least 1")
			}
			return c.withSite(func(site *neighbours.Site) error { return c.benchAnswers(cmd, site, n, asJSON) })
		},
	}
	answers.Flags().IntVarP(&n, "questions", "n", 60, "how many questions to ask")
	answers.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return group("bench", "Measure what people wait for", "  sprechstunde bench answers\n  sprechstunde bench search --passages 20000",
		answers, c.newBenchSearch())
}

func (c *cli) benchAnswers(cmd *cobra.Command, site *neighbours.Site, n int, asJSON bool) (err error) {
	questions, err := exampleQuestions(n)
	if err != nil {
		return err
	}
	site.Config.Model.URL = "" // quotes: the time is the bot's own
	site.Config.Budget.PerUser = -1
	running, err := demo.Start(cmd.Context(), site, c.stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Close()) }()
	meter := progress.NewMeter(c.stderr, "questions", site.Now)
	measured, err := bench.MeasureAnswers(cmd.Context(), running.State, questions, meter.Show)
	meter.End()
	if err != nil {
		return err
	}
	if asJSON {
		return encode(c.stdout, measured)
	}
	fmt.Fprintf(c.stdout, "%d answers: p50 %d ms, p95 %d ms, longest %d ms\n", measured.Questions, measured.P50, measured.P95, measured.Max)
	return nil
}

// exampleQuestions returns n questions of the example house, from the start
// again when they run out.
func exampleQuestions(n int) ([]string, error) {
	files, err := house.ExampleFiles()
	if err != nil {
		return nil, err
	}
	folder, err := eval.ReadFolder(filepath.Dir(files))
	if err != nil {
		return nil, err
	}
	questions := make([]string, n)
	for i := range questions {
		questions[i] = folder.Queries[i%len(folder.Queries)].Text
	}
	return questions, nil
}
