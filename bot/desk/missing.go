package desk

import (
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/officehours"
)

// missing remembers since when this replica has not found the sessions of tickets in its
// calendar. Replicas read a calendar elsewhere at different times, and another one may
// have put a ticket on a date that this one does not know yet.
type missing struct {
	mu   sync.Mutex
	seen map[missed]time.Time
}

type missed struct {
	ticket  int64
	session int64 // Unix
}

// since is for how long the session of a ticket has not been found.
func (m *missing) since(t officehours.Ticket, now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := missed{t.Number, t.Session.Unix()}
	first, known := m.seen[key]
	if !known {
		if m.seen == nil {
			m.seen = map[missed]time.Time{}
		}
		first = now
		m.seen[key] = now
	}
	return now.Sub(first)
}
