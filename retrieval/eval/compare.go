package eval

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
)

// Earlier is a run to compare with: what it wrote for each question.
type Earlier struct {
	path string
	seen map[question]Observation
}

// question is one question of a run.
type question struct {
	set Set
	id  string
}

func (o Observation) question() question { return question{o.Set, o.ID} }

// ReadEarlier reads what an earlier run wrote with --per-query.
func ReadEarlier(path string) (*Earlier, error) {
	e := &Earlier{path: path, seen: make(map[question]Observation)}
	err := eachLine(path, func(line string) error {
		var o Observation
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			return fmt.Errorf("no line of --per-query: %w", err)
		}
		switch _, twice := e.seen[o.question()]; {
		case o.ID == "" || o.Set != Main && o.Set != Unanswerable || o.Ranked[Fused] == nil && o.Outcome == "":
			return errors.New("no line of --per-query: id, set, ranked or outcome is missing")
		case twice:
			return fmt.Errorf("question %q of set %s stands twice", o.ID, o.Set)
		}
		e.seen[o.question()] = o
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil && isReport(path):
		return nil, fmt.Errorf("%s is a report of --json; a paired comparison needs each question, so name a file that --per-query FILE wrote", path)
	case err == nil && len(e.seen) == 0:
		err = fmt.Errorf("%s: no question", path)
	}
	return e, err
}

// isReport tells a report from other broken files.
func isReport(path string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	var r struct {
		Modes *json.RawMessage `json:"modes"`
	}
	return json.Unmarshal(data, &r) == nil && r.Modes != nil
}

// Comparison is a paired test of this run against an earlier one, over the
// questions in both and by the qrels of now.
type Comparison struct {
	File              string                `json:"file"`
	Questions         int                   `json:"questions"`          // in both runs
	OnlyEarlier       []string              `json:"only_earlier"`       // ids that only the earlier run had
	OnlyNow           []string              `json:"only_now"`           // ids that only this run has
	JudgedDifferently []string              `json:"judged_differently"` // ids whose qrels or answerability changed between
	Draws             int                   `json:"draws"`
	Differences       map[string]Difference `json:"differences"` // by the figure's name, as in "fused.mrr@10"
	Changed           []Change              `json:"changed"`     // what changed most, at most 20
}

// Difference is one figure of both runs.
type Difference struct {
	Earlier    float64  `json:"earlier"`
	Now        float64  `json:"now"`
	Difference float64  `json:"difference"` // now − earlier
	Interval   Interval `json:"interval"`   // 95 %, paired bootstrap by document
	P          float64  `json:"p"`          // two-sided, by the same draws
	Holm       float64  `json:"p_holm"`     // corrected for the number of figures
}

// Change is one question that fared differently.
type Change struct {
	ID          string     `json:"id"`
	Set         Set        `json:"set"`
	Gain        float64    `json:"gain"`        // above 0: better than before
	Place       [2]int     `json:"place"`       // of the first relevant document, earlier and now; 0: not among ten
	Probability [2]float64 `json:"probability"` // earlier and now
	Outcome     [2]string  `json:"outcome"`     // earlier and now

	text string
}

// mostChanged is how many questions a comparison lists.
const mostChanged = 20

// compare pairs the questions of both runs.
func compare(all []Observation, e *Earlier, n int) (*Comparison, error) {
	c := &Comparison{File: e.path, Draws: n, OnlyEarlier: []string{}, OnlyNow: []string{}, JudgedDifferently: []string{}, Changed: []Change{}}
	var before, now []Observation
	common := make(map[question]bool)
	for _, o := range all {
		old, ok := e.seen[o.question()]
		if !ok {
			c.OnlyNow = append(c.OnlyNow, o.ID)
			continue
		}
		common[o.question()] = true
		if !o.judgedLike(old) {
			c.JudgedDifferently = append(c.JudgedDifferently, o.ID)
		}
		old, o = pair(old, o)
		before, now = append(before, old), append(now, o)
	}
	for q := range e.seen {
		if !common[q] {
			c.OnlyEarlier = append(c.OnlyEarlier, q.id)
		}
	}
	slices.Sort(c.OnlyEarlier)
	if c.Questions = len(now); c.Questions == 0 {
		return nil, fmt.Errorf("compare: no question of this run stands in %s", e.path)
	}
	c.Differences = differences(before, now, n)
	c.Changed = append(c.Changed, changes(before, now)...)
	return c, nil
}

