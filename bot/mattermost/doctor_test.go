package mattermost_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
)

func TestCheckNamesWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	gate := h.makeChannel("zugang", model.ChannelTypePrivate)
	without := must(h.admin.CreateChannel(ctx, &model.Channel{TeamId: h.team.Id, Name: "ohne", DisplayName: "ohne", Type: model.ChannelTypePrivate}))(t)
	name := func(ch *model.Channel) string { return h.team.Name + "/" + ch.Name }

	cfg := h.config()
	if found := newClient(t, cfg).Check(ctx, []string{name(gate)}); len(found) != 0 {
		t.Errorf("trouble where all is well: %v", found)
	}
	cfg.Teams = []string{"gibtsnicht"}
	cfg.CallbackURL, cfg.CallbackKeys = "http://127.0.0.1:1/knopf", []string{strings.Repeat("k", 32)}
	found := newClient(t, cfg).Check(ctx, []string{name(h.channel), name(without), "ohneteam"})
	for i, want := range []string{"team gibtsnicht: does not exist", "is public, so it guards nothing", "the bot is no member", "write it as team/channel", "callback"} {
		if i >= len(found) || !strings.Contains(found[i].Error(), want) || found[i].Do == "" {
			t.Errorf("trouble %d of %v, want %q", i, found, want)
		}
	}

	cfg = h.config()
	cfg.Token = "falsch"
	if found := newClient(t, cfg).Check(ctx, nil); len(found) != 1 || found[0].What != "token" {
		t.Errorf("wrong token: %v", found)
	}
	cfg = h.config()
	cfg.Token = h.admin.AuthToken
	if found := newClient(t, cfg).Check(ctx, nil); len(found) == 0 || !strings.Contains(found[0].Says, "person") {
		t.Errorf("a person's token: %v", found)
	}
	cfg = h.config()
	cfg.URL = "http://127.0.0.1:1"
	if found := newClient(t, cfg).Check(ctx, nil); len(found) != 1 || !strings.HasPrefix(found[0].What, "server") {
		t.Errorf("no server: %v", found)
	}
}

func TestCheckSeesTheButtonEndpoint(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cfg := h.config()
	own := newClient(t, cfg)
	endpoint := httptest.NewServer(own.Handler(&intake{}))
	defer endpoint.Close()
	cfg.CallbackURL, cfg.CallbackKeys = endpoint.URL, []string{strings.Repeat("k", 32)}
	if found := newClient(t, cfg).Check(t.Context(), nil); len(found) != 0 {
		t.Errorf("trouble where all is well: %v", found)
	}
}
