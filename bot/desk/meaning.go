package desk

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/vector"
)

// Embed returns the vector of a question.
type Embed func(ctx context.Context, question string) ([]float32, error)

// Meaning is likeness by what an embedding model makes of questions and by their
// words. From which value on two ask the same is fitted to the pairs of alike.txt,
// once for the model. It keeps the vectors of the questions that it was last asked
// about, in memory alone.
type Meaning struct {
	embed    Embed
	patience time.Duration

	mu        sync.Mutex
	threshold float64 // 0: not fitted yet
	vectors   map[string][]float32
}

// meaningTime is how long an asker waits for it; then words alone count.
const meaningTime = 3 * time.Second

// NewMeaning returns the likeness by a model; its first use takes as long as eighty
// questions.
func NewMeaning(embed Embed) *Meaning {
	return &Meaning{embed: embed, patience: meaningTime, vectors: map[string][]float32{}}
}

// Most returns the most alike of the others.
func (m *Meaning) Most(ctx context.Context, question string, others []string) (int, error) {
	best, err := m.most(ctx, question, others)
	if err != nil {
		return words{}.Most(ctx, question, others)
	}
	return best, nil
}

func (m *Meaning) most(ctx context.Context, question string, others []string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, m.patience)
	defer cancel()
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fit(ctx); err != nil {
		return -1, err
	}
	if err := m.keep(ctx, append([]string{question}, others...)); err != nil {
		return -1, err
	}
	best, most := -1, m.threshold
	for i, other := range others {
		if like := m.alike(question, other); like >= most {
			best, most = i, like
		}
	}
	return best, nil
}

// keep has the vectors of these texts and no others.
func (m *Meaning) keep(ctx context.Context, texts []string) error {
	kept := map[string][]float32{}
	for _, text := range texts {
		vector, known := m.vectors[text]
		if !known {
			var err error
			if vector, err = m.embed(ctx, text); err != nil {
				return fmt.Errorf("embed a question: %w", err)
			}
			m.vectors[text] = vector // a second try goes on from here
		}
		kept[text] = vector
	}
	m.vectors = kept
	return nil
}

// wordsCount is how much the words count beside the vectors.
const wordsCount = 0.05

func (m *Meaning) alike(a, b string) float64 {
	return vector.Cosine(m.vectors[a], m.vectors[b]) + wordsCount*overlap(stems(a), stems(b), nil, 1)
}

//go:embed alike.txt
var alikePairs string

// pair is two questions and whether they ask the same.
type pair struct {
	a, b string
	same bool
}

func readPairs(text string) (all []pair) {
	for line := range strings.Lines(text) {
		sign, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if a, b, found := strings.Cut(rest, " | "); found && sign != "#" {
			all = append(all, pair{a, b, sign == "="})
		}
	}
	return all
}

// wrongWeighs is how much worse an offer of another question is than none.
const wrongWeighs = 2

// fit finds the value that tells the pairs apart best.
func (m *Meaning) fit(ctx context.Context) error {
	if m.threshold > 0 {
		return nil
	}
	pairs := readPairs(alikePairs)
	var texts []string
	for _, p := range pairs {
		texts = append(texts, p.a, p.b)
	}
	if err := m.keep(ctx, texts); err != nil {
		return err
	}
	slices.SortFunc(pairs, func(p, q pair) int { return cmp.Compare(m.alike(q.a, q.b), m.alike(p.a, p.b)) })
	score, best := 0, 0
	threshold := math.Inf(1)
	for _, p := range pairs {
		if p.same {
			score++
		} else {
			score -= wrongWeighs
		}
		if score > best {
			best, threshold = score, m.alike(p.a, p.b)
		}
	}
	m.threshold = threshold
	return nil
}

// Found counts the pairs of alike.txt that are told apart: the same that are found,
// and others that are taken for the same.
func (m *Meaning) Found(ctx context.Context) (found, wrong, of int, err error) {
	for _, p := range readPairs(alikePairs) {
		of++
		i, err := m.Most(ctx, p.a, []string{p.b})
		if err != nil {
			return 0, 0, 0, err
		}
		if i == 0 && p.same {
			found++
		} else if i == 0 {
			wrong++
		}
	}
	return found, wrong, of, nil
}
