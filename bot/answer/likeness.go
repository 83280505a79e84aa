package answer

import (
	"context"
	"fmt"
	"slices"
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
	vectors, err := m.vectors(ctx, slices.Concat(one, others))
	if err != nil {
		return nil, err
	}
	rows := make([][]float64, len(one))
	for i, a := range one {
		for _, b := range others {
			rows[i] = append(rows[i], vector.Cosine(vectors[a].Values, vectors[b].Values))
		}
	}
	return rows, nil
}

// vectors returns the vector of each text.
func (m *Meaning) vectors(ctx context.Context, texts []string) (map[string]retrieval.Vector, error) {
	all, missing := m.lately(texts)
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
		m.known[missing[i]], all[missing[i]] = v, v
	}
	return all, nil
}

// lately returns what is known of texts, and the others, once each.
func (m *Meaning) lately(texts []string) (all map[string]retrieval.Vector, missing []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all = map[string]retrieval.Vector{}
	for _, text := range texts {
		if _, seen := all[text]; seen {
			continue
		}
		v, known := m.known[text]
		if all[text] = v; !known {
			missing = append(missing, text)
		}
	}
	return all, missing
}
