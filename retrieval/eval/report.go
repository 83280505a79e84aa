package eval

import (
	"fmt"
	"slices"

	"lvr.example/sprechstunde/retrieval"
)

// Report is what a run found.
type Report struct {
	Documents     int                   `json:"documents"`
	Queries       int                   `json:"queries"`
	StoodIn       int                   `json:"stood_in"`
	NotRead       []string              `json:"not_read"` // ids of files that could not be read and have no row
	Degraded      int                   `json:"degraded"` // questions searched without vectors, although there are some
	Modes         map[Mode]*ModeMetrics `json:"modes"`
	AnswerInTop5  *float64              `json:"answer_in_top5"` // null: no question gives its answer's words
	Posts         *Posts                `json:"posts"`          // null: nothing was posted
	Answerability Answerability         `json:"answerability"`
	Handover      Handover              `json:"handover"`
	Intervals     map[string]Interval   `json:"intervals"` // by the figure's name, as in "fused.mrr@10"
	Wrong         []WrongAnswer         `json:"wrong"`     // unanswerable questions in band answered or conflicting
	Sufficiency   Weights               `json:"sufficiency"`
	Compare       *Comparison           `json:"compare,omitempty"`
	Calibration   []retrieval.Fit       `json:"calibration,omitempty"`

	risk []riskPoint
}

// Posts say what people see of the answered questions.
type Posts struct {
	AnswerInPost *float64 `json:"answer_in_post"` // null: no question gives its answer's words
	AnswerFirst  *float64 `json:"answer_first"`   // within the first 60 words
	Answered     int      `json:"answered"`       // posts counted below
	WordsMedian  int      `json:"words_median"`
	Words90      int      `json:"words_p90"`
	OnePassage   float64  `json:"one_passage"` // share of them that show one passage
}

// Weights says what judged sufficiency.
type Weights struct {
	Model      string  `json:"model"` // that made the vectors; empty: keywords alone
	Dimensions int     `json:"dimensions"`
	From       Origin  `json:"from"`
	Answered   float64 `json:"answered"` // threshold of the band
	Nearest    float64 `json:"nearest"`
}

// Origin says where weights come from.
type Origin string

// The origins.
const (
	Shipped Origin = "shipped"
	File    Origin = "file"    // the configuration's key sufficiency
	Unknown Origin = "default" // nothing was fitted for the model: a careful guess by words
)

// Answerability says how well answerable and unanswerable questions are told apart.
type Answerability struct {
	AUROC   *float64             `json:"auroc"`
	AURC    *float64             `json:"aurc"`
	WrongAt map[string]float64   `json:"wrong_at"`
	Bands   map[string]BandCount `json:"bands"`

	Reliability *Reliability `json:"reliability"` // null: one class is missing
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

// describe takes over what the house says of itself.
func (r *Report) describe(h House) {
	r.Documents, r.StoodIn, r.Sufficiency = h.Documents, h.StoodIn, h.Weights
	r.NotRead = append([]string{}, h.NotRead...)
}

func (r *Report) fill(all []Observation, c Config) error {
	t := newTally(all)
	figures := t.figures(t.once())
	r.Queries, r.Wrong = len(all), []WrongAnswer{}
	r.Modes = modeMetrics(figures)
	r.AnswerInTop5 = known(figures, answerInTop5)
	r.Posts = posts(all, figures)
	r.Answerability = answerability(all, figures)
	r.risk = t.risk()
	for _, o := range all {
		r.count(o)
	}
	r.Intervals = intervals(all, c.Draws)
	if c.Earlier != nil {
		var err error
		if r.Compare, err = compare(all, c.Earlier, c.Draws); err != nil {
			return err
		}
	}
	if c.Calibrate != nil {
		return r.calibrate(all, c)
	}
	return nil
}

// calibrate fits the ranking with vectors, where there are some, and the one
// without.
func (r *Report) calibrate(all []Observation, c Config) error {
	for _, mode := range []Mode{Fused, Keyword} {
		if mode == Fused && r.Sufficiency.Model == "" {
			continue
		}
		f, err := c.Calibrate.calibrate(all, mode)
		if err != nil {
			return err
		}
		f.Fitted = c.At
		if mode == Fused {
			f.Model, f.Dimensions = r.Sufficiency.Model, r.Sufficiency.Dimensions
		}
		r.Calibration = append(r.Calibration, f)
	}
	return nil
}

func (r *Report) count(o Observation) {
	if o.degraded {
		r.Degraded++
	}
	switch {
	case o.Handover():
		r.Handover.Total++
		if o.Outcome == "refused" {
			r.Handover.Refused++
		}
	case !o.Answerable && (o.Outcome == "answered" || o.Outcome == "conflicting"):
		w := WrongAnswer{ID: o.ID, Text: o.text, Probability: o.Probability}
		if ranked := o.Ranked[Fused]; len(ranked) > 0 {
			w.Document = ranked[0]
		}
		r.Wrong = append(r.Wrong, w)
	}
}

// posts measures what was posted to questions that were searched for.
func posts(all []Observation, figures map[string]float64) *Posts {
	var words []int
	one := 0
	for _, o := range all {
		if o.Words > 0 && o.Outcome == string(retrieval.Answered) {
			words = append(words, o.Words)
			if o.Shown == 1 {
				one++
			}
		}
	}
	if len(words) == 0 {
		return nil
	}
	slices.Sort(words)
	return &Posts{
		AnswerInPost: known(figures, answerInPost), AnswerFirst: known(figures, answerFirst), Answered: len(words),
		WordsMedian: words[len(words)/2], Words90: words[min(len(words)-1, len(words)*9/10)], OnePassage: float64(one) / float64(len(words)),
	}
}

func modeMetrics(figures map[string]float64) map[Mode]*ModeMetrics {
	all := make(map[Mode]*ModeMetrics)
	for _, m := range modes {
		of := func(name string) float64 { return figures[string(m)+"."+name] }
		if _, ran := figures[string(m)+".mrr@10"]; ran {
			all[m] = &ModeMetrics{
				MRR10: of("mrr@10"), NDCG10: of("ndcg@10"),
				Recall1: of("recall@1"), Recall3: of("recall@3"), Recall5: of("recall@5"), Recall10: of("recall@10"),
			}
		}
	}
	return all
}

func answerability(all []Observation, figures map[string]float64) Answerability {
	a := Answerability{
		AUROC: known(figures, areaROC), AURC: known(figures, areaRisk), WrongAt: make(map[string]float64),
		Bands: make(map[string]BandCount), Reliability: reliability(all),
	}
	for _, c := range coverages {
		if share, ok := figures[wrongAtName(c)]; ok {
			a.WrongAt[fmt.Sprintf("%.2f", c)] = share
		}
	}
	for _, name := range bandNames {
		a.Bands[name] = BandCount{}
	}
	for _, o := range all {
		if o.Handover() {
			continue
		}
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

func known(figures map[string]float64, name string) *float64 {
	value, ok := figures[name]
	if !ok {
		return nil
	}
	return &value
}
