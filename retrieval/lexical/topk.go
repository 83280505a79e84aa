package lexical

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// found is a passage with its score.
type found struct {
	passage int64
	score   points
}

// topK keeps the best of what it is offered: a heap with the worst on top. It
// is safe for concurrent use.
type topK struct {
	limit int

	mu        sync.Mutex
	heap      []found
	threshold atomic.Int64
}

func newTopK(limit int) *topK {
	t := &topK{limit: limit}
	t.threshold.Store(1) // nothing is found by none of its words
	return t
}

// least returns the score that a passage needs to be taken, as far as is known;
// it only grows.
func (t *topK) least() points { return points(t.threshold.Load()) }

func (t *topK) offer(f found) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.heap) == t.limit {
		if better(f, t.heap[0]) > 0 {
			return
		}
		t.heap[0] = f
		t.sink()
	} else {
		t.heap = append(t.heap, f)
		for i := len(t.heap) - 1; i > 0 && better(t.heap[(i-1)/2], t.heap[i]) < 0; i = (i - 1) / 2 {
			t.heap[i], t.heap[(i-1)/2] = t.heap[(i-1)/2], t.heap[i]
		}
	}
	if len(t.heap) == t.limit {
		t.threshold.Store(int64(t.heap[0].score))
	}
}

func (t *topK) sink() {
	for i := 0; ; {
		worst := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(t.heap) && better(t.heap[child], t.heap[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

// sorted returns what was kept, best first. It ends the use of t.
func (t *topK) sorted() []found {
	slices.SortFunc(t.heap, better)
	return t.heap
}

// better orders by score, best first; equal ones by passage, so that the order
// is the same everywhere.
func better(a, b found) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage))
}
