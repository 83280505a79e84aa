package llm

import (
	"context"
	"slices"
	"sync"
)

// queue lets so many requests at the endpoint at once. Who waits is let in by turns
// of the askers, so that one with many questions keeps nobody else waiting.
type queue struct {
	mu      sync.Mutex
	free    int
	turns   []string                   // askers who wait, the next one first
	waiting map[string][]chan struct{} // of each, the longest first
}

func newQueue(atOnce int) *queue { return &queue{free: atOnce, waiting: map[string][]chan struct{}{}} }

// enter waits for a place; leave gives it back.
func (q *queue) enter(ctx context.Context, asker string) error {
	q.mu.Lock()
	if q.free > 0 {
		q.free--
		q.mu.Unlock()
		return nil
	}
	place := make(chan struct{})
	if len(q.waiting[asker]) == 0 {
		q.turns = append(q.turns, asker)
	}
	q.waiting[asker] = append(q.waiting[asker], place)
	q.mu.Unlock()
	select {
	case <-place:
		return nil
	case <-ctx.Done():
		q.give(asker, place)
		return ctx.Err()
	}
}

// give takes a place in the queue back; one that was just got goes to the next.
func (q *queue) give(asker string, place chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	at := slices.Index(q.waiting[asker], place)
	if at < 0 {
		q.next()
		return
	}
	q.waiting[asker] = slices.Delete(q.waiting[asker], at, at+1)
	if len(q.waiting[asker]) == 0 {
		delete(q.waiting, asker)
		q.turns = slices.DeleteFunc(q.turns, func(other string) bool { return other == asker })
	}
}

func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next()
}

// next gives a free place to whose turn it is.
func (q *queue) next() {
	if len(q.turns) == 0 {
		q.free++
		return
	}
	asker := q.turns[0]
	q.turns = q.turns[1:]
	place := q.waiting[asker][0]
	if q.waiting[asker] = q.waiting[asker][1:]; len(q.waiting[asker]) > 0 {
		q.turns = append(q.turns, asker)
	} else {
		delete(q.waiting, asker)
	}
	close(place)
}
