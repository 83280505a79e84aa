package dialogue

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
)

//go:embed examples.txt
var examplesText string

// labelled is one example of an act.
type labelled struct {
	kind   Kind
	states []State // empty: all
	text   string
}

// parseExamples reads lines like "thanks | states | text".
func parseExamples(file, text string) ([]labelled, error) {
	var all []labelled
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, rest, ok := strings.Cut(line, "|")
		states, said, ok2 := strings.Cut(rest, "|")
		l := labelled{kind: Kind(strings.TrimSpace(kind)), text: strings.TrimSpace(said)}
		w, err := parseWhere(states)
		switch {
		case !ok || !ok2 || l.text == "":
			return nil, &Problem{file, i + 1, "write an example as: act | states | text"}
		case !slices.Contains(Kinds, l.kind):
			return nil, &Problem{file, i + 1, fmt.Sprintf("no act is called %q", l.kind)}
		case err != nil:
			return nil, &Problem{file, i + 1, err.Error()}
		}
		l.states = w.states
		all = append(all, l)
	}
	return all, nil
}

// examples are labelled messages as vectors.
type examples struct {
	all     []labelled
	vectors []vector
	idf     map[string]float64
}

type vector map[string]float64

// learn takes the examples of the rules and the further ones.
func learn(rules []rule, more []labelled) examples {
	e := examples{idf: map[string]float64{}}
	for _, r := range rules {
		for _, text := range r.yes {
			e.all = append(e.all, labelled{r.kind, r.where.states, text})
		}
	}
	e.all = append(e.all, more...)
	var grams [][]string
	for _, l := range e.all {
		g := features(read(l.text))
		grams = append(grams, g)
		slices.Sort(g)
		for _, f := range slices.Compact(slices.Clone(g)) {
			e.idf[f]++
		}
	}
	for f, n := range e.idf {
		e.idf[f] = math.Log(float64(len(e.all)+1) / n)
	}
	for _, g := range grams {
		e.vectors = append(e.vectors, e.vector(g))
	}
	return e
}

// features are the words of a run and the trigrams in them.
func features(s spoken) []string {
	var all []string
	for _, t := range s.tokens {
		all = append(all, "w:"+t.form)
		runes := []rune(" " + t.form + " ")
		for i := 0; i+3 <= len(runes); i++ {
			all = append(all, string(runes[i:i+3]))
		}
	}
	return all
}

func (e examples) vector(features []string) vector {
	v := vector{}
	rare := math.Log(float64(len(e.all) + 1))
	for _, f := range features {
		w, known := e.idf[f]
		if !known {
			w = rare
		}
		v[f] += w
	}
	var norm float64
	for _, w := range v {
		norm += w * w
	}
	norm = math.Sqrt(norm)
	for f := range v {
		v[f] /= norm
	}
	return v
}

// How alike a message must be to an example to mean the same, and how much more
// than to any question.
const (
	likeness    = 0.5
	margin      = 0.15
	likenessMax = 12 // words
)

// byLikeness compares a run with the examples that can be said now.
func (e *Ear) byLikeness(h Heard, s spoken) (Act, bool) {
	if len(s.tokens) > likenessMax || e.topic.fits(s.line()) || slices.ContainsFunc(s.clauses(), spoken.questions) && !slices.ContainsFunc(s.tokens, toBot) {
		return Act{}, false
	}
	v := e.examples.vector(features(s))
	var best, question float64
	var kind Kind
	for i, l := range e.examples.all {
		if len(l.states) > 0 && !slices.Contains(l.states, h.Waits) {
			continue
		}
		score := cosine(v, e.examples.vectors[i])
		switch {
		case l.kind.Searched():
			question = max(question, score)
		case score > best:
			best, kind = score, l.kind
		}
	}
	if best < likeness || best < question+margin {
		return Act{}, false
	}
	return Act{Kind: kind}, true
}

func cosine(a, b vector) (sum float64) {
	if len(a) > len(b) {
		a, b = b, a
	}
	for f, w := range a {
		sum += w * b[f]
	}
	return sum
}

// toBot reports whether a word can address the bot.
func toBot(t token) bool { return addressing[t.form] }

var addressing = setOf("du dich dir dein deine deinen deiner euch ihr eure bot hier mich mir mein meine")
