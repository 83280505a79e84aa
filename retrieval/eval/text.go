package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"lvr.example/sprechstunde/retrieval"
)

// WriteText prints the report for people.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	r.writeCorpus(&b)
	r.writeRanking(&b)
	r.writeAnswerability(&b)
	if r.Handover.Total > 0 {
		fmt.Fprintf(&b, "\nfor people only (handover): %d of %d refused\n", r.Handover.Refused, r.Handover.Total)
	}
	if len(r.Wrong) > 0 {
		fmt.Fprintf(&b, "\nanswered without an answer in the documents: %d\n", len(r.Wrong))
		for _, x := range r.Wrong {
			fmt.Fprintf(&b, "  %.2f  %-12s %s  → %s\n", x.Probability, x.ID, x.Text, x.Document)
		}
	}
	if r.Compare != nil {
		r.Compare.write(&b)
	}
	for _, f := range r.Calibration {
		writeFit(&b, f)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) writeCorpus(b *strings.Builder) {
	fmt.Fprintf(b, "%d documents, %d questions", r.Documents, r.Queries)
	if r.StoodIn > 0 {
		fmt.Fprintf(b, "; for %d documents the row of corpus.jsonl stood in, because the file could not be read", r.StoodIn)
	}
	b.WriteByte('\n')
	if len(r.NotRead) > 0 {
		fmt.Fprintf(b, "not read, and no row of corpus.jsonl stood in: %s\n", strings.Join(r.NotRead, ", "))
	}
	if r.Degraded > 0 {
		fmt.Fprintf(b, "the embedder failed for %d questions, which were searched by words only: measure again\n", r.Degraded)
	}
	if r.Sufficiency.From == Unknown {
		fmt.Fprintf(b, "no weights were fitted for embedding model %s: careful ones judge by words; fit some with --calibrate --out FILE\n", r.Sufficiency.Model)
	}
}

// writeRanking prints a line of figures for each ranking and their intervals
// below.
func (r Report) writeRanking(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-8s", "")
	for _, name := range []string{"MRR@10", "nDCG@10", "R@1", "R@3", "R@5", "R@10"} {
		fmt.Fprintf(b, " %12s", name)
	}
	b.WriteByte('\n')
	for _, m := range modes {
		x := r.Modes[m]
		if x == nil {
			continue
		}
		fmt.Fprintf(b, "%-8s", m)
		for _, value := range []float64{x.MRR10, x.NDCG10, x.Recall1, x.Recall3, x.Recall5, x.Recall10} {
			fmt.Fprintf(b, " %12.3f", value)
		}
		fmt.Fprintf(b, "\n%-8s", "")
		for _, f := range rankingFigures {
			i := r.Intervals[string(m)+"."+f.name]
			fmt.Fprintf(b, " %12s", fmt.Sprintf("%.3f–%.3f", i[0], i[1]))
		}
		b.WriteByte('\n')
	}
	if r.AnswerInTop5 != nil {
		fmt.Fprintf(b, "\nanswer's words in the top 5 passages: %.3f %s\n", *r.AnswerInTop5, r.Intervals[answerInTop5])
	}
	if p := r.Posts; p != nil {
		if p.AnswerInPost != nil {
			fmt.Fprintf(b, "answer's words in the post: %.3f %s, within its first %d words: %.3f %s\n",
				*p.AnswerInPost, r.Intervals[answerInPost], firstWords, *p.AnswerFirst, r.Intervals[answerFirst])
		}
		fmt.Fprintf(b, "words of %d answering posts: median %d, 90 %% up to %d; one passage shown in %.0f %%\n",
			p.Answered, p.WordsMedian, p.Words90, 100*p.OnePassage)
	}
}

func (r Report) writeAnswerability(b *strings.Builder) {
	a := r.Answerability
	if a.AUROC != nil {
		fmt.Fprintf(b, "\nanswerable or not: AUROC %.3f %s, AURC %.3f %s\n", *a.AUROC, r.Intervals[areaROC], *a.AURC, r.Intervals[areaRisk])
		for _, c := range coverages {
			fmt.Fprintf(b, "  wrong at coverage %.2f: %.3f %s\n", c, a.WrongAt[fmt.Sprintf("%.2f", c)], r.Intervals[wrongAtName(c)])
		}
	}
	fmt.Fprintf(b, "\n%-12s %11s %13s\n", "outcome", "answerable", "unanswerable")
	names := slices.Clone(bandNames)
	for _, name := range slices.Sorted(maps.Keys(a.Bands)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		fmt.Fprintf(b, "%-12s %11d %13d\n", name, a.Bands[name].Answerable, a.Bands[name].Unanswerable)
	}
}

func (c *Comparison) write(b *strings.Builder) {
	fmt.Fprintf(b, "\nagainst %s: %d questions in both", c.File, c.Questions)
	for _, x := range []struct {
		what string
		ids  []string
	}{{"only earlier", c.OnlyEarlier}, {"only now", c.OnlyNow}, {"judged differently now", c.JudgedDifferently}} {
		if len(x.ids) > 0 {
			fmt.Fprintf(b, "; %s: %s", x.what, few(x.ids))
		}
	}
	fmt.Fprintf(b, "\n%-32s %8s %8s %9s %18s %7s %7s\n", "", "earlier", "now", "change", "95 %", "p", "Holm")
	for _, name := range slices.Sorted(maps.Keys(c.Differences)) {
		d := c.Differences[name]
		fmt.Fprintf(b, "%-32s %8.3f %8.3f %+9.3f %18s %7.4f %7.4f\n", name, d.Earlier, d.Now, d.Difference,
			fmt.Sprintf("%+.3f – %+.3f", d.Interval[0], d.Interval[1]), d.P, d.Holm)
	}
	if len(c.Changed) > 0 {
		fmt.Fprintf(b, "\nchanged most (place of the first right document, probability, outcome; earlier → now):\n")
	}
	for _, x := range c.Changed {
		fmt.Fprintf(b, "  %+.2f  %-12s %s → %s  %.2f → %.2f  %s → %s  %s\n", x.Gain, x.ID, at(x.Place[0]), at(x.Place[1]),
			x.Probability[0], x.Probability[1], x.Outcome[0], x.Outcome[1], x.text)
	}
}

func at(place int) string {
	if place == 0 {
		return "–"
	}
	return fmt.Sprint(place)
}

// few lists ids as far as they fit a line.
func few(ids []string) string {
	const enough = 8
	if len(ids) > enough {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:enough], ", "), len(ids)-enough)
	}
	return strings.Join(ids, ", ")
}

func writeFit(b *strings.Builder, f retrieval.Fit) {
	what := "keywords alone"
	if f.Ranking == retrieval.FitFused {
		what = fmt.Sprintf("%s, %d dimensions", f.Model, f.Dimensions)
	}
	fmt.Fprintf(b, "\nfitted for %s: answered from %.3f, nearest from %.3f\n", what, f.Answered, f.Nearest)
	for _, name := range slices.Sorted(maps.Keys(f.Weights)) {
		fmt.Fprintf(b, "  %-12s %8.3f\n", name, f.Weights[name])
	}
	fmt.Fprintf(b, "  %-34s %9s %16s\n", "", "in sample", "cross-validated")
	for _, name := range slices.Sorted(maps.Keys(f.CrossValidated)) {
		fmt.Fprintf(b, "  %-34s %9.3f %16.3f\n", name, f.InSample[name], f.CrossValidated[name])
	}
}
