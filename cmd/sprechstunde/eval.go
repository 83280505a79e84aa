package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/evaluate"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/progress"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	unanswerable, perQuery, compare, gate, explain, plot, out string

	retyped           uint64
	draws             int
	wrong             float64
	asJSON, calibrate bool

	answers, show bool
	sample        int
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
the data folder, so that a second run embeds nothing. docs/evaluation.md explains
folders and figures.

Exit code 0 whatever is measured; with --gate 4 when a figure misses its limit.
A gate is JSON: {"min": {"modes/fused/recall@3": 0.9}, "max": {…},
"at_least": {"modes/fused/mrr@10": ["modes/keyword/mrr@10"]},
"not_worse": ["fused.mrr@10"]}; the last one needs --compare.

--retyped N asks each question with umlauts spelled out, one typing error and a
compound torn or two words joined; with --compare the loss is tested.

--answers measures what the configured model makes of the questions, with how
much of its statements is kept, how often it answers in prose, what it cites, and
what it refuses; --show lists each statement beside its passage, to be read by
people; --sample N asks N questions, spread over the folder.

--calibrate fits the judgement whether documents answer a question to this
embedding model and these questions, and writes a file for the key sufficiency of
the configuration. What such a file already says of other models stays.`,
		Example: `  sprechstunde eval examples/musterland
  sprechstunde eval xquad-de --unanswerable xquad-de-noanswer --json
  sprechstunde eval haus --per-query neu.jsonl --compare alt.jsonl --plot kurven.svg
  sprechstunde eval haus --retyped 1 --compare alt.jsonl
  sprechstunde eval haus --answers --show --sample 20 --model local
  sprechstunde eval haus --calibrate --out sufficiency.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if o.answers {
				return c.withSite(func(site *neighbours.Site) error {
					site.Measuring = true
					return c.evalAnswers(cmd, site, args[0], o)
				})
			}
			return c.withSite(func(site *neighbours.Site) error {
				site.Measuring = true
				return c.eval(cmd, site, args[0], o)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.unanswerable, "unanswerable", "", "another folder whose questions its own corpus cannot answer")
	f.StringVar(&o.perQuery, "per-query", "", "write one JSON line for each question to this file")
	f.StringVar(&o.compare, "compare", "", "test against an earlier run: the file that its --per-query wrote")
	f.StringVar(&o.plot, "plot", "", "draw the risk–coverage curve and the reliability diagram into this SVG file")
	f.BoolVar(&o.calibrate, "calibrate", false, "fit weights and thresholds of sufficiency; needs --out")
	f.StringVar(&o.out, "out", "", "file for what --calibrate fits")
	f.Float64Var(&o.wrong, "wrong", eval.DefaultRule.Wrong, "with --calibrate: share of unanswerable questions that may pass as answered")
	f.StringVar(&o.explain, "explain", "", "instead of measuring, show how this question is ranked and judged")
	f.StringVar(&o.gate, "gate", "", "file of limits to keep")
	f.Uint64Var(&o.retyped, "retyped", 0, "ask the questions as somebody in a hurry types them; the number chooses the errors")
	f.IntVar(&o.draws, "draws", 0, "draws of the bootstrap (default 10000)")
	f.BoolVar(&o.asJSON, "json", false, "print JSON")
	f.BoolVar(&o.answers, "answers", false, "measure the answers that the model words, instead of retrieval")
	f.BoolVar(&o.show, "show", false, "with --answers: show each statement beside its passage")
	f.IntVar(&o.sample, "sample", 0, "with --answers: ask so many questions, spread over the folder (default all)")
	c.modelFlag(cmd)
	return cmd
}

func (o evalOptions) check() error {
	if o.calibrate != (o.out != "") {
		return usage("--calibrate and --out FILE go together")
	}
	if err := o.rule().Check(); err != nil {
		return usage("--wrong: %v", err)
	}
	if !o.answers && (o.show || o.sample != 0) {
		return usage("--show and --sample go with --answers")
	}
	if o.answers && (o.calibrate || o.gate != "" || o.perQuery != "" || o.compare != "" || o.explain != "" || o.plot != "" || o.unanswerable != "" || o.retyped != 0) {
		return usage("--answers goes with --show, --sample, --model and --json only")
	}
	if o.sample < 0 {
		return usage("--sample must not be negative")
	}
	if o.draws < 0 {
		return usage("--draws must not be negative")
	}
	return nil
}

