package mattermost

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/mattermost/mmlocal"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/sourcetest"
	"lvr.example/sprechstunde/retrieval"
)

// house is a team of its own on the real server, with the bot's account.
type house struct {
	t        *testing.T
	server   *mmlocal.Server
	admin    *mmlocal.Admin
	team     *model.Team
	bot      *model.User
	token    string
	open, zu *model.Channel // private, the bot is a member
	posts    map[string]*model.Post
}

// admins are made one at a time: the first one is the server's first user.
var admins sync.Mutex

func newHouse(t *testing.T) *house {
	t.Helper()
	ctx := t.Context()
	h := &house{t: t, server: mmlocal.Test(t), posts: map[string]*model.Post{}}
	admins.Lock()
	admin, err := h.server.Admin(ctx)
	admins.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	h.admin = admin
	name := "t" + model.NewId()[:12]
	if h.team, err = admin.EnsureTeam(ctx, name, name); err != nil {
		t.Fatal(err)
	}
	if h.bot, h.token, err = admin.EnsureBot(ctx, "bot"+name, "KI-Sprechstunde", ""); err != nil {
		t.Fatal(err)
	}
	h.open, h.zu = h.channel("offen", true), h.channel("zu", true)
	return h
}

func (h *house) channel(name string, private bool) *model.Channel {
	h.t.Helper()
	channel, err := h.admin.EnsureChannel(h.t.Context(), h.team.Id, name, name, private)
	if err == nil {
		err = h.admin.Join(h.t.Context(), h.team.Id, []string{channel.Id}, h.bot.Id)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return channel
}

func (h *house) name(channel *model.Channel) string { return h.team.Name + "/" + channel.Name }

func (h *house) source(change func(*Options)) *Source {
	h.t.Helper()
	options := Options{Name: "kanäle", URL: h.server.URL(), Token: h.token, Channels: []string{h.name(h.open), h.name(h.zu)}}
	if change != nil {
		change(&options)
	}
	s, err := Open(options)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { s.Close() })
	return s
}

// pin writes and pins a post, or edits it.
func (h *house) pin(channel *model.Channel, name, text string) {
	h.t.Helper()
	ctx := h.t.Context()
	if post := h.posts[name]; post != nil {
		if _, _, err := h.admin.PatchPost(ctx, post.Id, &model.PostPatch{Message: &text}); err != nil {
			h.t.Fatal(err)
		}
		return
	}
	post, _, err := h.admin.CreatePost(ctx, &model.Post{ChannelId: channel.Id, Message: text})
	if err == nil {
		_, err = h.admin.PinPost(ctx, post.Id)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.posts[name] = post
}

// attach writes a post with a file.
func (h *house) attach(channel *model.Channel, name, text string) *model.Post {
	h.t.Helper()
	ctx := h.t.Context()
	uploaded, _, err := h.admin.UploadFile(ctx, []byte(text), channel.Id, name)
	if err != nil {
		h.t.Fatal(err)
	}
	post, _, err := h.admin.CreatePost(ctx, &model.Post{ChannelId: channel.Id, Message: "anbei", FileIds: []string{uploaded.FileInfos[0].Id}})
	if err != nil {
		h.t.Fatal(err)
	}
	return post
}

func (h *house) items(s *Source) map[string]ingest.Item {
	h.t.Helper()
	items := map[string]ingest.Item{}
	if err := s.List(h.t.Context(), func(item ingest.Item) error { items[item.Path] = item; return nil }); err != nil {
		h.t.Fatal(err)
	}
	return items
}

func (h *house) read(s *Source, path string) string {
	h.t.Helper()
	file, err := s.Open(h.t.Context(), path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(data)
}

// TestConformance has pinned posts: they are what can change. What is below zu/
// stands in a channel of its own, which the bot is removed from.
func TestConformance(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) sourcetest.Fixture {
		h := newHouse(t)
		at := func(name string) *model.Channel {
			if strings.HasPrefix(name, "zu/") {
				return h.zu
			}
			return h.open
		}
		return sourcetest.Fixture{
			Source: h.source(nil),
			Put:    func(name, content string) { h.pin(at(name), name, content) },
			Remove: func(name string) {
				if _, err := h.admin.DeletePost(t.Context(), h.posts[name].Id); err != nil {
					t.Fatal(err)
				}
				delete(h.posts, name)
			},
			Path: func(name string) string {
				if h.posts[name] == nil {
					return "unbekannt"
				}
				return h.name(at(name)) + "/pinned/" + h.posts[name].Id + ".md"
			},
			Break: func() {
				if _, err := h.admin.RemoveUserFromChannel(t.Context(), h.zu.Id, h.bot.Id); err != nil {
					t.Fatal(err)
				}
			},
			Mend: func() {
				if err := h.admin.Join(t.Context(), h.team.Id, []string{h.zu.Id}, h.bot.Id); err != nil {
					t.Fatal(err)
				}
			},
			Gives: markdown,
			Posts: true,
		}
	})
}

