// Package budget keeps a loop between two programs, or one busy finger, from filling
// a channel: it counts the messages of a person and of a thread. Above a limit one
// notice is due, then nothing until it is quieter.
//
// Limits: counts are kept in memory, by each replica for itself; all see the same
// events.
package budget

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/chat"
)

// Limits are how many messages are answered.
type Limits struct {
	PerUser   int // messages of one person a minute; 0: 20, negative: no limit
	PerThread int // messages in one thread in ten minutes; 0: 30, negative: no limit
}

func (l Limits) withDefaults() Limits {
	return Limits{PerUser: cmp.Or(l.PerUser, 20), PerThread: cmp.Or(l.PerThread, 30)}
}

// Budget counts messages by the times that the platform gave them, so that a
// catch-up counts as the events would have. It is safe for concurrent use.
type Budget struct {
	limits Limits
	mu     sync.Mutex
	users  map[string]*window
	roots  map[string]*window
	swept  time.Time
}

// Verdict is what a message finds left.
type Verdict int

// The verdicts.
const (
	Within    Verdict = iota
	LastOne           // above the limit, the first one: a notice is due
	Exhausted         // above the limit, and told
)

const (
	userWindow   = time.Minute
	threadWindow = 10 * time.Minute
)

// New returns a budget of which nothing is spent.
func New(limits Limits) *Budget {
	return &Budget{limits: limits.withDefaults(), users: map[string]*window{}, roots: map[string]*window{}}
}

// Spend counts a post; one seen before counts no second time and gets the same
// reply as long as its window is kept.
func (b *Budget) Spend(p chat.Post) Verdict {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(p.CreatedAt)
	byUser := windowOf(b.users, p.UserID).spend(p, userWindow, b.limits.PerUser)
	byRoot := windowOf(b.roots, p.Root()).spend(p, threadWindow, b.limits.PerThread)
	return max(byUser, byRoot)
}

// sweep forgets windows that have passed, so that memory follows the traffic.
func (b *Budget) sweep(now time.Time) {
	if now.Sub(b.swept) < threadWindow {
		return
	}
	b.swept = now
	for _, windows := range []map[string]*window{b.users, b.roots} {
		for key, w := range windows {
			if len(w.seen) == 0 || now.Sub(w.seen[len(w.seen)-1].at) > threadWindow {
				delete(windows, key)
			}
		}
	}
}

// window is what one user or thread has taken lately, oldest first.
type window struct{ seen []taken }

type taken struct {
	id    string
	at    time.Time
	reply Verdict
}

func windowOf(all map[string]*window, key string) *window {
	if all[key] == nil {
		all[key] = &window{}
	}
	return all[key]
}

func (w *window) spend(p chat.Post, length time.Duration, limit int) Verdict {
	if limit < 0 {
		return Within
	}
	for _, t := range w.seen {
		if t.id == p.ID {
			return t.reply
		}
	}
	w.seen = slices.DeleteFunc(w.seen, func(t taken) bool { return p.CreatedAt.Sub(t.at) >= length })
	noticed, count := false, 0
	for _, t := range w.seen {
		noticed = noticed || t.reply == LastOne
		if t.reply == Within {
			count++
		}
	}
	reply := Within
	if count >= limit {
		reply = LastOne
		if noticed {
			reply = Exhausted
		}
	}
	w.seen = append(w.seen, taken{p.ID, p.CreatedAt, reply})
	return reply
}
