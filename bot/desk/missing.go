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
	seen map[int64]missed // by the number of the ticket
}

type missed struct {
	session, since time.Time
}

// since is for how long the session of a ticket has not been found.
func (m *missing) since(t officehours.Ticket, now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	first, known := m.seen[t.Number]
	if !known || !first.session.Equal(t.Session) {
		if m.seen == nil {
			m.seen = map[int64]missed{}
		}
		first = missed{t.Session, now}
		m.seen[t.Number] = first
	}
	return now.Sub(first.since)
}

// found is called when a session is there again: should it go once more, it is missing
// from then on.
func (m *missing) found(t officehours.Ticket) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.seen, t.Number)
}
