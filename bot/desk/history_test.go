package desk_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

// dying is a store whose worker may die after each change.
type dying struct {
	officehours.Store
	rand *rand.Rand
}

func (d *dying) dies(err error) error {
	if err == nil && d.rand.IntN(3) == 0 {
		return bottest.ErrDown
	}
	return err
}

func (d *dying) Propose(ctx context.Context, h officehours.Handover) (officehours.Handover, error) {
	h, err := d.Store.Propose(ctx, h)
	return h, d.dies(err)
}

func (d *dying) Agree(ctx context.Context, id, by string, at time.Time) (officehours.Ticket, error) {
	t, err := d.Store.Agree(ctx, id, by, at)
	return t, d.dies(err)
}

func (d *dying) Take(ctx context.Context, number int64, e officehours.Event) (officehours.Ticket, error) {
	t, err := d.Store.Take(ctx, number, e)
	return t, d.dies(err)
}

func (d *dying) MoveFor(ctx context.Context, number int64, asker string, to officehours.TicketState, by string, at time.Time) (officehours.Ticket, error) {
	t, err := d.Store.MoveFor(ctx, number, asker, to, by, at)
	return t, d.dies(err)
}

func (d *dying) AddAnswer(ctx context.Context, a officehours.HostAnswer) (officehours.Ticket, error) {
	t, err := d.Store.AddAnswer(ctx, a)
	return t, d.dies(err)
}

func (d *dying) ChangeAnswer(ctx context.Context, postID, text, by string, at time.Time) (officehours.Ticket, error) {
	t, err := d.Store.ChangeAnswer(ctx, postID, text, by, at)
	return t, d.dies(err)
}

// history is one life of a few tickets, with workers that die between any two steps
// and are taken over, and with workers that come back late.
type history struct {
	*bottest.House
	store   officehours.Store // that no worker dies of
	rand    *rand.Rand
	newID   func() string
	opened  []int64
	answers map[int64][]string // posts of hosts that gave answers
	trail   []string           // for a failure
}

var askers, hostsOf = []string{"anna", "berta", "carl"}, []string{"heide", "holger"}

func pick[T any](h *history, from []T) T { return from[h.rand.IntN(len(from))] }

// done lets workers die on a cause until one comes through, and then lets one more
// come late. It returns the one reply that is saved.
func (h *history) done(m chat.Message, act dialogue.Act, handle func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error)) inbox.Reply {
	h.Helper()
	for try := 1; ; try++ {
		m.Try = try
		reply, err := handle(h.Context(), m, act)
		if errors.Is(err, bottest.ErrDown) && try < 50 {
			continue
		}
		if err != nil {
			h.Fatalf("%s: %v\n%s", act.Kind, err, strings.Join(h.trail, "\n"))
		}
		for i, draft := range reply.Drafts {
			if draft.About.Kind == inbox.AboutCard {
				reply.Drafts[i].PostID = "card-" + m.ID
				h.Check(h.store.SavePost(h.Context(), draft.About.Ticket, officehours.Card, reply.Drafts[i].PostID))
			}
		}
		return reply
	}
}

// hands a question over.
func (h *history) hands() {
	asker := pick(h, askers)
	m := chat.Message{
		Question: inbox.Question{ID: h.newID(), Arrival: inbox.Arrival{Origin: inbox.FromButton, UserID: asker, ChannelID: bottest.Direct(asker), At: h.Now}},
		Channel:  chat.Channel{Kind: chat.DirectChannel},
	}
	_, err := h.store.Propose(h.Context(), officehours.Handover{
		QuestionID: h.newID(), AskerID: asker, Text: "Darf ich?", Format: "sprechstunde", Session: nextThursday(h.Now), State: officehours.Proposed, CreatedAt: h.Now, ShownAt: h.Now,
	})
	h.Check(err)
	reply := h.done(m, dialogue.Act{Kind: dialogue.Send}, h.Desk.Agree)
	cards := 0
	for _, d := range reply.Drafts {
		if d.About.Kind == inbox.AboutCard {
			cards++
			h.opened = append(h.opened, d.About.Ticket)
		}
	}
	h.trail = append(h.trail, fmt.Sprintf("%s hands over %v", asker, h.opened))
	if cards != 1 || len(reply.Drafts) != 2 {
		h.Fatalf("a yes made %d cards, %d posts\n%s", cards, len(reply.Drafts), strings.Join(h.trail, "\n"))
	}
}

