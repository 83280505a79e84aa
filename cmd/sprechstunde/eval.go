package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/retrieval/eval"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	unanswerable, perQuery, gate, explain string
	draws                                 int
	asJSON                                bool
}

func (c *cli) newEval() *cobra.Command {
	var o evalOptions
	cmd := &cobra.Command{
		Use:   "eval DIR",
		Short: "Measure retrieval and answerability over a folder of questions",
		Long: `Measure retrieval and answerability over a BEIR folder: queries.jsonl and
qrels.tsv, with files/ (read as real files) or corpus.jsonl. files may also be a
text file that holds the path of that folder, seen from DIR. The corpus goes into
a throw-away schema and is asked as a reader of everything. Vectors are kept in
the data folder, so that a second run embeds nothing.

Exit code 0 whatever is measured; with --gate 4 when a figure misses its limit.
A gate is JSON: {"min": {"modes/fused/recall@3": 0.9}, "max": {…},
"at_least": {"modes/fused/mrr@10": ["modes/keyword/mrr@10"]}}.`,
		Example: "  sprechstunde eval examples/musterland\n  sprechstunde eval xquad-de --unanswerable xquad-de-noanswer --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withBase(func(b *app.Base) error { return c.eval(cmd, b, args[0], o) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.unanswerable, "unanswerable", "", "another folder whose questions its own corpus cannot answer")
	f.StringVar(&o.perQuery, "per-query", "", "write one JSON line for each question to this file")
	f.StringVar(&o.explain, "explain", "", "instead of measuring, show how this question is ranked and judged")
	f.StringVar(&o.gate, "gate", "", "file of limits to keep")
	f.IntVar(&o.draws, "draws", 0, "draws of the bootstrap (default 2000)")
	f.BoolVar(&o.asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) eval(cmd *cobra.Command, b *app.Base, dir string, o evalOptions) (err error) {
	if o.explain != "" {
		return eval.Explain(cmd.Context(), c.stdout, dir, o.explain, b.OpenFolder)
	}
	var gate eval.Gate
	if o.gate != "" {
		if gate, err = readGate(o.gate); err != nil {
			return err
		}
	}
	meter := app.NewMeter(c.stderr, "questions", b.Now)
	conf := eval.Config{Dir: dir, Unanswerable: o.unanswerable, Open: b.OpenFolder, Progress: meter.Show, Draws: o.draws}
	if o.perQuery != "" {
		file, err := os.Create(o.perQuery)
		if err != nil {
			return fmt.Errorf("--per-query: %w", err)
		}
		defer file.Close()
		lines := json.NewEncoder(file)
		conf.PerQuery = func(observed eval.Observation) error { return lines.Encode(observed) }
	}
	report, err := eval.Run(cmd.Context(), conf)
	meter.End()
	if err != nil {
		return err
	}
	if o.asJSON {
		err = encode(c.stdout, report)
	} else {
		err = report.WriteText(c.stdout)
	}
	if err != nil || o.gate == "" {
		return err
	}
	return c.checkGate(gate, report)
}

func readGate(path string) (eval.Gate, error) {
	file, err := os.Open(path)
	if err != nil {
		return eval.Gate{}, fmt.Errorf("--gate: %w", err)
	}
	defer file.Close()
	return eval.ReadGate(file)
}

func (c *cli) checkGate(gate eval.Gate, report eval.Report) error {
	broken, err := gate.Check(report)
	if err != nil {
		return err
	}
	for _, line := range broken {
		fmt.Fprintln(c.stderr, "gate: "+line)
	}
	if len(broken) > 0 {
		return &silentError{exitGate}
	}
	return nil
}
