package mattermost_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

func TestDirectory(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	c := newClient(t, h.config())
	anna := h.person()
	stranger := must(h.admin.CreateUser(ctx, &model.User{Username: "s" + model.NewId()[:10], Email: model.NewId() + "@example.test", Password: password}))(t)
	gate := h.makeChannel("zugang", model.ChannelTypePrivate)
	h.join(gate.Id, anna.id)

	if u, err := c.User(ctx, h.bot.UserId, false); err != nil || !u.Bot {
		t.Errorf("own user %+v, %v", u, err)
	}
	if u, err := c.UserByName(ctx, stranger.Username); err != nil || u.ID != stranger.Id {
		t.Errorf("user by name %+v, %v", u, err)
	}
	for _, name := range []string{"gibtesnicht", "a", strings.Repeat("x", 60)} {
		if u, err := c.UserByName(ctx, name); !errors.Is(err, inbox.ErrGone) {
			t.Errorf("user %q: %+v, %v", name, u, err)
		}
	}
	for id, want := range map[string]bool{anna.id: true, stranger.Id: false, h.bot.UserId: false} {
		if staff, err := c.Staff(ctx, id, false); err != nil || staff != want {
			t.Errorf("staff %v, %v, want %v", staff, err, want)
		}
	}
	for id, want := range map[string]bool{anna.id: true, stranger.Id: false} {
		if member, err := c.Member(ctx, gate.Id, id, false); err != nil || member != want {
			t.Errorf("member %v, %v, want %v", member, err, want)
		}
	}
	ch, err := c.ChannelByName(ctx, h.team.Name+"/"+gate.Name)
	if want := (chat.Channel{ID: gate.Id, TeamID: h.team.Id, Name: gate.Name, Kind: chat.PrivateChannel}); err != nil || ch != want {
		t.Errorf("channel %+v, %v, want %+v", ch, err, want)
	}
	if ch, err := c.Channel(ctx, anna.direct(h.bot.UserId), false); err != nil || ch.Kind != chat.DirectChannel {
		t.Errorf("direct channel %+v, %v", ch, err)
	}

	closed := must(h.admin.CreateChannel(ctx, &model.Channel{TeamId: h.team.Id, Name: "zu", DisplayName: "zu", Type: model.ChannelTypePrivate}))(t)
	if member, err := c.Member(ctx, closed.Id, anna.id, false); err == nil || member {
		t.Errorf("member of a channel that is closed to the bot: %v, %v, want an error", member, err)
	}
	if _, err := c.User(ctx, model.NewId(), false); !errors.Is(err, inbox.ErrGone) {
		t.Errorf("unknown user: %v", err)
	}
	if _, err := h.admin.DeleteUser(ctx, stranger.Id); err != nil {
		t.Fatal(err)
	}
	if u, err := c.User(ctx, stranger.Id, true); err != nil || !u.Deactivated {
		t.Errorf("deactivated user %+v, %v", u, err)
	}
}

func TestMembershipIsForgottenWhenSomebodyLeaves(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	anna := h.person()
	gate := h.makeChannel("zugang", model.ChannelTypePrivate)
	h.join(gate.Id, anna.id)
	stopped, now := h.config(), time.Now()
	stopped.Now = func() time.Time { return now } // what is cached stays
	still := newClient(t, stopped)                // without an event stream
	c := newClient(t, h.config())
	run(t, c, &intake{})
	member := func(c interface {
		Member(ctx context.Context, channelID, userID string, fresh bool) (bool, error)
	}, fresh bool) bool {
		is, err := c.Member(ctx, gate.Id, anna.id, fresh)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	if !member(c, false) || !member(still, false) {
		t.Fatal("no member at first")
	}
	if _, err := h.admin.RemoveUserFromChannel(ctx, gate.Id, anna.id); err != nil {
		t.Fatal(err)
	}
	await(t, "the event to clear the cache", func() bool { return !member(c, false) })
	if !member(still, false) {
		t.Error("nothing was cached: this test proves nothing")
	}
	if member(still, true) {
		t.Error("fresh answer came from the cache")
	}
}

func TestGuestMakesAnOutsideAudience(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	guest := h.person()
	c := newClient(t, h.config())
	if outside, err := c.Outsiders(ctx, h.channel.Id, true); err != nil || outside {
		t.Fatalf("outsiders %v, %v before any guest", outside, err)
	}
	if err := h.admin.MakeGuest(ctx, guest.id); err != nil {
		t.Fatal(err)
	}
	if outside, err := c.Outsiders(ctx, h.channel.Id, true); err != nil || !outside {
		t.Errorf("outsiders %v, %v with a guest", outside, err)
	}
	if u, err := c.User(ctx, guest.id, true); err != nil || !u.Guest {
		t.Errorf("guest %+v, %v", u, err)
	}
	if staff, err := c.Staff(ctx, guest.id, true); err != nil || staff {
		t.Errorf("guest is staff: %v, %v", staff, err)
	}
}

func TestWhoIsNoStaffIsAnOutsider(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	anna, ben := h.person(), h.person()
	elsewhere := newHouse(t)
	stranger := elsewhere.person()
	must(h.admin.AddTeamMember(ctx, elsewhere.team.Id, h.bot.UserId))(t)
	elsewhere.join(elsewhere.channel.Id, h.bot.UserId)
	c := newClient(t, h.config())
	group := func(ids ...string) string { return must(anna.CreateGroupChannel(ctx, ids))(t).Id }
	for name, test := range map[string]struct {
		channel string
		want    bool
	}{
		"channel of the house":  {h.channel.Id, false},
		"group of staff":        {group(anna.id, ben.id, h.bot.UserId), false},
		"group with a stranger": {group(anna.id, stranger.id, h.bot.UserId), true},
		"direct with staff":     {anna.direct(h.bot.UserId), false},
		"direct with stranger":  {stranger.direct(h.bot.UserId), true},
		"channel of other team": {elsewhere.channel.Id, true},
	} {
		if outside, err := c.Outsiders(ctx, test.channel, true); err != nil || outside != test.want {
			t.Errorf("%s: outsiders %v, %v, want %v", name, outside, err, test.want)
		}
	}
}
