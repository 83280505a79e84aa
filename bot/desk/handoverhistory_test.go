package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/officehours"
)

// flaky is a desk that loses the worker before or after any step, at random.
type flaky struct {
	officehours.Store
	dice *rand.Rand
}

func (f *flaky) dies(err error) error {
	if err == nil && f.dice.IntN(5) == 0 {
		return bottest.ErrDown
	}
	return err
}

func (f *flaky) Propose(ctx context.Context, h officehours.Handover) (officehours.Handover, error) {
	kept, err := f.Store.Propose(ctx, h)
	return kept, f.dies(err)
}

func (f *flaky) Revise(ctx context.Context, h officehours.Handover, at time.Time) (officehours.Handover, error) {
	kept, err := f.Store.Revise(ctx, h, at)
	return kept, f.dies(err)
}

func (f *flaky) Agree(ctx context.Context, id, by string, at time.Time) (officehours.Ticket, error) {
	t, err := f.Store.Agree(ctx, id, by, at)
	return t, f.dies(err)
}

func (f *flaky) Join(ctx context.Context, id string, number int64, by string, at time.Time) (officehours.Ticket, error) {
	t, err := f.Store.Join(ctx, id, number, by, at)
	return t, f.dies(err)
}

func (f *flaky) MoveFor(ctx context.Context, number int64, asker string, to officehours.TicketState, by string, at time.Time) (officehours.Ticket, error) {
	t, err := f.Store.MoveFor(ctx, number, asker, to, by, at)
	return t, f.dies(err)
}

func (f *flaky) Decline(ctx context.Context, id, by string, at time.Time) error {
	return f.dies(f.Store.Decline(ctx, id, by, at))
}

// TestNothingIsLostOrDoubledInRandomHistories lets three people say in any order what
// can be said about a hand-over, with workers that die between any two steps. Each
// receipt that somebody read is one ticket of theirs, each ticket has one card, and
// what the hosts read names nobody.
func TestNothingIsLostOrDoubledInRandomHistories(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			handoverHistory(t, seed)
		})
	}
}

func handoverHistory(t *testing.T, seed uint64) {
	t.Helper()
	dice := rand.New(rand.NewPCG(seed, 1))
	store := &bottest.Desk{}
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Desk.Store = &flaky{store, dice} })
	topics := []string{"Musik komponieren", "Bilder malen", "Kekse backen"}
	words := []string{"Sprechstunde", "ja", "nein", "anschließen", "ändern: Darf ich lieber tanzen lassen?", "schriftlich reicht", "Nr. 1 zurückziehen", "Stand", "mit Namen"}
	people := []string{"anna", "berta", "carl"}
	for range 25 {
		who := people[dice.IntN(len(people))]
		said := words[dice.IntN(len(words))]
		if dice.IntN(3) == 0 {
			said = "Darf ich " + topics[dice.IntN(len(topics))] + " lassen?"
		}
		h.Says(who, bottest.Direct(who), "", said)
		for range 4 {
			h.Wakes(2 * time.Minute)
		}
	}
	lost(t, h, store, people)
}

// lost compares what people read with what is kept.
func lost(t *testing.T, h *bottest.House, store officehours.Store, people []string) {
	t.Helper()
	cards := map[int64]int{}
	for _, m := range h.Chat.Made(bottest.Hosts) {
		var number int64
		if _, after, found := strings.Cut(m.Text, "**Anliegen Nr. "); found && m.RootID == "" {
			_, _ = fmt.Sscan(after, &number)
			cards[number]++
		}
		for _, who := range people {
			if strings.Contains(m.Text, who) && !strings.Contains(m.Text, "Gefragt hat "+who) {
				t.Errorf("the hosts read of %s: %s", who, m.Text)
			}
		}
	}
	receipts := map[int64]int{}
	for _, who := range people {
		for _, m := range h.Chat.Made(bottest.Direct(who)) {
			var number int64
			if _, after, found := strings.Cut(m.Text, "jetzt **Anliegen Nr. "); found {
				_, _ = fmt.Sscan(after, &number)
				receipts[number]++
			}
			if _, after, found := strings.Cut(m.Text, "bei **Anliegen Nr. "); found {
				_, _ = fmt.Sscan(after, &number)
				if !asksOrLeft(t, store, number, who) {
					t.Errorf("%s joined %d and is not among those who ask it", who, number)
				}
			}
		}
	}
	for number := int64(1); ; number++ {
		if _, err := store.TicketByNumber(context.Background(), number); err != nil {
			break
		}
		if cards[number] != 1 || receipts[number] != 1 {
			t.Errorf("ticket %d has %d cards and %d receipts", number, cards[number], receipts[number])
		}
		delete(receipts, number)
	}
	if len(receipts) > 0 {
		t.Errorf("receipts without a ticket: %v", receipts)
	}
}

func asksOrLeft(t *testing.T, store officehours.Store, number int64, who string) bool {
	t.Helper()
	states := []officehours.TicketState{officehours.Open, officehours.Claimed, officehours.Replied, officehours.Settled, officehours.Withdrawn, officehours.Merged}
	tickets, err := store.TicketsFor(context.Background(), who, "", states...)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(tickets, func(ticket officehours.Ticket) bool { return ticket.Number == number })
}
