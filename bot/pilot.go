package bot

import (
	"sync"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// pilotNotices remembers who has been told today, and by which reply.
type pilotNotices struct {
	mu   sync.Mutex
	day  string
	told map[string]string // user id to question id
}

// first reports whether the question is the user's first one of the day; asked
// again for the same question it says the same.
func (n *pilotNotices) first(day, userID, questionID string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.day != day {
		n.day, n.told = day, map[string]string{}
	}
	if n.told[userID] == "" {
		n.told[userID] = questionID
	}
	return n.told[userID] == questionID
}

// pilotNotice is one kind sentence a day to those who are not in the pilot yet.
func (b *Bot) pilotNotice(m chat.Message) inbox.Reply {
	day := b.cfg.Now().In(b.cfg.Calendar.Zone()).Format("2006-01-02")
	if !b.pilot.first(day, m.UserID, m.ID) {
		return inbox.Reply{Drop: true, Reason: "not in the pilot, told today"}
	}
	return b.says(m, "pilot", b.cfg.Texts.Pilot())
}
