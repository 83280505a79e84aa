package ground

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// Likeness says how alike short texts are in meaning. It must be safe for concurrent
// use.
type Likeness interface {
	// Alike returns the cosine of the embeddings of each text of one and each of
	// others, a row for each of one.
	Alike(ctx context.Context, one, others []string) ([][]float64, error)
}

//go:embed weights.json
var weightsJSON []byte

// weights are of a logistic regression over what traits names, fitted by
// fit_test.go to the vectors of one embedder.
type weights struct {
	Embedder  string             `json:"embedder"`  // whose vectors they were fitted to
	Threshold float64            `json:"threshold"` // of the sum, from which a statement is carried
	Weights   map[string]float64 `json:"weights"`
	Bias      float64            `json:"bias"`
}

var fitted = readWeights(weightsJSON)

func readWeights(raw []byte) (w weights) {
	if err := json.Unmarshal(raw, &w); err != nil {
		panic(fmt.Sprintf("weights.json of the check of statements: %v", err))
	}
	return w
}

// Embedder is the model whose vectors a Likeness must compare.
func Embedder() string { return fitted.Embedder }

// judge is the sum for what stands beside each other.
func (w weights) judge(traits map[string]float64) float64 {
	sum := w.Bias
	for name, value := range traits {
		sum += w.Weights[name] * value
	}
	return sum
}

// inOtherWords says why none of the sentences carries a statement in other words, or
// nothing where one does: the likest one, if no hard fact speaks against it.
func inOtherWords(ctx context.Context, likeness Likeness, w weights, said sentence, sentences []sentence, known sentence) (reason string, err error) {
	traits, reason, err := weighed(ctx, likeness, said, sentences, known)
	if err == nil && reason == "" && w.judge(traits) < w.Threshold {
		reason = "in other words, not alike enough"
	}
	return reason, err
}

// weighed are the traits of a statement beside the sentence that is likest to it, or
// which hard fact speaks against that.
func weighed(ctx context.Context, likeness Likeness, said sentence, sentences []sentence, known sentence) (traits map[string]float64, reason string, err error) {
	all := nearest(said, sentences, known)
	if !slices.ContainsFunc(all, func(l loose) bool { return l.reason == "" }) {
		return nil, all[0].reason, nil
	}
	at, traits, err := likest(ctx, likeness, all)
	if err != nil || all[at].reason != "" {
		return nil, all[at].reason, err
	}
	return traits, "", all[at].wordTraits(ctx, likeness, traits)
}

// A statement is compared by meaning with so many sentences of a passage, and in so
// many words: each costs an embedder some hundredths of a second.
const (
	nearSentences = 3
	missingWords  = 8
)

// nearest sets a statement beside the sentences that have most of its words, the
// nearest first, and says which hard fact speaks against each.
func nearest(said sentence, sentences []sentence, known sentence) []loose {
	all := make([]loose, len(sentences))
	for i := range sentences {
		all[i] = looseIn(said, sentences, i, known)
	}
	slices.SortStableFunc(all, func(a, b loose) int { return cmp.Compare(b.share(), a.share()) })
	all = all[:min(len(all), nearSentences)]
	for i := range all {
		if all[i].reason = all[i].contrary(); len(all[i].missing) > missingWords {
			all[i].reason = "too few words in passage"
		}
	}
	return all
}

// likest returns which of the sentences is most like the statement, by words and by
// meaning, with the traits of both as a whole.
func likest(ctx context.Context, likeness Likeness, all []loose) (at int, traits map[string]float64, err error) {
	texts := make([]string, len(all))
	for i, l := range all {
		texts[i] = l.basis.given
	}
	rows, err := likeness.Alike(ctx, []string{all[0].said.given}, texts)
	if err != nil {
		return 0, nil, fmt.Errorf("compare a statement with its passage: %w", err)
	}
	alike, best := rows[0], math.Inf(-1)
	for i, l := range all {
		if score := l.share() + sentenceWeight*alike[i]; score > best {
			best, at = score, i
		}
	}
	ahead := 0.0
	if others := slices.Delete(slices.Clone(alike), at, at+1); len(others) > 0 {
		ahead = alike[at] - slices.Max(others)
	}
	traits = all[at].traits()
	traits["sentence"], traits["ahead"] = 10*(alike[at]-0.9), 10*ahead
	traits["farsentence"], traits["behind"] = math.Max(0, 0.3-traits["sentence"]), math.Max(0, 0.3-traits["ahead"])
	return at, traits, nil
}

// sentenceWeight is what the likeness of two sentences weighs against the share of
// words that both have, when the sentence is looked for.
const sentenceWeight = 4

func (l *loose) share() float64 {
	return float64(l.covered+1) / float64(l.covered+len(l.missing)+1)
}

// traits are the features of the regression that need no embedder.
func (l *loose) traits() map[string]float64 {
	t := map[string]float64{"share": l.share(), "verbatim": math.Max(0, l.verbatim()-0.4), "left": l.leftShare()}
	if restrictions(l.said, l.matched, l.basis) != "" {
		t["restricts"] = 1
	}
	if len(l.missing) == 0 {
		t["none"] = 1
	}
	return t
}

// wordTraits looks for what is most like each word that the passage has not.
func (l *loose) wordTraits(ctx context.Context, likeness Likeness, t map[string]float64) error {
	var forms, others []string
	for _, i := range l.missing {
		forms = append(forms, l.said.forms[i])
	}
	for j := range l.matched.words {
		if l.matched.carries[j] {
			others = append(others, l.matched.forms[j])
		}
	}
	if len(forms) == 0 || len(others) == 0 {
		return nil
	}
	rows, err := likeness.Alike(ctx, forms, others)
	if err != nil {
		return fmt.Errorf("compare the words of a statement with its passage: %w", err)
	}
	for k, i := range l.missing {
		kind := "verb"
		if l.said.capital[i] {
			kind = "noun"
			t["nouns"]++
		}
		far := math.Max(0, 10*(0.95-slices.Max(rows[k])))
		t[kind+"farthest"] = math.Max(t[kind+"farthest"], far)
		if l.elsewhere(i) && !has(l.known, l.said.words[i], l.said) {
			t["borrowed"+kind]++
		}
	}
	return nil
}

// verbatim is the share of the statement's words that stand in the passage in the
// same order: one word of another meaning among them was put there.
func (l *loose) verbatim() float64 {
	a, b := l.said.words, l.matched.words
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i].Stem == b[j].Stem {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j], above)
			}
			diagonal = above
		}
	}
	return float64(row[len(b)]) / float64(max(1, len(a)))
}

// leftShare is the share of the matched part that the statement has not.
func (l *loose) leftShare() float64 {
	n := 0
	for _, carries := range l.matched.carries {
		if carries {
			n++
		}
	}
	return float64(len(l.left)) / float64(max(1, n))
}
