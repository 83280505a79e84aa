package e2e

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval/localpart"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

type localTB = localpart.TB

var discard = slog.New(slog.DiscardHandler)

// patience ends a test that hangs; no test judges by it. Taking over a killed bot's
// work needs the 30 s of its lease.
const patience = 5 * time.Minute

// house is one bot with a database and an account of its own.
type house struct {
	t     *testing.T
	town  *town
	conf  config.Config
	pool  *pgxpool.Pool
	log   logBook
	bot   string // user name
	botID string
	hosts string // id of the hosts' channel

	newcomers map[string]*colleague.Colleague // people of this test alone

	mu      sync.Mutex
	replies map[string]*expectation // by root
	written []string                // what people wrote, for the look through the logs
}

// expectation is how many posts of the bot a thread holds in the end.
type expectation struct {
	reader *colleague.Colleague
	posts  int
}

// newHouse furnishes a house; open starts its bot.
func newHouse(t *testing.T) *house {
	t.Helper()
	ctx := t.Context()
	h := &house{t: t, town: settle(t), replies: map[string]*expectation{}}
	pool, dsn := database(t, pglocal.TestFrom)
	h.pool = pool
	h.bot = "ki" + strings.ToLower(rand.Text()[:8])
	admin := h.town.admin
	account := must(admin.CreateBot(ctx, &model.Bot{Username: h.bot, DisplayName: "KI-Sprechstunde"}))(t)
	h.botID = account.UserId
	token := must(admin.CreateUserAccessToken(ctx, h.botID, "e2e", 0))(t).Token
	h.joins(h.town.gate, h.botID)
	hosts := h.makeChannel(model.ChannelTypePrivate, mika)
	h.hosts = hosts.Id
	h.conf = withEmbedder(t, config.Defaults())
	h.conf.Database.URL = config.Secret(dsn)
	h.conf.Formats = places.formats
	h.conf.Mattermost.URL = h.town.server.URL()
	h.conf.Mattermost.Token = config.Secret(token)
	h.conf.Mattermost.Teams = []string{teamName}
	h.conf.Mattermost.Rate = 200
	h.conf.Hosts = config.Hosts{Channel: teamName + "/" + hosts.Name, Duty: []string{mika}}
	h.conf.HTTP.Listen = "127.0.0.1:0"
	t.Cleanup(func() { h.look() })
	return h
}

// openHouse is newHouse with the bot at work.
func openHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.open()
	return h
}

// open starts the bot, one replica of it, and waits until it hears the server.
// It is stopped when the test ends, or before.
func (h *house) open() (stop func()) {
	h.t.Helper()
	opened, service, err := build(h.t.Context(), h.conf, slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelInfo})))
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.t.Context()))
	done := make(chan error, 1)
	go func() { done <- service.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := errors.Join(<-done, service.Close(), opened.Close()); err != nil {
			h.t.Errorf("the bot ended with: %v", err)
		}
	})
	h.t.Cleanup(func() {
		h.rests()
		stop()
	})
	h.ready("http://" + service.Address())
	return stop
}

// ready waits until a bot says that it is, and has read where it starts.
func (h *house) ready(address string) {
	h.t.Helper()
	h.await("ready bot", func(ctx context.Context) (bool, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/readyz", nil)
		if err != nil {
			return false, err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return false, nil // not listening yet
		}
		defer resp.Body.Close()
		return resp.StatusCode == http.StatusOK && h.count("SELECT count(*) FROM bot.cursor WHERE channel_id = ''") == 1, nil
	})
}

// await waits for something to happen.
func (h *house) await(what string, look func(context.Context) (bool, error)) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := colleague.Await(ctx, look); err != nil {
		h.t.Fatalf("waited for %s: %v", what, err)
	}
}

// rests waits until the bots have nothing left to do: no question is under way, and no
// thread lacks a post.
func (h *house) rests() {
	h.t.Helper()
	if h.t.Failed() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(h.t.Context()), patience)
	defer cancel()
	err := colleague.Await(ctx, func(ctx context.Context) (bool, error) {
		n, err := h.unfinished(ctx)
		return err == nil && n == 0 && h.complete(), err
	})
	if err != nil {
		h.t.Errorf("the bot does not come to rest: %v", err)
	}
}

