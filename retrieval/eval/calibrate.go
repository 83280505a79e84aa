package eval

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"lvr.example/sprechstunde/retrieval"
)

// Rule says how the thresholds of the bands are chosen.
type Rule struct {
	// Wrong is the share of unanswerable questions, of each set, that may end in
	// band answered.
	Wrong float64
}

// DefaultRule lets a fifth of the questions without an answer pass.
var DefaultRule = Rule{Wrong: 0.2}

// Bounds of the thresholds. Both kinds of questions weigh alike in a fit, so .5
// is where an answer becomes more likely than none, and .25 where it is one to
// three. Where the kinds are easy to tell apart these decide; otherwise the rule
// raises the first, and the share of answerable questions that must not be told
// "not found" lowers the second.
const (
	answeredLeast = 0.5
	nearestMost   = 0.25
	nearestReach  = 0.95
)

// Bounds of what can be fitted. Below fewest questions of a class the weights of
// seven signals say nothing; folds of the cross-validation are whole documents.
const (
	fewest = 20
	folds  = 5
)

// Check reports a rule that cannot be kept.
func (r Rule) Check() error {
	if r.Wrong <= 0 || r.Wrong >= 1 {
		return fmt.Errorf("the share of wrong answers must be between 0 and 1, is %g", r.Wrong)
	}
	return nil
}

func (r Rule) String() string {
	return fmt.Sprintf("answered: from the lowest probability, at least %g, at which at most %g of the unanswerable questions of each set pass, "+
		"(passed + 1)/(questions + 1) counted; nearest: from %g, or lower where %g of the answerable ones need it. "+
		"Both by probabilities of left-out questions",
		answeredLeast, r.Wrong, nearestMost, nearestReach)
}

// enough reports too few questions to fit on.
func enough(answerable, unanswerable int) error {
	if answerable >= fewest && unanswerable >= fewest {
		return nil
	}
	return fmt.Errorf("calibrate: %d answerable and %d unanswerable questions that are searched for; it needs at least %d of each (--unanswerable DIR adds some that cannot be answered)",
		answerable, unanswerable, fewest)
}

// calibrate fits the judgement of one ranking. Each class weighs alike, and
// within a class each set, so that many easy questions do not outvote few hard
// ones.
func (r Rule) calibrate(all []Observation, mode Mode) (retrieval.Fit, error) {
	seen := judgedBy(all, mode)
	examples := toExamples(seen, mode)
	yes := 0
	for _, e := range examples {
		if e.yes {
			yes++
		}
	}
	if err := enough(yes, len(examples)-yes); err != nil {
		return retrieval.Fit{}, err
	}
	penalty, left, err := crossValidate(seen, examples)
	if err != nil {
		return retrieval.Fit{}, err
	}
	whole := fit(examples, penalty)
	within := make([]float64, len(examples))
	for i, e := range examples {
		within[i] = whole.probability(e.signals)
	}
	answered, nearest, err := r.thresholds(seen, left)
	if err != nil {
		return retrieval.Fit{}, err
	}
	return retrieval.Fit{
		Ranking: string(mode), Weights: named(seen[0].judged[mode].Parts, whole),
		Answered: answered, Nearest: nearest, Rule: r.String(), Penalty: penalty, Sets: fittedSets(seen),
		InSample:       fitFigures(seen, examples, within, answered, nearest),
		CrossValidated: fitFigures(seen, examples, left, answered, nearest),
	}, nil
}

// judgedBy returns the questions for documents that a ranking found something
// for. What was searched without vectors, although there are some, says nothing
// of them.
func judgedBy(all []Observation, mode Mode) []Observation {
	var seen []Observation
	for _, o := range all {
		s := o.judged[mode]
		if s != nil && len(s.Parts) > 0 && !o.Handover() && (mode == Keyword || !o.degraded) {
			seen = append(seen, o)
		}
	}
	return seen
}

// class is the questions of a set that have an answer, or have none.
type class struct {
	set        Set
	answerable bool
}

func toExamples(seen []Observation, mode Mode) []example {
	size, sets := map[class]int{}, map[bool]int{}
	for _, o := range seen {
		c := class{o.Set, o.Answerable}
		if size[c] == 0 {
			sets[o.Answerable]++
		}
		size[c]++
	}
	examples := make([]example, len(seen))
	for i, o := range seen {
		n := size[class{o.Set, o.Answerable}] * sets[o.Answerable] * 2
		examples[i] = example{yes: o.Answerable, weight: float64(len(seen)) / float64(n)}
		for _, p := range o.judged[mode].Parts[1:] { // the first is the bias
			examples[i].signals = append(examples[i].signals, p.Value)
		}
	}
	return examples
}

// named returns the weights by the signals' names.
func named(parts []retrieval.Part, l logit) map[string]float64 {
	weights := map[string]float64{parts[0].Signal: l.bias}
	for i, p := range parts[1:] {
		weights[p.Signal] = l.weights[i]
	}
	return weights
}

// penalties that are tried. With example weights of mean 1 the first is the C = 1
// that scikit-learn takes by default; few questions want a stronger one.
var penalties = []float64{1, 3, 10, 30, 100}

