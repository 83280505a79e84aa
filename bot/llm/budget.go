package llm

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
)

// Budget bounds the tokens of one day, in this process; 0: no limit. Tokens are
// estimated from the length of prompts and replies.
type Budget struct {
	Person  int // of one asker
	Channel int // of all questions in one channel
	Day     int // of all
}

// budget counts under names that mean nothing outside this process and day: a keyed
// hash whose key is made at each start and is written nowhere. Nothing of it is shown.
type budget struct {
	limits Budget
	key    [32]byte
	now    func() time.Time

	mu    sync.Mutex
	day   string
	spent map[[sha256.Size]byte]int
}

func newBudget(limits Budget, now func() time.Time) *budget {
	b := &budget{limits: limits, now: now, spent: map[[sha256.Size]byte]int{}}
	rand.Read(b.key[:]) // never fails
	return b
}

// allows reports whether one more request may be made.
func (b *budget) allows(who answer.Asker) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	for _, p := range b.purses(who) {
		if b.spent[p.name] >= p.limit {
			return false
		}
	}
	return true
}

// spend counts what a request took.
func (b *budget) spend(who answer.Asker, texts ...string) {
	tokens := 0
	for _, text := range texts {
		tokens += (utf8.RuneCountInString(text) + runesPerToken - 1) / runesPerToken
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	for _, p := range b.purses(who) {
		b.spent[p.name] += tokens
	}
}

// runesPerToken is how long a token of German text is, rather too short.
const runesPerToken = 3

// purse is one of the sums that a request counts for.
type purse struct {
	name  [sha256.Size]byte
	limit int
}

func (b *budget) purses(who answer.Asker) (all []purse) {
	add := func(kind, id string, limit int) {
		if limit > 0 && (id != "" || kind == "day") {
			all = append(all, purse{b.name(kind + " " + id), limit})
		}
	}
	add("person", who.Person, b.limits.Person)
	add("channel", who.Channel, b.limits.Channel)
	add("day", "", b.limits.Day)
	return all
}

func (b *budget) name(text string) (name [sha256.Size]byte) {
	mac := hmac.New(sha256.New, b.key[:])
	mac.Write([]byte(text))
	copy(name[:], mac.Sum(nil))
	return name
}

// turn forgets the day before.
func (b *budget) turn() {
	if day := b.now().Format(time.DateOnly); day != b.day {
		b.day = day
		clear(b.spent)
	}
}
