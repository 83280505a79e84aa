package bot

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/chat"
)

// Budget keeps a loop between two programs, or one busy finger, from filling a
// channel. Above it one notice is posted, then nothing until it is quieter.
type Budget struct {
	PerUser   int // messages of one person a minute; 0: 20, negative: no limit
	PerThread int // messages in one thread in ten minutes; 0: 30, negative: no limit
}

func (b Budget) withDefaults() Budget {
	return Budget{PerUser: cmp.Or(b.PerUser, 20), PerThread: cmp.Or(b.PerThread, 30)}
}

// budget counts messages by the times that the platform gave them, so that a
// catch-up counts as the events would have.
type budget struct {
	limits Budget
	mu     sync.Mutex
	users  map[string]*window
	roots  map[string]*window
	swept  time.Time
}

type spending int

const (
	within spending = iota
	lastOne
	exhausted
)

const (
	userWindow   = time.Minute
	threadWindow = 10 * time.Minute
)

func newBudget(limits Budget) *budget {
	return &budget{limits: limits, users: map[string]*window{}, roots: map[string]*window{}}
}

// spend counts a post; one seen before counts no second time and gets the same
// reply as long as its window is kept.
func (b *budget) spend(p chat.Post) spending {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(p.CreatedAt)
	byUser := windowOf(b.users, p.UserID).spend(p, userWindow, b.limits.PerUser)
	byRoot := windowOf(b.roots, p.Root()).spend(p, threadWindow, b.limits.PerThread)
	return max(byUser, byRoot)
}

// sweep forgets windows that have passed, so that memory follows the traffic.
func (b *budget) sweep(now time.Time) {
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
	reply spending
}

func windowOf(all map[string]*window, key string) *window {
	if all[key] == nil {
		all[key] = &window{}
	}
	return all[key]
}

func (w *window) spend(p chat.Post, length time.Duration, limit int) spending {
	if limit < 0 {
		return within
	}
	for _, t := range w.seen {
		if t.id == p.ID {
			return t.reply
		}
	}
	w.seen = slices.DeleteFunc(w.seen, func(t taken) bool { return p.CreatedAt.Sub(t.at) >= length })
	noticed, count := false, 0
	for _, t := range w.seen {
		noticed = noticed || t.reply == lastOne
		if t.reply == within {
			count++
		}
	}
	reply := within
	if count >= limit {
		reply = lastOne
		if noticed {
			reply = exhausted
		}
	}
	w.seen = append(w.seen, taken{p.ID, p.CreatedAt, reply})
	return reply
}
