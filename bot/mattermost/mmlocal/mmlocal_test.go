package mmlocal

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/retrieval/localpart"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

func TestPeopleTalk(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person("anna")
	post, _, err := anna.CreatePost(t.Context(), &model.Post{ChannelId: h.channel.Id, Message: "Guten Tag"})
	if err != nil {
		t.Fatal(err)
	}
	bot := model.NewAPIv4Client(h.server.URL())
	bot.SetToken(h.token)
	read, _, err := bot.GetPost(t.Context(), post.Id, "")
	if err != nil {
		t.Fatal(err)
	}
	if read.Message != post.Message {
		t.Errorf("message = %q, want %q", read.Message, post.Message)
	}
}

func TestMakingTwiceFindsTheSame(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	team, err := h.admin.EnsureTeam(ctx, h.team.Name, "again")
	if err != nil {
		t.Fatal(err)
	}
	channel, err := h.admin.EnsureChannel(ctx, team.Id, h.channel.Name, "again", false)
	if err != nil {
		t.Fatal(err)
	}
	bot, token, err := h.admin.EnsureBot(ctx, h.bot.Username, "again", "")
	if err != nil {
		t.Fatal(err)
	}
	if team.Id != h.team.Id || channel.Id != h.channel.Id || bot.Id != h.bot.Id || token != h.token {
		t.Error("made something a second time")
	}
	if err := h.admin.Join(ctx, team.Id, []string{channel.Id}, bot.Id); err != nil {
		t.Errorf("join a second time: %v", err)
	}
}

func TestGuest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	guest := h.person("gast")
	me, _, err := guest.GetMe(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.admin.MakeGuest(t.Context(), me.Id); err != nil {
		t.Fatal(err)
	}
	me, _, err = guest.GetMe(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if !me.IsGuest() {
		t.Errorf("roles = %q, want a guest's", me.Roles)
	}
	member, _, err := h.admin.GetChannelMember(t.Context(), h.channel.Id, me.Id, "")
	if err != nil {
		t.Fatal(err)
	}
	if !member.SchemeGuest {
		t.Error("no guest in the channel")
	}
	_, resp, err := guest.CreateChannel(t.Context(), &model.Channel{TeamId: h.team.Id, Name: "neu", DisplayName: "neu", Type: model.ChannelTypeOpen})
	if err == nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("a guest may make channels: %v", err)
	}
}

func TestCrashKeepsPosts(t *testing.T) {
	h := newHouse(t) // not parallel: it takes the server away from the others
	anna := h.person("anna")
	post, _, err := anna.CreatePost(t.Context(), &model.Post{ChannelId: h.channel.Id, Message: "Guten Tag"})
	if err != nil {
		t.Fatal(err)
	}
	url := h.server.URL()
	for name, end := range map[string]func() error{"stop": h.server.Stop, "kill": h.server.Kill} {
		if err := end(); err != nil {
			t.Fatal(name, err)
		}
		if _, _, err := anna.GetPost(t.Context(), post.Id, ""); err == nil {
			t.Errorf("%s: the server still answers", name)
		}
		if err := h.server.Resume(t.Context()); err != nil {
			t.Fatal(name, err)
		}
		if _, _, err := anna.GetPost(t.Context(), post.Id, ""); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h.server.URL() != url {
		t.Errorf("address = %s, want %s", h.server.URL(), url)
	}
}

func TestStartedAgainOnItsData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	shared, err := localpart.Resolve("")
	if err != nil {
		t.Fatal(err)
	}
	Test(t) // so that the program has been built
	if err := localpart.MakeDir(filepath.Join(dir, "mattermost")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(shared, "mattermost", "programs"), filepath.Join(dir, "mattermost", "programs")); err != nil {
		t.Fatal(err)
	}
	dsn, err := pglocal.TestDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var urls, tokens [2]string
	for i := range 2 {
		s, err := Start(t.Context(), Options{DataDir: dir, DSN: dsn})
		if err != nil {
			t.Fatal(err)
		}
		admin, err := s.Admin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, tokens[i], err = admin.EnsureBot(t.Context(), "sprechstunde", "KI-Sprechstunde", ""); err != nil {
			t.Fatal(err)
		}
		urls[i] = s.URL()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := healthy(t.Context(), s.use.Port()); err == nil {
			t.Error("the server still runs after its last user left")
		}
	}
	if urls[0] != urls[1] || tokens[0] != tokens[1] {
		t.Errorf("address or token changed: %s, then %s", urls[0], urls[1])
	}
}

// house is a team of its own on the real server.
type house struct {
	t       *testing.T
	server  *Server
	admin   *Admin
	team    *model.Team
	channel *model.Channel
	bot     *model.User
	token   string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // hangs
	defer cancel()
	h := &house{t: t, server: Test(t)}
	name := "t" + model.NewId()[:12]
	var err error
	if h.admin, err = h.server.Admin(ctx); err != nil {
		t.Fatal(err)
	}
	if h.team, err = h.admin.EnsureTeam(ctx, name, "Musterland"); err != nil {
		t.Fatal(err)
	}
	if h.channel, err = h.admin.EnsureChannel(ctx, h.team.Id, "fragen", "Fragen", false); err != nil {
		t.Fatal(err)
	}
	if h.bot, h.token, err = h.admin.EnsureBot(ctx, "bot"+name, "KI-Sprechstunde", ""); err != nil {
		t.Fatal(err)
	}
	if err = h.admin.Join(ctx, h.team.Id, []string{h.channel.Id}, h.bot.Id); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) person(name string) *model.Client4 {
	h.t.Helper()
	ctx := h.t.Context()
	account := Account{Name: name + model.NewId()[:8], Password: "Geheim-123!"}
	user, err := h.admin.EnsureUser(ctx, account)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.admin.Join(ctx, h.team.Id, []string{h.channel.Id}, user.Id); err != nil {
		h.t.Fatal(err)
	}
	client, err := h.server.Login(ctx, account.Name, account.Password)
	if err != nil {
		h.t.Fatal(err)
	}
	return client
}
