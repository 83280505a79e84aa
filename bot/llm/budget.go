package llm

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
)

// Budget bounds the tokens of one day; 0: no limit. Tokens are estimated from the
// length of prompts and replies.
type Budget struct {
	Person  int // of one asker
	Channel int // of all questions in one channel
	Day     int // of all
}

// Purses keep what was spent of a day, for all clients that share them. Names are
// "person", "channel" and "day" with an id; whoever keeps them for longer than a
// process lives keeps no id. They are shown to nobody.
type Purses interface {
	// Spent is what each name has spent on a day (2006-01-02).
	Spent(ctx context.Context, day string, names []string) (map[string]int, error)
	// Spend adds tokens to each of the names.
	Spend(ctx context.Context, day string, names []string, tokens int) error
}

// budget compares what was spent with its limits.
type budget struct {
	limits Budget
	now    func() time.Time
	purses Purses
}

// allows reports whether one more request may be made.
func (b *budget) allows(ctx context.Context, who answer.Asker) (bool, error) {
	limits := b.limitsOf(who)
	if len(limits) == 0 {
		return true, nil
	}
	spent, err := b.purses.Spent(ctx, b.day(), namesOf(limits))
	if err != nil {
		return false, fmt.Errorf("read budget of the model: %w", err)
	}
	for name, limit := range limits {
		if spent[name] >= limit {
			return false, nil
		}
	}
	return true, nil
}

// spend counts what a request took, also when whoever asked has gone.
func (b *budget) spend(ctx context.Context, who answer.Asker, texts ...string) error {
	limits := b.limitsOf(who)
	if len(limits) == 0 {
		return nil
	}
	tokens := 0
	for _, text := range texts {
		tokens += (utf8.RuneCountInString(text) + runesPerToken - 1) / runesPerToken
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), spendTime)
	defer cancel()
	if err := b.purses.Spend(ctx, b.day(), namesOf(limits), tokens); err != nil {
		return fmt.Errorf("count for the budget of the model: %w", err)
	}
	return nil
}

const (
	runesPerToken = 3 // of German text, rather too few
	spendTime     = 5 * time.Second
)

func (b *budget) day() string { return b.now().Format(time.DateOnly) }

// limitsOf are the purses that a request counts for.
func (b *budget) limitsOf(who answer.Asker) map[string]int {
	all := map[string]int{}
	add := func(name string, counts bool, limit int) {
		if counts && limit > 0 {
			all[name] = limit
		}
	}
	add("person "+who.Person, who.Person != "", b.limits.Person)
	add("channel "+who.Channel, who.Channel != "", b.limits.Channel)
	add("day", true, b.limits.Day)
	return all
}

func namesOf(limits map[string]int) (names []string) {
	for name := range limits {
		names = append(names, name)
	}
	return names
}

// memory are purses of one process.
type memory struct {
	mu    sync.Mutex
	day   string
	spent map[string]int
}

func (m *memory) Spent(_ context.Context, day string, _ []string) (map[string]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn(day)
	return maps.Clone(m.spent), nil
}

func (m *memory) Spend(_ context.Context, day string, names []string, tokens int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn(day)
	for _, name := range names {
		m.spent[name] += tokens
	}
	return nil
}

// turn forgets the day before.
func (m *memory) turn(day string) {
	if m.day != day {
		m.day, m.spent = day, map[string]int{}
	}
}