// crossValidate returns the penalty that does best on questions left out, and
// each question's probability by a fit that saw no question on its document.
func crossValidate(seen []Observation, examples []example) (penalty float64, left []float64, err error) {
	outs, err := leaveOut(seen, examples)
	if err != nil {
		return 0, nil, err
	}
	least := math.Inf(1)
	for _, candidate := range penalties {
		p := make([]float64, len(examples))
		for _, out := range outs {
			var rest []example
			for i, e := range examples {
				if !out[i] {
					rest = append(rest, e)
				}
			}
			model := fit(rest, candidate)
			for i, e := range examples {
				if out[i] {
					p[i] = model.probability(e.signals)
				}
			}
		}
		if loss := logLoss(examples, p); loss < least {
			penalty, left, least = candidate, p, loss
		}
	}
	return penalty, left, nil
}

// leaveOut says for each fold which questions are left out: all on a fifth of
// the documents. Both classes must be among the rest.
func leaveOut(seen []Observation, examples []example) ([][]bool, error) {
	clusters := byDocument(seen)
	rand.New(rand.NewPCG(2026, 11)).Shuffle(len(clusters), func(i, k int) { //nolint:gosec // reproducible on purpose
		clusters[i], clusters[k] = clusters[k], clusters[i]
	})
	outs := make([][]bool, folds)
	for fold := range outs {
		out, rest := make([]bool, len(seen)), map[bool]bool{}
		for i := fold; i < len(clusters); i += folds {
			for _, question := range clusters[i] {
				out[question] = true
			}
		}
		for i, e := range examples {
			if !out[i] {
				rest[e.yes] = true
			}
		}
		if len(rest) < 2 {
			return nil, fmt.Errorf("calibrate: the questions are on too few documents (%d) to leave some out", len(clusters))
		}
		outs[fold] = out
	}
	return outs, nil
}

// logLoss is the mean with the examples' weights.
func logLoss(examples []example, p []float64) float64 {
	loss := 0.0
	for i, e := range examples {
		so := p[i]
		if !e.yes {
			so = 1 - so
		}
		loss -= e.weight * math.Log(max(1e-12, so)) / float64(len(examples))
	}
	return loss
}

// thresholds chooses the bands by probabilities of left-out questions. The bound
// on wrong answers is conformal risk control (Angelopoulos and others, 2022,
// arXiv 2208.02814) with the loss 0 or 1; it would hold exactly for questions
// that are exchangeable, which those on one document are not.
func (r Rule) thresholds(seen []Observation, left []float64) (answered, nearest float64, err error) {
	var yes []float64
	wrong := map[Set][]float64{}
	for i, o := range seen {
		if o.Answerable {
			yes = append(yes, left[i])
		} else {
			wrong[o.Set] = append(wrong[o.Set], left[i])
		}
	}
	descending := func(a, b float64) int { return cmp.Compare(b, a) }
	slices.SortFunc(yes, descending)
	answered = answeredLeast
	for _, p := range wrong {
		slices.SortFunc(p, descending)
		may := int(math.Floor(r.Wrong*float64(len(p)+1)+1e-9)) - 1
		if may < 0 {
			return 0, 0, fmt.Errorf("calibrate: %d unanswerable questions cannot show that at most %g pass; it needs %d",
				len(p), r.Wrong, int(math.Ceil(1/r.Wrong-1-1e-9)))
		}
		if may < len(p) {
			answered = max(answered, above(p[may], left))
		}
	}
	nearest = min(nearestMost, yes[reach(nearestReach, len(yes))-1])
	return inside(answered), inside(nearest), nil
}

// above returns the middle between p and the next higher probability.
func above(p float64, all []float64) float64 {
	next := 1.0
	for _, q := range all {
		if q > p {
			next = min(next, q)
		}
	}
	return (p + next) / 2
}

// inside keeps a threshold from 0 and 1, which would void a band.
func inside(p float64) float64 { return min(1-1e-6, max(1e-6, p)) }

func fittedSets(seen []Observation) []retrieval.FittedSet {
	var sets []retrieval.FittedSet
	for _, name := range []Set{Main, Unanswerable} {
		var s retrieval.FittedSet
		for _, o := range seen {
			switch {
			case o.Set != name:
			case o.Answerable:
				s.Folder, s.Answerable = o.Folder, s.Answerable+1
			default:
				s.Folder, s.Unanswerable = o.Folder, s.Unanswerable+1
			}
		}
		if s.Folder != "" {
			sets = append(sets, s)
		}
	}
	return sets
}

// fitFigures measures probabilities: the figures of answerability, the mean log
// loss and squared error with the classes weighing alike, and the shares of both
// classes in the bands.
func fitFigures(seen []Observation, examples []example, p []float64, answered, nearest float64) map[string]float64 {
	judged := slices.Clone(seen)
	for i := range judged {
		judged[i].Probability = p[i]
	}
	t := newTally(judged)
	figures := map[string]float64{}
	t.answerability(t.once(), figures)
	figures["log_loss"] = logLoss(examples, p)
	size := map[bool]float64{}
	for i, e := range examples {
		truth := 0.0
		if e.yes {
			truth = 1
		}
		figures["brier"] += e.weight * (truth - p[i]) * (truth - p[i]) / float64(len(examples))
		size[e.yes]++
	}
	for i, e := range examples {
		band, name := "not_found", "unanswerable"
		switch {
		case p[i] >= answered:
			band = "answered"
		case p[i] >= nearest:
			band = "nearest"
		}
		if e.yes {
			name = "answerable"
		}
		figures["bands."+band+"."+name] += 1 / size[e.yes]
	}
	for name, x := range figures {
		figures[name] = math.Round(x*1e4) / 1e4
	}
	return figures
}
