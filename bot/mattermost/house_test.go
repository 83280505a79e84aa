package mattermost_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/bot/mattermost/mmlocal"
)

// house is a team of its own on the real server, with a bot account.
type house struct {
	t       testing.TB
	server  *mmlocal.Server
	admin   *mmlocal.Admin
	team    *model.Team
	channel *model.Channel // public, the bot is a member
	bot     *model.Bot
	token   string
}

// admins are made one at a time: the first one is the server's first user.
var admins sync.Mutex

const password = "Geheim-123!"

func newHouse(t testing.TB) *house {
	t.Helper()
	ctx := t.Context()
	server := mmlocal.Test(t)
	admins.Lock()
	admin, err := server.Admin(ctx)
	admins.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, server: server, admin: admin}
	name := "t" + model.NewId()[:12]
	h.team = must(h.admin.CreateTeam(ctx, &model.Team{Name: name, DisplayName: name, Type: model.TeamOpen}))(t)
	h.bot = must(h.admin.CreateBot(ctx, &model.Bot{Username: "bot" + name, DisplayName: "KI-Sprechstunde"}))(t)
	h.token = must(h.admin.CreateUserAccessToken(ctx, h.bot.UserId, "test", 0))(t).Token
	must(h.admin.AddTeamMember(ctx, h.team.Id, h.bot.UserId))(t)
	h.channel = h.makeChannel("frage", model.ChannelTypeOpen)
	return h
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

// makeChannel makes a channel with the bot in it.
func (h *house) makeChannel(name string, kind model.ChannelType) *model.Channel {
	h.t.Helper()
	ch := must(h.admin.CreateChannel(h.t.Context(), &model.Channel{TeamId: h.team.Id, Name: name + model.NewId()[:8], DisplayName: name, Type: kind}))(h.t)
	h.join(ch.Id, h.bot.UserId)
	return ch
}

func (h *house) join(channelID, userID string) {
	h.t.Helper()
	must(h.admin.AddChannelMember(h.t.Context(), channelID, userID))(h.t)
}

// person is a colleague in the team and its public channel, logged in.
type person struct {
	*model.Client4
	t  testing.TB
	id string
}

func (h *house) person() *person {
	h.t.Helper()
	ctx := h.t.Context()
	name := "p" + model.NewId()[:12]
	u := must(h.admin.CreateUser(ctx, &model.User{Username: name, Email: name + "@example.test", Password: password}))(h.t)
	must(h.admin.AddTeamMember(ctx, h.team.Id, u.Id))(h.t)
	h.join(h.channel.Id, u.Id)
	c := model.NewAPIv4Client(h.server.URL())
	must(c.Login(ctx, name, password))(h.t)
	return &person{Client4: c, t: h.t, id: u.Id}
}

func (p *person) write(channelID, rootID, text string) *model.Post {
	p.t.Helper()
	return must(p.CreatePost(p.t.Context(), &model.Post{ChannelId: channelID, RootId: rootID, Message: text}))(p.t)
}

func (p *person) direct(other string) string {
	p.t.Helper()
	return must(p.CreateDirectChannel(p.t.Context(), p.id, other))(p.t).Id
}

func (h *house) config() mattermost.Config {
	return mattermost.Config{
		URL: h.server.URL(), Token: h.token, Teams: []string{h.team.Name},
		Cursors: newCursors(), Rate: 200, Burst: 500,
		Now: time.Now, Log: logTo(h.t),
	}
}

func newClient(t testing.TB, cfg mattermost.Config) *mattermost.Client {
	t.Helper()
	c, err := mattermost.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// run lets a client run until the test ends or stop is called.
func run(t testing.TB, c *mattermost.Client, in chat.Intake) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx, in) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	await(t, "event stream", func() bool { return c.Ready() == nil })
	return stop
}

func await(t testing.TB, what string, reached func() bool) {
	t.Helper()
	deadline := time.After(5 * time.Minute) // hangs
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !reached() {
		select {
		case <-deadline:
			t.Fatalf("waited in vain for: %s", what)
		case <-again.C:
		}
	}
}

