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

// likeness compares messages with labelled examples: by the words, pairs of
// words and letters that they share with those of each act, weighed by how much
// each tells (naive Bayes), and by how near the nearest example is.
type likeness struct {
	all     []labelled
	vectors []vector
	idf     map[string]float64
	models  map[Kind]model
	states  map[Kind]map[State]bool // in which an act can be said
	vocab   int
}

type vector map[string]float64

// model is what the examples of one act hold.
type model struct {
	weight map[string]float64
	total  float64
}

// learn takes the examples of the rules and the further ones.
func learn(rules []rule, more []labelled) likeness {
	e := likeness{idf: map[string]float64{}, models: map[Kind]model{}, states: map[Kind]map[State]bool{}}
	for _, r := range rules {
		for _, text := range r.yes {
			e.all = append(e.all, labelled{r.kind, r.where.states, text})
		}
	}
	e.all = append(e.all, more...)
	var held [][]string
	for _, l := range e.all {
		f := features(read(l.text))
		held = append(held, f)
		for _, one := range f {
			e.idf[one]++
		}
	}
	for f, n := range e.idf {
		e.idf[f] = math.Log(float64(len(e.all)+1) / n)
	}
	e.vocab = len(e.idf)
	for i, l := range e.all {
		e.vectors = append(e.vectors, e.vector(held[i]))
		e.add(l, e.vectors[i], 1)
	}
	return e
}

// add counts an example for its act; by -1 it is taken out again.
func (e likeness) add(l labelled, v vector, by float64) {
	kind := asked(l.kind)
	m, known := e.models[kind]
	if !known {
		m.weight = map[string]float64{}
	}
	for f, w := range v {
		m.weight[f] += by * w
		m.total += by * w
	}
	e.models[kind] = m
	if e.states[kind] == nil {
		e.states[kind] = map[State]bool{}
	}
	for _, s := range l.states {
		e.states[kind][s] = true
	}
	if len(l.states) == 0 {
		for _, s := range States {
			e.states[kind][s] = true
		}
	}
}

// asked takes all that is searched together.
func asked(k Kind) Kind {
	if k.Searched() {
		return Question
	}
	return k
}

// features are the words of a run, neighbours among them, and pieces of three
// and four letters, each once.
func features(s spoken) []string {
	var all []string
	before := "^"
	for _, t := range s.tokens {
		all = append(all, "w:"+t.form, "p:"+before+" "+t.form)
		before = t.form
		runes := []rune(" " + t.form + " ")
		for n := 3; n <= 4; n++ {
			for i := 0; i+n <= len(runes); i++ {
				all = append(all, string(runes[i:i+n]))
			}
		}
	}
	if s.asks() {
		all = append(all, "?")
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (e likeness) vector(features []string) vector {
	v := vector{}
	rare := math.Log(float64(len(e.all) + 1))
	var norm float64
	for _, f := range features {
		w, known := e.idf[f]
		if !known {
			w = rare
		}
		v[f] = w
		norm += w * w
	}
	norm = math.Sqrt(norm)
	for f := range v {
		v[f] /= norm
	}
	return v
}

// How sure an act must be against the next one, and how alike its nearest
// example.
const (
	smoothing = 0.05
	margin    = 3.0
	nearest   = 0.38
	longest   = 16 // words
)

// byLikeness compares a run with the examples that can be said now.
func (e *Ear) byLikeness(h Heard, s spoken) (Act, bool) {
	question := slices.ContainsFunc(s.clauses(), spoken.opens) || s.asks()
	if len(s.tokens) > longest || e.topic.fits(s.line()) || question && !slices.ContainsFunc(s.tokens, toBot) {
		return Act{}, false
	}
	kind, lead, near := e.likeness.guess(h, s)
	if asked(kind) == Question || lead < margin || near < nearest {
		return Act{}, false
	}
	return Act{Kind: kind}, true
}

// toBot reports whether a word can address the bot.
func toBot(t token) bool { return addressing[t.form] }

var addressing = setOf("du dich dir dein deine deinen deiner")

// guess returns the likeliest act, its lead before questions, and how near its
// nearest example is.
func (e likeness) guess(h Heard, s spoken) (kind Kind, lead, near float64) {
	v := e.vector(features(s))
	scores := map[Kind]float64{}
	for k, m := range e.models {
		if !e.states[k][h.Waits] {
			continue
		}
		for f, w := range v {
			scores[k] += w * math.Log((m.weight[f]+smoothing)/(m.total+smoothing*float64(e.vocab)))
		}
	}
	best := math.Inf(-1)
	for _, k := range Kinds {
		if score, can := scores[k]; can && score > best {
			kind, best = k, score
		}
	}
	for i, l := range e.all {
		if asked(l.kind) == kind {
			near = max(near, cosine(v, e.vectors[i]))
		}
	}
	return kind, best - scores[Question], near
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