func TestFilesComeAndGo(t *testing.T) {
	h := newHouse(t)
	s := h.source(nil)
	names := []string{"Prüfung & Maß 100 %.txt", "..-..-x.txt", "a#b?c.txt"}
	posts := map[string]*model.Post{}
	for _, name := range names {
		posts[name] = h.attach(h.open, name, "Inhalt von "+name)
	}
	list := func() map[string]ingest.Item {
		found := map[string]ingest.Item{}
		for path, item := range h.items(s) {
			if item.Problem != nil || !item.Settled || item.Collection.Name != h.name(h.open) || item.Collection.Access.Staff {
				t.Errorf("%s: %+v", path, item)
			}
			found[item.Name] = item
		}
		return found
	}
	items := list()
	for _, name := range names {
		item, ok := items[name]
		if !ok {
			t.Errorf("%q is not listed: %v", name, items)
			continue
		}
		if got := h.read(s, item.Path); got != "Inhalt von "+name {
			t.Errorf("%s gives %q", item.Path, got)
		}
		if want := h.server.URL() + "/" + h.team.Name + "/pl/" + posts[name].Id; item.Link != want {
			t.Errorf("link %s, want %s", item.Link, want)
		}
	}
	if _, err := h.admin.DeletePost(t.Context(), posts[names[0]].Id); err != nil {
		t.Fatal(err)
	}
	if items = list(); len(items) != 2 || items[names[0]].Path != "" {
		t.Errorf("a file went with its post: %v", items)
	}
}

func TestFilesOfLongChannelsAreAllFound(t *testing.T) {
	h := newHouse(t)
	h.attach(h.open, "erste.txt", "x")
	for i := range pageSize + 10 {
		if _, _, err := h.admin.CreatePost(t.Context(), &model.Post{ChannelId: h.open.Id, Message: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	h.attach(h.open, "letzte.txt", "x")
	if items := h.items(h.source(nil)); len(items) != 2 {
		t.Errorf("%d files: %v", len(items), items)
	}
}

func TestPublicChannelNeedsReaders(t *testing.T) {
	h := newHouse(t)
	public := h.channel("markt", false)
	h.pin(public, "a", "**Regeln** für alle\n\nText")
	only := func(o *Options) { o.Channels = []string{h.name(public)} }
	for _, item := range h.items(h.source(only)) {
		if item.Problem == nil || !item.Unclear || !strings.Contains(item.Problem.Error(), "public") {
			t.Errorf("%+v", item)
		}
	}
	staff := retrieval.Collection{Name: "Chat", Rank: 9, Access: retrieval.Access{Staff: true}}
	s := h.source(func(o *Options) { only(o); o.Collection = &staff })
	for path, item := range h.items(s) {
		if item.Problem != nil || item.Collection.Name != "Chat" {
			t.Errorf("%+v", item)
		}
		if got := h.read(s, path); got != "---\n---\n\n**Regeln** für alle\n\nText\n" {
			t.Errorf("document %q", got)
		}
	}
}

// TestWhatTheBotWroteIsNoSource also leaves out messages of the server.
func TestWhatTheBotWroteIsNoSource(t *testing.T) {
	h := newHouse(t)
	bot := model.NewAPIv4Client(h.server.URL())
	bot.SetToken(h.token)
	post, _, err := bot.CreatePost(t.Context(), &model.Post{ChannelId: h.open.Id, Message: "KI-generiert"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.admin.PinPost(t.Context(), post.Id); err != nil { // the server says so in a post
		t.Fatal(err)
	}
	if items := h.items(h.source(nil)); len(items) != 0 {
		t.Errorf("listed %v", items)
	}
}

func TestChannelThatCannotBeReadIsSaid(t *testing.T) {
	h := newHouse(t)
	s := h.source(func(o *Options) { o.Channels = append(o.Channels, h.team.Name+"/gibtesnicht") })
	h.pin(h.open, "a", "Text")
	items := h.items(s)
	if item := items[h.team.Name+"/gibtesnicht"]; !item.Folder || item.Problem == nil || len(items) != 2 {
		t.Errorf("items %v", items)
	}
	if err := s.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "gibtesnicht") {
		t.Errorf("check: %v", err)
	}
	refused := h.source(func(o *Options) { o.Token = "falsch" })
	if err := refused.List(t.Context(), func(ingest.Item) error { return nil }); err == nil {
		t.Error("a server that refuses the token has an empty listing")
	}
}

func TestNamesOfFilesAreOneSegment(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"..": "_", "": "_", "a/b\\c\x00.md": "a_b_c_.md", "gut.md": "gut.md", "\xff.md": "_.md"} {
		if got := baseName(name); got != want {
			t.Errorf("%q becomes %q", name, got)
		}
	}
}

func TestAnchorKeepsSiblingsOfAMillisecond(t *testing.T) {
	t.Parallel()
	list := &model.PostList{Posts: map[string]*model.Post{}}
	for i, at := range []int64{9, 7, 5, 5} {
		id := fmt.Sprint(i)
		list.Order = append(list.Order, id)
		list.Posts[id] = &model.Post{Id: id, CreateAt: at}
	}
	if got := anchor(list); got != "1" {
		t.Errorf("goes on before %s", got)
	}
	if at := time.UnixMilli(list.Posts["1"].CreateAt); at.UnixMilli() != 7 {
		t.Error(at)
	}
}

func TestOptionsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for want, channels := range map[string][]string{"at least one": nil, "team/kanal": {"kanal"}} {
		if _, err := Open(Options{Channels: channels}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", channels, err)
		}
	}
}