func (o evalOptions) rule() *eval.Rule { return &eval.Rule{Wrong: o.wrong} }

func (c *cli) eval(cmd *cobra.Command, site *neighbours.Site, dir string, o evalOptions) error {
	if _, err := library.Calibration(site.Config); err != nil {
		return err
	}
	if o.explain != "" {
		if err := (eval.Config{Dir: dir}).Check(); err != nil {
			return err
		}
		return with(cmd.Context(), site, evaluate.Needs, func(n *neighbours.Set) error {
			return eval.Explain(cmd.Context(), c.stdout, dir, o.explain, evaluate.Opener(n))
		})
	}
	conf := eval.Config{Dir: dir, Unanswerable: o.unanswerable, Draws: o.draws, At: site.Now().UTC()}
	if o.retyped > 0 {
		conf.Retype = func(question string) string { return retrievaltest.Retype(question, o.retyped) }
	}
	results, err := c.prepare(o, &conf)
	if err != nil {
		return err
	}
	defer results.discard()
	if err := conf.Check(); err != nil {
		return err
	}
	report, err := c.measure(cmd.Context(), site, conf)
	if err != nil {
		return err
	}
	if err := results.finish(report); err != nil {
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
	return c.checkGate(results.gate, report)
}

func (c *cli) measure(ctx context.Context, site *neighbours.Site, conf eval.Config) (report eval.Report, err error) {
	meter := progress.NewMeter(c.stderr, "questions", site.Now)
	defer meter.End()
	conf.Progress = meter.Show
	err = with(ctx, site, evaluate.Needs, func(n *neighbours.Set) (err error) {
		conf.Open = evaluate.Opener(n)
		report, err = eval.Run(ctx, conf)
		return err
	})
	return report, err
}

// evalResults are the files that a run reads first and writes last, opened
// before anything is measured: a wrong path must not cost minutes.
type evalResults struct {
	gate                eval.Gate
	known               retrieval.Calibration // what the file for --calibrate said before
	perQuery, plot, out *outFile              // nil: not asked for
}

func (c *cli) prepare(o evalOptions, conf *eval.Config) (r *evalResults, err error) {
	r = &evalResults{}
	defer func() {
		if err != nil {
			r.discard()
		}
	}()
	if o.gate != "" {
		if r.gate, err = readGate(o.gate); err != nil {
			return r, err
		}
	}
	if o.compare != "" {
		if conf.Earlier, err = eval.ReadEarlier(o.compare); err != nil {
			return r, fmt.Errorf("--compare: %w", err)
		}
	}
	if o.calibrate {
		conf.Calibrate = o.rule()
		if r.known, err = library.ReadCalibration(o.out); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return r, fmt.Errorf("--out: the file is there and would be lost: %w", err)
		}
	}
	for _, out := range []struct {
		path string
		file **outFile
	}{{o.perQuery, &r.perQuery}, {o.plot, &r.plot}, {o.out, &r.out}} {
		if out.path == "" {
			continue
		}
		if *out.file, err = createOut(out.path); err != nil {
			return r, err
		}
	}
	if r.perQuery != nil {
		lines := json.NewEncoder(r.perQuery)
		conf.PerQuery = func(o eval.Observation) error { return lines.Encode(o) }
	}
	return r, nil
}

// finish writes what follows from the report and puts the files in their places.
func (r *evalResults) finish(report eval.Report) error {
	if r.plot != nil {
		if err := report.WriteSVG(r.plot); err != nil {
			return err
		}
	}
	if r.out != nil {
		if err := r.known.Merge(report.Calibration...).Write(r.out); err != nil {
			return err
		}
	}
	for _, f := range []*outFile{r.perQuery, r.plot, r.out} {
		if f == nil {
			continue
		}
		if err := f.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (r *evalResults) discard() {
	for _, f := range []*outFile{r.perQuery, r.plot, r.out} {
		if f != nil {
			f.discard()
		}
	}
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
