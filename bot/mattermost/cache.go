package mattermost

import (
	"sync"
	"time"
)

// cache keeps answers of the server for a short time.
type cache[V any] struct {
	mu      sync.Mutex
	life    time.Duration
	now     func() time.Time
	epoch   int
	entries map[string]cached[V]
}

type cached[V any] struct {
	value V
	until time.Time
}

// fullCache bounds the memory; a full cache is emptied.
const fullCache = 20_000

func newCache[V any](life time.Duration, now func() time.Time) *cache[V] {
	return &cache[V]{life: life, now: now, entries: map[string]cached[V]{}}
}

// get returns the kept value, or asks for it. Fresh never takes the kept one.
// What was asked for before a clear is not kept: it may be outdated already.
func (c *cache[V]) get(key string, fresh bool, ask func() (V, error)) (V, error) {
	c.mu.Lock()
	entry, ok := c.entries[key]
	epoch := c.epoch
	c.mu.Unlock()
	if ok && !fresh && c.now().Before(entry.until) {
		return entry.value, nil
	}
	asked := c.now()
	value, err := ask()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		delete(c.entries, key)
		return value, err
	}
	if epoch == c.epoch {
		if len(c.entries) >= fullCache {
			clear(c.entries)
		}
		c.entries[key] = cached[V]{value: value, until: asked.Add(c.life)}
	}
	return value, nil
}

func (c *cache[V]) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	clear(c.entries)
}