// nextThursday is when the house's office hour meets next, in winter.
func nextThursday(now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), 13, 0, 0, 0, time.UTC)
	for at.Weekday() != time.Thursday || !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// step lets somebody do something to a ticket and holds what comes of it to the promises.
func (h *history) step() {
	number := pick(h, h.opened)
	before, err := h.store.TicketByNumber(h.Context(), number)
	h.Check(err)
	all, err := h.store.Askers(h.Context(), number)
	h.Check(err)
	kind := pick(h, []dialogue.Kind{
		dialogue.Claim, dialogue.Claim, dialogue.GiveBack, dialogue.HostAnswer, dialogue.HostAnswer, dialogue.HostAsks, dialogue.HostChange, dialogue.Close,
		dialogue.Merge, dialogue.NextTime, dialogue.Settled, dialogue.StillOpen, dialogue.Withdraw, dialogue.Waited, dialogue.Postponed,
	})
	m := chat.Message{Question: inbox.Question{ID: h.newID(), Arrival: inbox.Arrival{ChannelID: bottest.Hosts, RootID: before.CardPostID, UserID: pick(h, hostsOf), At: h.Now}}}
	act := dialogue.Act{Kind: kind, Text: "Ja.", Subject: inbox.Subject{Ticket: number}}
	handle := map[dialogue.Kind]func(context.Context, chat.Message, dialogue.Act) (inbox.Reply, error){
		dialogue.Claim: h.Desk.Claim, dialogue.GiveBack: h.Desk.GiveBack, dialogue.HostAnswer: h.Desk.HostAnswer, dialogue.HostAsks: h.Desk.HostAnswer,
		dialogue.HostChange: h.Desk.HostChange, dialogue.Close: h.Desk.Close, dialogue.Merge: h.Desk.Merge, dialogue.NextTime: h.Desk.Move,
		dialogue.Settled: h.Desk.Settle, dialogue.StillOpen: h.Desk.Reopen, dialogue.Withdraw: h.Desk.Withdraw,
		dialogue.Waited: h.Desk.Waited, dialogue.Postponed: h.Desk.Postponed,
	}[kind]
	m.Key = fmt.Sprintf("postponed:%d:%d", number, before.Session.Unix())
	if kind == dialogue.Postponed && h.Now.Before(before.Session.Add(4*time.Hour)) {
		return // it is held
	}
	byAsker := kind == dialogue.Settled || kind == dialogue.StillOpen || kind == dialogue.Withdraw
	switch {
	case byAsker && len(all) == 0:
		return
	case byAsker:
		m.UserID, act.Text = pick(h, all).UserID, ""
		m.ChannelID, m.RootID, m.Channel = bottest.Direct(m.UserID), "", chat.Channel{Kind: chat.DirectChannel}
	case kind == dialogue.Merge:
		act.Text = fmt.Sprint(pick(h, h.opened))
	case kind == dialogue.HostAnswer || kind == dialogue.HostAsks:
		m.Post = h.Chat.Write(m.UserID, bottest.Hosts, "", "!antwort Ja.")
		m.Post.ID = h.newID()
	case kind == dialogue.HostChange:
		if len(h.answers[number]) == 0 {
			return
		}
		act.Subject = inbox.Subject{PostID: pick(h, h.answers[number])} // whose post is gone
	}
	reply := h.done(m, act, handle)
	after, err := h.store.TicketByNumber(h.Context(), number)
	h.Check(err)
	h.trail = append(h.trail, fmt.Sprintf("%s of %d by %s: %s → %s, %d posts (%s)", kind, number, m.UserID, before.State, after.State, len(reply.Drafts), reply.Outcome))
	if reply.Outcome == "host answer" {
		h.answers[number] = append(h.answers[number], m.Post.ID)
	}
	h.keepsPromises(kind, byAsker, before, after, all, reply)
	// A worker that was thought dead comes back: nothing changes any more.
	_, _ = handle(h.Context(), m, act)
	late, err := h.store.TicketByNumber(h.Context(), number)
	h.Check(err)
	if late.State != after.State || late.Attempt != after.Attempt || !late.Session.Equal(after.Session) {
		h.Fatalf("a late worker made %+v of %+v\n%s", late, after, strings.Join(h.trail, "\n"))
	}
}

