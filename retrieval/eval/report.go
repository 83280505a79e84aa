package eval

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report is what a run found.
type Report struct {
	Documents     int                   `json:"documents"`
	Queries       int                   `json:"queries"`
	StoodIn       int                   `json:"stood_in"`
	Modes         map[Mode]*ModeMetrics `json:"modes"`
	AnswerInTop5  *float64              `json:"answer_in_top5"` // null: no question gives its answer's words
	Answerability Answerability         `json:"answerability"`
	Handover      Handover              `json:"handover"`
	Intervals     map[string]Interval   `json:"intervals"` // by the figure's name, as in "fused.mrr@10"
	Wrong         []WrongAnswer         `json:"wrong"`     // unanswerable questions in band answered or conflicting
}

// Answerability says how well answerable and unanswerable questions are told apart.
type Answerability struct {
	AUROC   *float64             `json:"auroc"`
	AURC    *float64             `json:"aurc"`
	WrongAt map[string]float64   `json:"wrong_at"`
	Bands   map[string]BandCount `json:"bands"`
}

// BandCount counts the questions that ended in a band.
type BandCount struct {
	Answerable   int `json:"answerable"`
	Unanswerable int `json:"unanswerable"`
}

// Handover counts the questions that belong to people.
type Handover struct {
	Refused int `json:"refused"`
	Total   int `json:"total"`
}

// WrongAnswer is a question without an answer that was given one.
type WrongAnswer struct {
	ID          string  `json:"id"`
	Text        string  `json:"text"`
	Document    string  `json:"document"`
	Probability float64 `json:"probability"`
}

// bandNames are all outcomes, in the order in which they are printed.
var bandNames = []string{"answered", "nearest", "conflicting", "elsewhere", "refused", "not_found"}

// coverages of answerable questions at which wrong answers are counted.
var coverages = []float64{0.70, 0.80, 0.90, 0.95}

func (r *Report) fill(all []Observation, draws int) {
	r.Queries = len(all)
	r.Modes = make(map[Mode]*ModeMetrics)
	for _, m := range []Mode{Keyword, Vector, Fused} {
		if metrics, ok := modeMetrics(all, m); ok {
			r.Modes[m] = &metrics
		}
	}
	r.AnswerInTop5 = known(answerShare(all))
	r.Answerability = answerability(all)
	for _, o := range all {
		if o.Query.Handover() {
			r.Handover.Total++
			if o.Outcome == "refused" {
				r.Handover.Refused++
			}
		} else if !o.Answerable && (o.Outcome == "answered" || o.Outcome == "conflicting") {
			w := WrongAnswer{ID: o.ID, Text: o.Query.Text, Probability: o.Probability}
			if ranked := o.Ranked[Fused]; len(ranked) > 0 {
				w.Document = ranked[0]
			}
			r.Wrong = append(r.Wrong, w)
		}
	}
	r.Intervals = intervals(all, draws)
}

func answerability(all []Observation) Answerability {
	a := Answerability{AUROC: known(auroc(all)), AURC: known(aurc(all)), WrongAt: make(map[string]float64), Bands: make(map[string]BandCount)}
	for _, c := range coverages {
		if share, ok := wrongAt(all, c); ok {
			a.WrongAt[fmt.Sprintf("%.2f", c)] = share
		}
	}
	for _, name := range bandNames {
		a.Bands[name] = BandCount{}
	}
	for _, o := range withoutHandover(all) {
		n := a.Bands[o.Outcome]
		if o.Answerable {
			n.Answerable++
		} else {
			n.Unanswerable++
		}
		a.Bands[o.Outcome] = n
	}
	return a
}

func known(value float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &value
}

// WriteText prints the report for people.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents, %d questions", r.Documents, r.Queries)
	if r.StoodIn > 0 {
		fmt.Fprintf(&b, "; for %d documents the row of corpus.jsonl stood in, because the file could not be read", r.StoodIn)
	}
	fmt.Fprintf(&b, "\n\n%-8s %8s %8s %8s %8s %8s %8s\n", "", "MRR@10", "nDCG@10", "R@1", "R@3", "R@5", "R@10")
	for _, m := range []Mode{Keyword, Vector, Fused} {
		if x := r.Modes[m]; x != nil {
			fmt.Fprintf(&b, "%-8s %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f   MRR %s\n", m, x.MRR10, x.NDCG10, x.Recall1, x.Recall3, x.Recall5, x.Recall10,
				r.Intervals[string(m)+".mrr@10"])
		}
	}
	if r.AnswerInTop5 != nil {
		fmt.Fprintf(&b, "\nanswer's words in the top 5 passages: %.3f %s\n", *r.AnswerInTop5, r.Intervals["answer_in_top5"])
	}
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
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) writeAnswerability(b *strings.Builder) {
	a := r.Answerability
	if a.AUROC != nil {
		fmt.Fprintf(b, "\nanswerable or not: AUROC %.3f %s, AURC %.3f\n", *a.AUROC, r.Intervals["answerability.auroc"], *a.AURC)
		for _, c := range coverages {
			name := fmt.Sprintf("%.2f", c)
			fmt.Fprintf(b, "  wrong at coverage %s: %.3f %s\n", name, a.WrongAt[name], r.Intervals["answerability.wrong_at."+name])
		}
	}
	fmt.Fprintf(b, "\n%-12s %11s %13s\n", "outcome", "answerable", "unanswerable")
	names := slices.Clone(bandNames)
	for name := range a.Bands {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		fmt.Fprintf(b, "%-12s %11d %13d\n", name, a.Bands[name].Answerable, a.Bands[name].Unanswerable)
	}
}
