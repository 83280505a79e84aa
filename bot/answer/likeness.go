package answer

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/answer/ground"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/vector"
)

// Meaning is a [ground.Likeness] by an embedder: the sentences of passages and the
// words of statements that they have not. It keeps what it was told of texts lately,
// for passages are checked against several statements. Safe for concurrent use.
type Meaning struct {
	embedder retrieval.Embedder

	mu    sync.Mutex
	known map[string]retrieval.Vector
}

// NewMeaning returns the likeness by an embedder, which may be another one at each
// call: only the one that the check was fitted to is asked.
func NewMeaning(embedder retrieval.Embedder) *Meaning {
	return &Meaning{embedder: embedder, known: map[string]retrieval.Vector{}}
}

const (
	meaningTime  = 5 * time.Second // of one comparison; then the check goes on without
	meaningTexts = 5000            // kept at most, 8 MB
)

// errNotFitted is returned where the weights of the check are of another embedder.
var errNotFitted = fmt.Errorf("the check of statements is fitted to %s only", ground.Embedder())

// Alike implements [ground.Likeness].
func (m *Meaning) Alike(ctx context.Context, one, others []string) ([][]float64, error) {
	if m.embedder.Model().Name != ground.Embedder() {
		return nil, errNotFitted
	}
	ctx, cancel := context.WithTimeout(ctx, meaningTime)
	defer cancel()
	vectors, err := m.vectors(ctx, append(append([]string{}, one...), others...))
	if err != nil {
		return nil, err
	}
	rows := make([][]float64, len(one))
	for i := range one {
		for j := range others {
			rows[i] = append(rows[i], vector.Cosine(vectors[i].Values, vectors[len(one)+j].Values))
		}
	}
	return rows, nil
}

func (m *Meaning) vectors(ctx context.Context, texts []string) ([]retrieval.Vector, error) {
	all := make([]retrieval.Vector, len(texts))
	missing, places := m.missing(texts, all)
	if len(missing) == 0 {
		return all, nil
	}
	made, err := m.embedder.EmbedPassages(ctx, missing)
	if err != nil {
		return nil, fmt.Errorf("embed %d texts to compare: %w", len(missing), err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known)+len(missing) > meaningTexts {
		clear(m.known)
	}
	for i, v := range made {
		m.known[missing[i]] = v
		for _, place := range places[missing[i]] {
			all[place] = v
		}
	}
	return all, nil
}

// missing fills in what is known, and returns the other texts, once each, with their
// places.
func (m *Meaning) missing(texts []string, all []retrieval.Vector) (missing []string, places map[string][]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	places = map[string][]int{}
	for i, text := range texts {
		if v, ok := m.known[text]; ok {
			all[i] = v
			continue
		}
		if places[text] == nil {
			missing = append(missing, text)
		}
		places[text] = append(places[text], i)
	}
	return missing, places
}