func (h *history) keepsPromises(kind dialogue.Kind, byAsker bool, before, after officehours.Ticket, all []officehours.Asker, reply inbox.Reply) {
	h.Helper()
	fail := func(format string, args ...any) {
		h.Helper()
		h.Fatalf(format+"\n"+strings.Join(h.trail, "\n"), args...)
	}
	changed := before.Attempt != after.Attempt
	if clock := kind == dialogue.Waited || kind == dialogue.Postponed; clock && after.State != before.State {
		fail("the clock brought ticket %d from %s to %s", before.Number, before.State, after.State)
	}
	told, hosts := map[string]int{}, 0
	for _, d := range reply.Drafts {
		switch {
		case d.ToUserID != "":
			told[d.ToUserID]++
		case d.ChannelID == bottest.Hosts:
			hosts++
			for _, who := range askers {
				if strings.Contains(d.Text, who) {
					fail("the hosts read who asked: %s", d.Text)
				}
			}
		}
	}
	if !changed {
		if len(told) > 0 && kind != dialogue.HostChange {
			fail("nothing happened, and %v were told", told)
		}
		return
	}
	if hosts == 0 {
		fail("the hosts hear nothing of %s", kind)
	}
	if byAsker {
		return
	}
	for _, a := range all {
		if told[a.UserID] != 1 {
			fail("%s is told of %s %d times", a.UserID, kind, told[a.UserID])
		}
	}
}

// ends looks at all tickets once more: none is lost, none stands twice.
func (h *history) ends() {
	h.Helper()
	seen := map[int64]bool{}
	for _, number := range h.opened {
		if seen[number] {
			h.Fatalf("ticket %d was opened twice\n%s", number, strings.Join(h.trail, "\n"))
		}
		seen[number] = true
		t, err := h.store.TicketByNumber(h.Context(), number)
		h.Check(err)
		all, err := h.store.Askers(h.Context(), number)
		h.Check(err)
		if !t.State.Closed() && len(all) == 0 {
			h.Fatalf("ticket %d is %s, and nobody waits for it\n%s", number, t.State, strings.Join(h.trail, "\n"))
		}
		if t.State == officehours.Merged {
			into, err := h.store.TicketByNumber(h.Context(), t.MergedInto)
			h.Check(err)
			if into.Number == 0 {
				h.Fatalf("ticket %d was merged into nothing", number)
			}
		}
	}
}

func lives(t *testing.T, house *bottest.House, workers *dying, histories int, store func() officehours.Store, newID func() string) {
	t.Helper()
	seed := uint64(20260305)
	for n := range histories {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		h := &history{House: house, store: store(), rand: r, newID: newID, answers: map[int64][]string{}}
		workers.Store, workers.rand = h.store, r
		house.Now = time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)
		for range 1 + r.IntN(3) {
			h.hands()
		}
		for range 4 + r.IntN(8) {
			house.Now = house.Now.Add(time.Duration(r.IntN(40)) * time.Hour)
			h.step()
		}
		h.ends()
	}
}

var (
	histories = flag.Int("histories", 500, "how many random histories of tickets to live through in memory")
	onStore   = flag.Int("stored", 30, "how many of them on PostgreSQL")
)

// TestNoTicketIsLostOrDoubled lives through random histories in memory: ten thousand
// by go test ./bot/desk -run Lost -histories 10000.
func TestNoTicketIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	workers := &dying{Store: &bottest.Desk{}, rand: rand.New(rand.NewPCG(1, 1))}
	house := bottest.NewHouse(t, func(c *bottest.Setup) { c.Desk.Store = workers })
	n := 0
	lives(t, house, workers, *histories, func() officehours.Store { return &bottest.Desk{} }, func() string { n++; return fmt.Sprint("q", n) })
}

// TestNoTicketIsLostOrDoubledInPostgreSQL does it on the real store: three hundred, in a minute, by
// go test ./bot/desk -run InPostgreSQL -stored 300. All are in one database, and each looks through all that is open.
func TestNoTicketIsLostOrDoubledInPostgreSQL(t *testing.T) {
	t.Parallel()
	var stored officehours.Store
	workers := &dying{rand: rand.New(rand.NewPCG(1, 1))}
	house := bottest.NewHouseOn(t, onPostgres(t), func(c *bottest.Setup) {
		stored = c.Desk.Store
		workers.Store = stored
		c.Desk.Store = workers
	})
	n := 0
	lives(t, house, workers, *onStore, func() officehours.Store { return stored }, func() string { n++; return fmt.Sprint("q", n) })
}