// intake records what the adapter hands over.
type intake struct {
	mu      sync.Mutex
	posted  []chat.Post
	edited  []chat.Post
	deleted []string
	clicks  []chat.Click
	fail    error

	dialog   chat.Dialog // what a press opens
	faults   chat.Faults // of what is sent off
	sent     []chat.Submission
	commands []chat.Command
	thumbs   []reacted
	added    []string
}

type reacted struct {
	since time.Time
	posts []string
}

func (i *intake) Posted(_ context.Context, p chat.Post) error {
	return i.record(func() { i.posted = append(i.posted, p) })
}

func (i *intake) Edited(_ context.Context, p chat.Post) error {
	return i.record(func() { i.edited = append(i.edited, p) })
}

func (i *intake) Deleted(_ context.Context, id string) error {
	return i.record(func() { i.deleted = append(i.deleted, id) })
}

func (i *intake) Pressed(_ context.Context, c chat.Click) error {
	return i.record(func() { i.clicks = append(i.clicks, c) })
}

func (i *intake) Opens(_ context.Context, c chat.Click) (chat.Dialog, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.dialog, nil
}

func (i *intake) Submitted(_ context.Context, s chat.Submission) (chat.Faults, error) {
	err := i.record(func() { i.sent = append(i.sent, s) })
	return i.faults, err
}

func (i *intake) Commanded(_ context.Context, c chat.Command) error {
	return i.record(func() { i.commands = append(i.commands, c) })
}

func (i *intake) Added(_ context.Context, channelID string) error {
	return i.record(func() { i.added = append(i.added, channelID) })
}

func (i *intake) Reacted(_ context.Context, since time.Time, postIDs ...string) error {
	return i.record(func() { i.thumbs = append(i.thumbs, reacted{since, postIDs}) })
}

func (i *intake) record(add func()) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.fail != nil {
		return i.fail
	}
	add()
	return nil
}

func (i *intake) failWith(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.fail = err
}

// post returns the post as handed over last.
func (i *intake) post(id string) (chat.Post, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, p := range slices.Backward(i.posted) {
		if p.ID == id {
			return p, true
		}
	}
	return chat.Post{}, false
}

func (i *intake) has(id string) func() bool {
	return func() bool { _, ok := i.post(id); return ok }
}

func (i *intake) hasEdited(id, text string) func() bool {
	return func() bool {
		i.mu.Lock()
		defer i.mu.Unlock()
		return slices.ContainsFunc(i.edited, func(p chat.Post) bool { return p.ID == id && p.Text == text && !p.EditedAt.IsZero() })
	}
}

func (i *intake) hasDeleted(id string) func() bool {
	return func() bool {
		i.mu.Lock()
		defer i.mu.Unlock()
		return slices.Contains(i.deleted, id)
	}
}

func (i *intake) texts() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	var texts []string
	for _, p := range i.posted {
		texts = append(texts, p.Text)
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

func (i *intake) pressed() []chat.Click {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.clicks)
}

// cursors keep in memory what the database would.
type cursors struct {
	mu sync.Mutex
	at map[string]cursor
}

type cursor struct {
	postID   string
	createAt int64
}

func newCursors() *cursors { return &cursors{at: map[string]cursor{}} }

func (c *cursors) Cursor(_ context.Context, channelID string) (string, int64, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.at[channelID]
	return at.postID, at.createAt, ok, nil
}

func (c *cursors) SaveCursor(_ context.Context, channelID, postID string, createAt int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[channelID] = cursor{postID, createAt}
	return nil
}

// swept waits until all channels were read once.
func (c *cursors) swept(t testing.TB) {
	t.Helper()
	await(t, "first catch-up", func() bool { _, _, ok, _ := c.Cursor(t.Context(), ""); return ok })
}

func logTo(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(&testLog{t: t}, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// testLog writes to the test's log while the test runs.
type testLog struct {
	t  testing.TB
	mu sync.Mutex
}

func (l *testLog) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.t.Context().Err() == nil {
		l.t.Log(strings.TrimSpace(string(line)))
	}
	return len(line), nil
}

func numbered(n int, format string) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf(format, i)
	}
	slices.Sort(texts)
	return texts
}