func (o Observation) judgedLike(other Observation) bool {
	if o.Answerable != other.Answerable || len(o.Relevant) != len(other.Relevant) {
		return false
	}
	for id, score := range o.Relevant {
		if other.Relevant[id] != score {
			return false
		}
	}
	return true
}

// pair judges both by the qrels of now and keeps what both measured.
func pair(before, now Observation) (Observation, Observation) {
	before.Kind, before.Answerable, before.Relevant = now.Kind, now.Answerable, now.Relevant
	ran := func(a, b Observation) map[Mode][]string {
		ranked := make(map[Mode][]string)
		for m, list := range a.Ranked {
			if _, also := b.Ranked[m]; also {
				ranked[m] = list
			}
		}
		return ranked
	}
	before.Ranked, now.Ranked = ran(before, now), ran(now, before)
	if before.AnswerInTop5 == nil || now.AnswerInTop5 == nil {
		before.AnswerInTop5, now.AnswerInTop5 = nil, nil
	}
	return before, now
}

// differences draws whole documents once for both runs, so that what is hard for
// both cancels out. p is twice the share of draws on the other side of zero
// (Efron and Tibshirani: An Introduction to the Bootstrap, 15.4), which goes
// with the interval.
func differences(before, now []Observation, n int) map[string]Difference {
	was, is := newTally(before), newTally(now)
	then, today := was.figures(was.once()), is.figures(is.once())
	drawn := make(map[string][]float64)
	resample(now, n, func(weights []int) {
		a, b := was.figures(weights), is.figures(weights)
		for name, x := range b {
			if y, both := a[name]; both {
				drawn[name] = append(drawn[name], x-y)
			}
		}
	})
	result := make(map[string]Difference, len(drawn))
	for name, d := range drawn {
		x, y := today[name], then[name]
		slices.Sort(d)
		result[name] = Difference{Earlier: y, Now: x, Difference: x - y, Interval: interval(d), P: twoSided(d)}
	}
	holm(result)
	return result
}

// twoSided is the p-value of sorted differences; never 0, as no number of draws
// shows that.
func twoSided(sorted []float64) float64 {
	below, above := 1, 1
	for _, d := range sorted {
		if d <= 0 {
			below++
		}
		if d >= 0 {
			above++
		}
	}
	return min(1, 2*float64(min(below, above))/float64(len(sorted)+1))
}

// holm corrects the p-values for their number (Holm 1979): the smallest by all,
// the next by one less, none below the one before.
func holm(all map[string]Difference) {
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(all[a].P, all[b].P), cmp.Compare(a, b))
	})
	least := 0.0
	for i, name := range names {
		d := all[name]
		least = max(least, min(1, d.P*float64(len(names)-i)))
		d.Holm = least
		all[name] = d
	}
}

// changes returns the questions that changed most, by the fused ranking and by
// the probability.
func changes(before, now []Observation) []Change {
	var all []Change
	for i, o := range now {
		old := before[i]
		ranking := reciprocal(o.Ranked[Fused], o.Relevant) - reciprocal(old.Ranked[Fused], o.Relevant)
		judgement := o.Probability - old.Probability
		if !o.Answerable {
			judgement = -judgement
		}
		gain := ranking
		if math.Abs(judgement) > math.Abs(ranking) {
			gain = judgement
		}
		if gain == 0 && o.Outcome == old.Outcome {
			continue
		}
		all = append(all, Change{
			ID: o.ID, Set: o.Set, Gain: gain, text: o.text,
			Place:       [2]int{rankOf(old), rankOf(o)},
			Probability: [2]float64{old.Probability, o.Probability},
			Outcome:     [2]string{old.Outcome, o.Outcome},
		})
	}
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(math.Abs(b.Gain), math.Abs(a.Gain)) })
	return all[:min(mostChanged, len(all))]
}

// rankOf is that of the first relevant document; 0: not among those kept.
func rankOf(o Observation) int {
	return 1 + slices.IndexFunc(o.Ranked[Fused], func(id string) bool { return o.Relevant[id] > 0 })
}
