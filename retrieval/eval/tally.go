package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// modes in the order in which they are printed.
var modes = []Mode{Keyword, Vector, Fused}

// coverages of answerable questions at which wrong answers are counted.
var coverages = []float64{0.70, 0.80, 0.90, 0.95}

// rankingFigures are measured for each question that has qrels.
var rankingFigures = []struct {
	name string
	of   func(ranked []string, relevant map[string]int) float64
}{
	{"mrr@10", reciprocal},
	{"ndcg@10", ndcg},
	{"recall@1", successAt(1)},
	{"recall@3", successAt(3)},
	{"recall@5", successAt(5)},
	{"recall@10", successAt(10)},
}

// The names of the figures over all questions.
const (
	answerInTop5 = "answer_in_top5"
	answerInPost = "answer_in_post"
	answerFirst  = "answer_first"
	areaROC      = "answerability.auroc"
	areaRisk     = "answerability.aurc"
)

func wrongAtName(coverage float64) string {
	return fmt.Sprintf("answerability.wrong_at.%.2f", coverage)
}

// lowerIsBetter reports whether a figure counts mistakes.
func lowerIsBetter(figure string) bool {
	return figure == areaRisk || slices.ContainsFunc(coverages, func(c float64) bool { return wrongAtName(c) == figure })
}

// tally is observations made ready for counting: what each question adds to a
// mean, and the questions by falling probability. The figures of any sample of
// them are then weighted sums, so that ten thousand draws take seconds.
type tally struct {
	questions int
	means     []mean
	judged    []judged
}

// mean is a figure that is the mean of the questions' own values.
type mean struct {
	name   string
	values []value
}

type value struct {
	question int
	value    float64
}

// judged is a question whose answerability is measured.
type judged struct {
	question    int
	probability float64
	answerable  bool
	wrong       bool // an answer to it is: there is none, or the best document is not one that has it
}

func newTally(all []Observation) *tally {
	t := &tally{questions: len(all)}
	for _, m := range modes {
		for _, f := range rankingFigures {
			t.mean(all, string(m)+"."+f.name, func(o Observation) (float64, bool) {
				ranked, ran := o.Ranked[m]
				return f.of(ranked, o.Relevant), ran && len(o.Relevant) > 0
			})
		}
	}
	t.mean(all, answerInTop5, share(func(o Observation) *bool { return o.AnswerInTop5 }))
	t.mean(all, answerInPost, share(func(o Observation) *bool { return o.AnswerInPost }))
	t.mean(all, answerFirst, share(func(o Observation) *bool { return o.AnswerFirst }))
	for i, o := range all {
		if !o.Handover() {
			t.judged = append(t.judged, judged{question: i, probability: o.Probability, answerable: o.Answerable, wrong: o.wrongAnswer()})
		}
	}
	slices.SortStableFunc(t.judged, func(a, b judged) int { return cmp.Compare(b.probability, a.probability) })
	return t
}

// wrongAnswer reports whether an answer to the question is wrong: it has none,
// or the best document is not one that has it.
func (o Observation) wrongAnswer() bool {
	return !o.Answerable || len(o.Relevant) > 0 && success(o.Ranked[Fused], o.Relevant, 1) == 0
}

// share counts a question where something is known of it.
func share(of func(Observation) *bool) func(Observation) (float64, bool) {
	return func(o Observation) (float64, bool) {
		held := of(o)
		if held != nil && *held {
			return 1, true
		}
		return 0, held != nil
	}
}

func (t *tally) mean(all []Observation, name string, of func(Observation) (float64, bool)) {
	m := mean{name: name}
	for i, o := range all {
		if x, counts := of(o); counts {
			m.values = append(m.values, value{i, x})
		}
	}
	if len(m.values) > 0 {
		t.means = append(t.means, m)
	}
}

// figures returns every figure that the sample allows. The weight of a question
// is how often it is in the sample.
func (t *tally) figures(weights []int) map[string]float64 {
	result := make(map[string]float64, len(t.means)+2+len(coverages))
	for _, m := range t.means {
		sum, n := 0.0, 0
		for _, v := range m.values {
			sum += v.value * float64(weights[v.question])
			n += weights[v.question]
		}
		if n > 0 {
			result[m.name] = sum / float64(n)
		}
	}
	t.answerability(weights, result)
	return result
}

// answerability adds AUROC (the chance that an answerable question has a higher
// probability than one that is not, equal ones counting half), AURC (the mean
// share of wrong answers over all coverages, the surest answered first) and the
// share of unanswerable questions at or above the threshold that a share of the
// answerable ones reach. Questions of equal probability stand in any order, so
// the mean of all orders counts.
func (t *tally) answerability(weights []int, into map[string]float64) {
	groups, yes, no := t.groups(weights)
	if yes+no == 0 {
		return
	}
	wins, risk := 0.0, 0.0
	var above group
	next := 0
	for _, g := range groups {
		wins += float64(g.no) * (float64(above.yes) + float64(g.yes)/2)
		size, before := g.yes+g.no, above.yes+above.no
		for i := 1; i <= size; i++ {
			risk += (float64(above.wrong) + float64(g.wrong)*float64(i)/float64(size)) / float64(before+i)
		}
		above = group{yes: above.yes + g.yes, no: above.no + g.no, wrong: above.wrong + g.wrong}
		for yes > 0 && no > 0 && next < len(coverages) && above.yes >= reach(coverages[next], yes) {
			into[wrongAtName(coverages[next])] = float64(above.no) / float64(no)
			next++
		}
	}
	into[areaRisk] = risk / float64(yes+no)
	if yes > 0 && no > 0 {
		into[areaROC] = wins / float64(yes*no)
	}
}

// reach is how many of n questions make up a share.
func reach(share float64, n int) int {
	return max(1, int(math.Ceil(share*float64(n)-1e-9)))
}

// group counts questions of equal probability.
type group struct{ yes, no, wrong int }

// groups returns the sample by falling probability, and how many of it are
// answerable and not.
func (t *tally) groups(weights []int) (groups []group, yes, no int) {
	last := math.NaN()
	for _, j := range t.judged {
		w := weights[j.question]
		if w == 0 {
			continue
		}
		if j.probability != last {
			groups, last = append(groups, group{}), j.probability
		}
		g := &groups[len(groups)-1]
		if j.answerable {
			g.yes += w
			yes += w
		} else {
			g.no += w
			no += w
		}
		if j.wrong {
			g.wrong += w
		}
	}
	return groups, yes, no
}

// once is the sample that holds each question once.
func (t *tally) once() []int {
	weights := make([]int, t.questions)
	for i := range weights {
		weights[i] = 1
	}
	return weights
}
