package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot"
	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// house is the whole bot with a chat, an inbox and a desk in memory, and a few
// documents.
type house struct {
	*testing.T
	now      time.Time
	chat     *bottest.Chat
	desk     officehours.Store
	inbox    inboxtest.Store
	pipeline *inbox.Pipeline
	bot      *bot.Bot
	intake   bot.Intake
	library  *library
	answers  *bot.Answerer
}

// newHouse has the people anna, berta, carl (staff), gast (guest) and the hosts
// heide and holger, the public channel "allgemein", the private channels
// "personal" (anna; gate of the collection "Personal") and "gastgeber".
func newHouse(t *testing.T, changes ...func(*bot.Config)) *house {
	t.Helper()
	return newHouseOn(t, func(now func() time.Time) (inboxtest.Store, officehours.Store) {
		return inboxtest.NewMemory(now), &bottest.Desk{}
	}, changes...)
}

// newHouseOn is newHouse on other stores.
func newHouseOn(t *testing.T, stores func(now func() time.Time) (inboxtest.Store, officehours.Store), changes ...func(*bot.Config)) *house {
	t.Helper()
	h := &house{T: t, now: time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC), library: &library{}}
	clock := func() time.Time { return h.now }
	h.chat = bottest.NewChat(clock)
	for _, name := range []string{"anna", "berta", "carl", "heide", "holger"} {
		h.chat.AddUser(name)
	}
	h.chat.AddUser("gast", func(u *bot.User) { u.Guest = true })
	h.chat.AddChannel("allgemein", bot.PublicChannel, "anna", "berta", "carl")
	h.chat.AddChannel("gaeste", bot.PublicChannel, "anna", "gast")
	h.chat.AddChannel("personal", bot.PrivateChannel, "anna", "carl")
	h.chat.AddChannel("gastgeber", bot.PrivateChannel, "heide", "holger")
	h.inbox, h.desk = stores(clock)

	zone, err := time.LoadLocation("Europe/Berlin")
	h.check(err)
	calendar, err := officehours.NewCalendar(zone, []officehours.Format{
		{ID: "sprechstunde", Name: "Offene KI-Sprechstunde", Place: "Raum 2.17", Link: "https://intranet.example/sprechstunde",
			Schedule: "DTSTART;TZID=Europe/Berlin:20260108T140000\nRRULE:FREQ=WEEKLY;BYDAY=TH", Accepts: []officehours.Kind{officehours.Single, officehours.Rule}},
		{ID: "ethikrunde", Name: "Ethikrunde", Schedule: "DTSTART;TZID=Europe/Berlin:20260119T150000\nRRULE:FREQ=MONTHLY;BYDAY=3MO", Accepts: []officehours.Kind{officehours.Values}},
	})
	h.check(err)
	texts := prompts.Default()
	answerer, err := bot.NewAnswerer(bot.AnswererConfig{
		Searcher: h.library,
		Composer: answer.New(answer.Config{Texts: texts, Log: slog.New(slog.DiscardHandler)}),
		HardList: answer.HardList{},
		Contacts: answer.Contacts{answer.Breach: {Name: "Meldestelle", Reach: "Telefon 2055"}, answer.Personnel: {Name: "Personalservice", Reach: "Telefon 2100"}},
		Fields:   answer.Fields{{Words: []string{"drucker"}, Contact: answer.Contact{Name: "IT-Servicedesk", Reach: "Telefon 1234"}}},
		Texts:    texts,
		Now:      clock,
	})
	h.check(err)
	h.answers = answerer
	cfg := bot.Config{
		Self: h.chat.Self, Posts: h.chat, Directory: h.chat, Collections: h.library, Answerer: answerer, Texts: texts,
		Calendar: calendar, Desk: h.desk, Hosts: bot.Hosts{Channel: bottest.Team + "/gastgeber", Duty: []string{"heide"}}, Now: clock,
	}
	for _, change := range changes {
		change(&cfg)
	}
	h.desk = cfg.Desk
	h.bot, err = bot.New(cfg)
	h.check(err)
	h.pipeline, err = inbox.New(inbox.Config{Store: h.inbox, Chat: h.chat, Handler: h.bot, Now: clock, Log: slog.New(slog.DiscardHandler)})
	h.check(err)
	h.intake = h.bot.Intake(h.pipeline)
	return h
}

