package dialogue

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "fit weights.gz anew")

// lesson is a message from which the model learns.
type lesson struct {
	heard Heard
	kind  Kind
}

// lessons are the sets, the labelled examples, and the rules' examples.
func lessons(t testing.TB, ear *Ear, sets ...[]labelledMessage) []lesson {
	t.Helper()
	var all []lesson
	for _, set := range sets {
		for _, m := range set {
			all = append(all, lesson{m.heard(), m.Act})
		}
	}
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		known, err := parseExamples(filepath.Base(file), string(text))
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range known {
			all = append(all, inStates(l, i)...)
			if l.kind == FollowUp { // with nothing to lean on it is a question
				all = append(all, lesson{Heard{Text: l.text, Place: Direct, Waits: Idle}, Question}, lesson{Heard{Text: l.text, Place: Thread, Waits: Welcome}, Question})
			}
		}
	}
	for i, r := range ear.rules {
		for j, text := range r.yes {
			for _, one := range inStates(labelled{r.kind, r.where.states, text, 0}, i+j) {
				if r.where.places != 0 {
					one.heard.Place = r.where.example(text).Place
				}
				all = append(all, one)
			}
		}
	}
	return all
}

// inStates is an example in two of the states in which it can be said.
func inStates(l labelled, i int) []lesson {
	states := l.states
	if len(states) == 0 {
		states = States
	}
	place := Direct
	if l.place != 0 {
		place = l.place
	}
	var all []lesson
	for n := range min(3, len(states)) {
		all = append(all, lesson{heard: Heard{Text: l.text, Place: place, Waits: states[(i+n*2)%len(states)]}, kind: l.kind})
	}
	return all
}

// fit learns by AdaGrad with a pull towards zero. It is the same each time.
func fit(ear *Ear, from []lesson, epochs int) model {
	var m model
	said := saidIn(from)
	m.Talk = said.ownWords(leastSaid)
	type sample struct {
		features []uint32
		kind     int
	}
	var samples []sample
	seen := map[uint32]int{}
	for _, l := range from {
		if !slices.Contains(m.Kinds, l.kind) {
			m.Kinds = append(m.Kinds, l.kind)
			m.States = append(m.States, nil)
		}
		k := slices.Index(m.Kinds, l.kind)
		if !slices.Contains(m.States[k], l.heard.Waits) {
			m.States[k] = append(m.States[k], l.heard.Waits)
		}
		whole := read(l.heard.Text)
		if len(whole.tokens) == 0 {
			continue
		}
		ear.model.Talk = said.without(l, whole, m.Talk)
		features := ear.features(ear.hearing(l.heard, whole), whole)
		for _, f := range features {
			seen[f]++
		}
		samples = append(samples, sample{features, k})
	}
	for f, times := range seen {
		if times > 1 {
			m.Features = append(m.Features, f)
		}
	}
	slices.Sort(m.Features)
	known := make([][]int, len(samples))
	for i, s := range samples {
		known[i] = m.known(s.features)
	}
	n := len(m.Kinds)
	weights, squares := make([]float64, len(m.Features)*n), make([]float64, len(m.Features)*n)
	random := rand.New(rand.NewPCG(1, 2))
	scores := make([]float64, n)
	const rate, pull = 0.15, 2e-5
	for range epochs {
		random.Shuffle(len(samples), func(i, j int) {
			samples[i], samples[j] = samples[j], samples[i]
			known[i], known[j] = known[j], known[i]
		})
		for i, s := range samples {
			clear(scores)
			value, known := value(s.features), known[i]
			for _, f := range known {
				for k, w := range weights[f*n:][:n] {
					scores[k] += w * value
				}
			}
			softmax(scores)
			scores[s.kind]--
			for _, f := range known {
				row, square := weights[f*n:][:n], squares[f*n:][:n]
				for k, g := range scores {
					if g > -1e-4 && g < 1e-4 {
						continue
					}
					g = g*value + pull*row[k]
					square[k] += g * g
					row[k] -= rate * g / (math.Sqrt(square[k]) + 0.3)
				}
			}
		}
	}
	var most float64
	for _, w := range weights {
		most = max(most, math.Abs(w))
	}
	m.Scale = float32(most / 127)
	m.Weights = make([]int8, len(weights))
	for i, w := range weights {
		m.Weights[i] = int8(math.Round(w / float64(m.Scale)))
	}
	return m
}

// sayings are in how many different messages of talk each word stands.
type sayings map[uint32]int

func saidIn(from []lesson) sayings {
	said, known := sayings{}, map[string]bool{}
	for _, l := range from {
		if !ofTalk(l.kind) || known[l.heard.Text] {
			continue
		}
		known[l.heard.Text] = true
		for _, stem := range stemsOf(read(l.heard.Text)) {
			said[stem]++
		}
	}
	return said
}

func (s sayings) ownWords(least int) (own ownWords) {
	for stem, times := range s {
		if times >= least {
			own = append(own, stem)
		}
	}
	slices.Sort(own)
	return own
}

// without are the words that talk is made of besides a lesson, which does not count for
// itself: a message that is heard does not, either.
func (s sayings) without(l lesson, whole spoken, own ownWords) ownWords {
	if !ofTalk(l.kind) {
		return own
	}
	rest := slices.Clone(own)
	for _, stem := range stemsOf(whole) {
		if at, found := slices.BinarySearch(rest, stem); found && s[stem] == leastSaid {
			rest = slices.Delete(rest, at, at+1)
		}
	}
	return rest
}

const epochs = 8

// TestCrossValidated measures hearing of messages that were not learned, each set
// by what all the others and the examples teach. It takes minutes.
func TestCrossValidated(t *testing.T) {
	if os.Getenv("CROSS") == "" {
		t.Skip("with CROSS=1 it fits the model once for each set")
	}
	sets := development(t)
	for i, set := range sets {
		t.Run(set[0].ID, func(t *testing.T) {
			ear, err := ruled(formats)
			if err != nil {
				t.Fatal(err)
			}
			ear.model = fit(ear, lessons(t, ear, slices.Concat(sets[:i], sets[i+1:])...), epochs)
			score(t, set, func(labelledMessage) *Ear { return ear }, floor{lost: 1})
		})
	}
}

// TestFit writes weights.gz with -update.
func TestFit(t *testing.T) {
	if !*update {
		t.Skip("with -update it fits weights.gz anew")
	}
	ear, err := ruled(formats)
	if err != nil {
		t.Fatal(err)
	}
	m := fit(ear, lessons(t, ear, development(t)...), epochs)
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err := gob.NewEncoder(z).Encode(m); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("weights.gz", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// development are the sets that the model learns from.
func development(t testing.TB) [][]labelledMessage {
	var sets [][]labelledMessage
	for _, file := range []string{"dialogue.jsonl", "dialogue-b.jsonl", "dialogue-c.jsonl", "dialogue-d.jsonl", "dialogue-e.jsonl", "dialogue-f.jsonl", "dialogue-g.jsonl", "dialogue-h.jsonl", "dialogue-i.jsonl"} {
		sets = append(sets, readSet(t, filepath.Join("testdata", file)))
	}
	return sets
}