// complete reports whether no thread lacks a post.
func (h *house) complete() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for root, want := range h.replies {
		if len(h.own(want.reader, root)) < want.posts {
			return false
		}
	}
	return true
}

// noted waits until the bot knows that a post of it is out and is done with it. The
// post can be read before; what is said below it then may come too early.
func (h *house) noted(m colleague.Message) {
	h.t.Helper()
	const done = "SELECT count(*) FROM bot.draft d JOIN bot.question q ON q.id = d.question_id WHERE d.post_id = $1 AND q.finished_at IS NOT NULL"
	h.await("the end of the bot's work at a post", func(ctx context.Context) (bool, error) {
		if h.count(done, m.ID) > 0 {
			return true, nil
		}
		n, err := h.unfinished(ctx) // a second one may have been taken back
		return err == nil && n == 0, err
	})
}

// count runs a query for one number on the bot's database.
func (h *house) count(query string, args ...any) int {
	h.t.Helper()
	var n int
	if err := h.pool.QueryRow(h.t.Context(), query, args...).Scan(&n); err != nil {
		h.t.Errorf("%s: %v", query, err)
	}
	return n
}

func (h *house) person(name string) *colleague.Colleague {
	if person := h.town.people[name]; person != nil {
		return person
	}
	return h.newcomers[name]
}

// makeChannel makes a channel with the bot and people in it.
func (h *house) makeChannel(kind model.ChannelType, members ...string) *model.Channel {
	h.t.Helper()
	name := strings.ToLower(rand.Text()[:12])
	made := must(h.town.admin.CreateChannel(h.t.Context(), &model.Channel{TeamId: h.town.team.Id, Name: name, DisplayName: name, Type: kind}))(h.t)
	ids := []string{h.botID}
	for _, member := range members {
		ids = append(ids, h.person(member).ID)
	}
	h.joins(made.Id, ids...)
	return made
}

func (h *house) public(members ...string) string {
	return h.makeChannel(model.ChannelTypeOpen, members...).Id
}

func (h *house) private(members ...string) string {
	return h.makeChannel(model.ChannelTypePrivate, members...).Id
}

func (h *house) joins(channel string, users ...string) {
	h.t.Helper()
	if err := h.town.admin.Join(h.t.Context(), h.town.team.Id, []string{channel}, users...); err != nil {
		h.t.Fatal(err)
	}
}

// direct is the direct channel of a person with the bot.
func (h *house) direct(name string) string {
	h.t.Helper()
	channel, err := h.person(name).Direct(h.t.Context(), h.bot)
	if err != nil {
		h.t.Fatal(err)
	}
	return channel
}

// mention is a text that is addressed to the bot.
func (h *house) mention(text string) string { return "@" + h.bot + " " + text }

// asks writes something that gets exactly one reply in its thread.
func (h *house) asks(name, channel, root, text string) colleague.Message {
	return h.writes(name, channel, root, text, 1)
}

// says writes something that gets no reply.
func (h *house) says(name, channel, root, text string) colleague.Message {
	return h.writes(name, channel, root, text, 0)
}

func (h *house) writes(name, channel, root, text string, replies int) colleague.Message {
	h.t.Helper()
	m, err := h.person(name).Write(h.t.Context(), channel, root, text)
	if err != nil {
		h.t.Fatal(err)
	}
	h.mu.Lock()
	h.written = append(h.written, text)
	h.mu.Unlock()
	h.expect(name, m.ThreadID(), replies)
	return m
}

// expect adds to the replies that a thread holds in the end.
func (h *house) expect(reader, root string, replies int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.replies[root] == nil {
		h.replies[root] = &expectation{reader: h.person(reader)}
	}
	h.replies[root].posts += replies
}

// reply waits for the bot's reply below a message, and its work at it.
func (h *house) reply(m colleague.Message) colleague.Message {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	reply, err := h.person(m.Author).Reply(ctx, m.ThreadID(), m.ID, h.bot)
	if err != nil {
		h.t.Fatalf("%v\n%s", err, h.log.tail())
	}
	h.noted(reply)
	return reply
}

