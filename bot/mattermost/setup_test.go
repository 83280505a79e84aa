package mattermost_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/mattermost"
)

// said is what a run did, by step.
func said(r mattermost.Ready) map[string]mattermost.Did {
	all := map[string]mattermost.Did{}
	for _, s := range r.Steps {
		all[s.What+" "+s.Name] = s.Did
	}
	return all
}

func TestSetupMakesWhatIsMissingAndKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	token := must(h.admin.CreateUserAccessToken(ctx, must(h.admin.GetMe(ctx, ""))(t).Id, "test", 0))(t).Token
	name := "ki" + model.NewId()[:12]
	open := h.makeChannel("offen", model.ChannelTypeOpen)
	wanted := mattermost.Setup{
		URL: h.server.URL(), AdminToken: token, Bot: name, Teams: []string{h.team.Name}, Hosts: h.team.Name + "/gastgeber", Channels: []string{h.team.Name + "/" + open.Name},
		Callback: "http://127.0.0.1:8780", Command: "http://127.0.0.1:8780/mattermost/commands", Trigger: "ki", DryRun: true,
	}
	run := func() mattermost.Ready {
		t.Helper()
		r, err := wanted.Run(ctx)
		if err != nil || !r.OK() {
			t.Fatalf("%+v, %v", r, err)
		}
		return r
	}
	fresh := map[string]mattermost.Did{
		"bot @" + name: mattermost.Made, "token @" + name: mattermost.Made, "team " + h.team.Name: mattermost.Changed,
		"channel " + h.team.Name + "/gastgeber": mattermost.Made, "member " + h.team.Name + "/" + open.Name: mattermost.Changed,
		"command /ki in " + h.team.Name: mattermost.Made,
	}
	look := func(what string, r mattermost.Ready) {
		t.Helper()
		for step, want := range fresh {
			if got := said(r)[step]; got != want {
				t.Errorf("%s: %s %s, want %s", what, step, got, want)
			}
		}
	}
	planned := run()
	look("dry", planned)
	if planned.BotToken != "" || planned.BotID != "" || len(planned.CommandTokens) != 0 {
		t.Errorf("a dry run made %+v", planned)
	}
	if _, resp, err := h.admin.GetUserByUsername(ctx, name, ""); err == nil || resp.StatusCode != http.StatusNotFound {
		t.Error("a dry run made the bot")
	}

	wanted.DryRun = false
	made := run()
	look("made", made)
	if made.BotToken == "" || len(made.CommandTokens) != 1 {
		t.Fatalf("%+v", made)
	}
	c := newClient(t, mattermost.Config{URL: h.server.URL(), Token: made.BotToken, Teams: wanted.Teams, Cursors: newCursors(), Now: h.config().Now})
	if found := c.Check(ctx, []string{wanted.Hosts}); len(found) != 0 {
		t.Errorf("what doctor says of it: %v", found)
	}

	wanted.BotToken = made.BotToken
	again := run()
	for step, did := range said(again) {
		if did != mattermost.Kept {
			t.Errorf("once more: %s %s", step, did)
		}
	}
	if again.BotToken != "" || len(again.CommandTokens) != 1 || again.CommandTokens[0] != made.CommandTokens[0] {
		t.Errorf("%+v", again)
	}

	wanted.Command = "http://127.0.0.1:8781/mattermost/commands"
	if moved := run(); said(moved)["command /ki in "+h.team.Name] != mattermost.Changed || moved.CommandTokens[0] != made.CommandTokens[0] {
		t.Errorf("%+v", moved)
	}
}

func TestSetupSaysWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	token := must(h.admin.CreateUserAccessToken(ctx, must(h.admin.GetMe(ctx, ""))(t).Id, "test", 0))(t).Token
	anna := h.person()
	must(h.admin.CreateCommand(ctx, &model.Command{TeamId: h.team.Id, Trigger: "ki", Method: model.CommandMethodPost, URL: "http://127.0.0.1:1", DisplayName: "anderes"}))(t)
	wanted := mattermost.Setup{
		URL: h.server.URL(), AdminToken: token, Bot: must(anna.GetMe(ctx, ""))(t).Username, Teams: []string{h.team.Name, "gibtesnicht"},
		Callback: "http://127.0.0.1:8780", Command: "http://127.0.0.1:8780/mattermost/commands", Trigger: "ki",
	}
	r, err := wanted.Run(ctx)
	if err != nil || r.OK() {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := said(r); got["bot @"+wanted.Bot] != mattermost.Failed || got["command /ki in "+h.team.Name] != mattermost.Failed {
		t.Errorf("%+v", r.Steps)
	}
	wanted.Bot, wanted.Hosts = h.bot.Username, h.team.Name+"/"+h.channel.Name
	r, err = wanted.Run(ctx)
	if got := said(r); err != nil || got["team gibtesnicht"] != mattermost.Failed || got["channel "+wanted.Hosts] != mattermost.Failed {
		t.Errorf("%+v, %v", r.Steps, err)
	}
	wanted.AdminToken = h.token
	if _, err := wanted.Run(ctx); err == nil || !strings.Contains(err.Error(), "no system administrator") {
		t.Errorf("with the bot's token: %v", err)
	}
	wanted.AdminToken = "wrong"
	if _, err := wanted.Run(ctx); err == nil || !strings.Contains(err.Error(), "refuses") {
		t.Errorf("with a wrong token: %v", err)
	}
}