func (h *house) check(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// says writes a post, lets the bot work and returns the post.
func (h *house) says(user, channel, root, text string, changes ...func(*bot.Post)) bot.Post {
	h.Helper()
	h.now = h.now.Add(time.Second)
	p := h.chat.Write(user, channel, root, text, changes...)
	h.check(h.intake.Posted(context.Background(), p))
	h.works()
	return p
}

// works lets the bot do all that is queued.
func (h *house) works() {
	h.Helper()
	h.now = h.now.Add(time.Second)
	for range 20 {
		jobs, err := h.inbox.TakeJobs(context.Background())
		h.check(err)
		if len(jobs) == 0 {
			return
		}
		for _, id := range jobs {
			h.check(h.pipeline.Work(context.Background(), id))
		}
	}
	h.Fatal("the bot does not come to an end")
}

// wakes lets the bot take up what has been waiting for another try.
func (h *house) wakes(after time.Duration) {
	h.Helper()
	h.now = h.now.Add(after)
	_, err := h.inbox.Requeue(context.Background(), 10)
	h.check(err)
	h.works()
}

// new runs step and returns what the bot posted meanwhile.
func (h *house) new(step func()) []bottest.Made {
	h.Helper()
	before := h.chat.Made("")
	step()
	return slices.DeleteFunc(h.chat.Made(""), func(m bottest.Made) bool {
		return slices.ContainsFunc(before, func(b bottest.Made) bool { return b.ID == m.ID })
	})
}

// reply runs step and returns the one post that the bot made meanwhile.
func (h *house) reply(step func()) bottest.Made {
	h.Helper()
	made := h.new(step)
	if len(made) != 1 {
		h.Fatalf("the bot made %d posts, want 1: %+v", len(made), made)
	}
	return made[0]
}

func (h *house) silent(step func()) {
	h.Helper()
	if made := h.new(step); len(made) != 0 {
		h.Fatalf("the bot made %d posts, want none: %q", len(made), made[0].Text)
	}
}

func (h *house) wants(m bottest.Made, parts ...string) {
	h.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text, part) {
			h.Errorf("%q is not in the reply:\n%s", part, m.Text)
		}
	}
}

func (h *house) lacks(m bottest.Made, parts ...string) {
	h.Helper()
	for _, part := range parts {
		if strings.Contains(m.Text, part) {
			h.Errorf("%q is in the reply:\n%s", part, m.Text)
		}
	}
}

const (
	allgemein = bottest.Team + "/allgemein"
	gaeste    = bottest.Team + "/gaeste"
	personal  = bottest.Team + "/personal"
	gastgeber = bottest.Team + "/gastgeber"
)

// library is a few documents that answer what has all their keys.
type library struct {
	err     error
	mu      sync.Mutex
	asked   []string
	readers []retrieval.Readers
}

var shelf = []struct {
	collection, title, text string
	keys                    []string
}{
	{"Leitlinien", "KI-Leitlinie", "Protokolle dürfen mit KI entworfen werden.", []string{"protokoll"}},
	{"Leitlinien", "KI-Leitlinie", "Im Ausland dürfen Protokolle nicht mit KI entworfen werden.", []string{"protokoll", "ausland"}},
	{"Personal", "Vermerk Personal", "Bewerbungen sortiert keine KI vor.", []string{"bewerbung"}},
	{"Aushang", "Aushang am Eingang", "Gäste melden sich am Eingang.", []string{"eingang"}},
}

func (l *library) Collections(context.Context) ([]retrieval.Collection, error) {
	return []retrieval.Collection{
		{Name: "Leitlinien", Rank: 1, Access: retrieval.Access{Staff: true}},
		{Name: "Personal", Rank: 2, Access: retrieval.Access{Channels: []string{personal}}},
		{Name: "Aushang", Rank: 3, Access: retrieval.Access{Staff: true, Guests: true}},
	}, l.err
}

func (l *library) Search(_ context.Context, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, q.Text)
	l.readers = append(l.readers, r)
	if l.err != nil {
		return retrieval.Result{}, l.err
	}
	var hits []retrieval.Hit
	most := 0
	for i, d := range shelf {
		has := func(key string) bool { return strings.Contains(strings.ToLower(q.Text), key) }
		if !r.May(d.collection) || slices.ContainsFunc(d.keys, func(key string) bool { return !has(key) }) || len(d.keys) < most {
			continue
		}
		most = len(d.keys)
		hits = []retrieval.Hit{{
			Document: retrieval.Document{ID: int64(i), Path: d.title + ".md", Title: d.title, Collection: d.collection},
			Passage:  retrieval.Passage{ID: int64(i), Text: d.text, Place: "Abschnitt 1"},
			Score:    1,
		}}
	}
	if len(hits) == 0 {
		return retrieval.Result{Sufficiency: retrieval.Sufficiency{Band: retrieval.NotFound}}, nil
	}
	return retrieval.Result{Hits: hits, Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 0.9}}, nil
}

// searched returns the queries since it was last called.
func (l *library) searched() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	asked := l.asked
	l.asked = nil
	return asked
}

var errDown = errors.New("down")
