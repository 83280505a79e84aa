package mattermost_test

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"go.uber.org/goleak"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/leaktest"
)

func TestEventsReachTheBot(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	in := &intake{}
	c := newClient(t, h.config())
	run(t, c, in)

	root := anna.write(h.channel.Id, "", "@"+h.bot.Username+" Darf ich DeepL nutzen?")
	reply := anna.write(h.channel.Id, root.Id, "Und für Personaldaten?")
	direct := anna.write(anna.direct(h.bot.UserId), "", "Was ist die KI-Leitlinie?")
	group := must(anna.CreateGroupChannel(t.Context(), []string{anna.id, h.bot.UserId, h.person().id}))(t)
	inGroup := anna.write(group.Id, "", "Hallo zusammen")
	for _, p := range []*model.Post{root, reply, direct, inGroup} {
		await(t, p.Message, in.has(p.Id))
	}
	got, _ := in.post(reply.Id)
	if got.RootID != root.Id || got.UserID != anna.id || got.Text != reply.Message || got.ChannelID != h.channel.Id || got.CreatedAt.UnixMilli() != reply.CreateAt {
		t.Errorf("reply handed over as %+v", got)
	}
	if ch, err := c.Channel(t.Context(), group.Id, false); err != nil || ch.Kind != chat.GroupChannel {
		t.Errorf("group message is %+v, %v", ch, err)
	}

	text := "@" + h.bot.Username + " Hallo zusammen"
	must(anna.PatchPost(t.Context(), inGroup.Id, &model.PostPatch{Message: &text}))(t)
	await(t, "mention added by edit", in.hasEdited(inGroup.Id, text))
	if _, err := anna.DeletePost(t.Context(), root.Id); err != nil {
		t.Fatal(err)
	}
	await(t, "deletion", in.hasDeleted(root.Id))
}

func TestPostsNobodyAskedAreSkipped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.person()
	other := must(h.admin.CreateBot(t.Context(), &model.Bot{Username: "o" + model.NewId()[:10]}))(t)
	must(h.admin.AddTeamMember(t.Context(), h.team.Id, other.UserId))(t)
	h.join(h.channel.Id, other.UserId)
	token := must(h.admin.CreateUserAccessToken(t.Context(), other.UserId, "test", 0))(t).Token
	otherBot := model.NewAPIv4Client(h.server.URL())
	otherBot.SetToken(token)
	in := &intake{}
	run(t, newClient(t, h.config()), in)

	byBot := must(otherBot.CreatePost(t.Context(), &model.Post{ChannelId: h.channel.Id, Message: "@" + h.bot.Username + " piep"}))(t)
	h.person() // joins: a system post
	last := anna.write(h.channel.Id, "", "Schluss")
	await(t, "last post", in.has(last.Id))
	if in.has(byBot.Id)() || len(in.texts()) != 1 {
		t.Errorf("handed over %q, want only what a person wrote", in.texts())
	}
}

// Not parallel: it counts goroutines.
func TestStopLeavesNothingBehind(t *testing.T) {
	h := newHouse(t)
	anna := h.person()
	anna.HTTPClient.CloseIdleConnections()
	before := goleak.IgnoreCurrent()
	c := newClient(t, h.config())
	in := &intake{}
	for range 3 {
		stop := run(t, c, in)
		asked := anna.write(h.channel.Id, "", "Frage")
		await(t, "question", in.has(asked.Id))
		c.Working(t.Context(), inbox.Question{ID: "q", Arrival: inbox.Arrival{Origin: inbox.FromPost, Key: asked.Id, ChannelID: h.channel.Id}}, true)
		stop()
	}
	c.Close()
	anna.HTTPClient.CloseIdleConnections()
	leaktest.None(t, before)
}