// replied waits for the reply to a message and looks at what it holds.
func (h *house) replied(m colleague.Message, wants ...string) colleague.Message {
	h.t.Helper()
	reply := h.reply(m)
	h.holds(reply, wants...)
	return reply
}

// answered waits for an answer out of the documents: with its sources, marked
// as made by a machine for people and for programs.
func (h *house) answered(m colleague.Message, wants ...string) colleague.Message {
	h.t.Helper()
	reply := h.replied(m, append(wants, "**Quelle")...)
	h.machine(reply)
	return reply
}

// machine looks whether people and programs see that a machine wrote.
func (h *house) machine(m colleague.Message) {
	h.t.Helper()
	if m.Props["ai_generated_by"] != h.botID {
		h.t.Errorf("not marked for programs: %v", m.Props)
	}
	h.holds(m, "ein Programm")
}

// asked is asks and answered for the most usual way.
func (h *house) asked(name, channel, text string, wants ...string) colleague.Message {
	h.t.Helper()
	return h.answered(h.asks(name, channel, "", text), wants...)
}

func (h *house) holds(m colleague.Message, wants ...string) {
	h.t.Helper()
	for _, want := range wants {
		if !strings.Contains(m.Text, want) {
			h.t.Errorf("%q is missing in:\n%s", want, m.Text)
		}
	}
}

func (h *house) lacks(m colleague.Message, bad ...string) {
	h.t.Helper()
	for _, b := range bad {
		if strings.Contains(strings.ToLower(m.Text), strings.ToLower(b)) {
			h.t.Errorf("%q stands in:\n%s", b, m.Text)
		}
	}
}

// next waits for the bot's next post in a channel, and its work at it.
func (h *house) next(name, channel, after string) colleague.Message {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	m, err := h.person(name).Next(ctx, channel, after, h.bot)
	if err != nil {
		h.t.Fatalf("%v\n%s", err, h.log.tail())
	}
	h.noted(m)
	return m
}

// run plays one scenario of a house that several share.
func (h *house) run(name string, scenario func(*testing.T)) {
	whole := h.t
	whole.Helper()
	whole.Run(name, func(t *testing.T) {
		h.t = t
		defer func() { h.t = whole }()
		scenario(t)
	})
}

// newest is the id of a channel's newest post; empty: there is none.
func (h *house) newest(name, channel string) string {
	h.t.Helper()
	id, err := h.person(name).Newest(h.t.Context(), channel)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// own are the bot's posts of a thread.
func (h *house) own(reader *colleague.Colleague, root string) []colleague.Message {
	h.t.Helper()
	thread, err := reader.Thread(context.WithoutCancel(h.t.Context()), root)
	if err != nil {
		h.t.Errorf("thread %s: %v", root, err)
	}
	return slices.DeleteFunc(thread, func(m colleague.Message) bool { return m.UserID != h.botID })
}

// look is the end of each test, when all bots have stopped: every thread holds
// the replies that it should, no question is left over, and no log holds what
// people wrote.
func (h *house) look() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for root, want := range h.replies {
		if got := h.own(want.reader, root); len(got) != want.posts {
			h.t.Errorf("%d posts of the bot in thread %s, want %d:\n%s", len(got), root, want.posts, texts(got))
		}
	}
	left, err := h.unfinished(context.WithoutCancel(h.t.Context()))
	if err != nil || left > 0 {
		h.t.Errorf("%d questions are left over (%v)", left, err)
	}
	log := h.log.String()
	for _, text := range append(h.written, secretA) {
		if len(text) > 15 && strings.Contains(log, text) {
			h.t.Errorf("the log holds what somebody wrote: %s", text)
		}
	}
	if h.t.Failed() {
		h.t.Log(h.log.tail())
	}
}

func (h *house) unfinished(ctx context.Context) (n int, err error) {
	err = h.pool.QueryRow(ctx, "SELECT count(*) FROM bot.question WHERE state NOT IN ('posted', 'told', 'dropped')").Scan(&n)
	return n, err
}

func texts(messages []colleague.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n――\n")
}

// logBook keeps a bot's log.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// tail is the end of the log, for a failed test.
func (l *logBook) tail() string {
	const lines = 60
	all := strings.Split(l.String(), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

func must[T any](v T, _ *model.Response, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
