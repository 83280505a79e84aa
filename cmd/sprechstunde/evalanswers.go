package main

import (
	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/evaluate"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/progress"
)

// evalAnswers measures the answers that the model words.
func (c *cli) evalAnswers(cmd *cobra.Command, site *neighbours.Site, dir string, o evalOptions) error {
	if site.Config.Model.URL == "" {
		return &codedError{exitUsage, evaluate.ErrNoModel}
	}
	meter := progress.NewMeter(c.stderr, "questions", site.Now)
	var report evaluate.AnswersReport
	err := with(cmd.Context(), site, evaluate.AnswersNeeds, func(n *neighbours.Set) (err error) {
		report, err = evaluate.Answers(cmd.Context(), n, evaluate.AnswersConfig{Dir: dir, Sample: o.sample, Show: o.show, Progress: meter.Show})
		return err
	})
	meter.End()
	if err != nil {
		return err
	}
	if o.asJSON {
		return encode(c.stdout, report)
	}
	return report.WriteText(c.stdout)
}
