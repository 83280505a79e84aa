package e2e

import (
	"context"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
)

func TestWhereQuestionsAreAsked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	public, private := h.public(anna, bernd), h.private(anna, bernd)
	h.open()

	h.run("direct message", func(t *testing.T) {
		answer := h.asked(anna, h.direct(anna), retentionQ, retention, "Merkblatt KI-Assistent", "Speicherdauer",
			"zuständig: Zentrum für Automation", "gültig seit 15.01.2026", "https://intranet.haus.example/regeln/merkblatt.md#")
		h.lacks(answer, "Seeblick")
	})
	h.run("mention in a public channel", func(t *testing.T) {
		h.asked(anna, public, h.mention(retentionQ), retention)
	})
	h.run("mention in a private channel", func(t *testing.T) {
		h.asked(bernd, private, h.mention(minutesQ), minutesA)
	})
	h.run("follow-up in the thread without a mention", func(t *testing.T) {
		first := h.asks(anna, public, "", h.mention(minutesQ))
		h.answered(first, minutesA)
		h.answered(h.asks(anna, public, first.ID, "Wie lange werden Unterhaltungen gespeichert?"), retention)
	})
	h.run("group message", func(t *testing.T) {
		group, err := h.person(anna).Group(t.Context(), h.bot, cem)
		if err != nil {
			t.Fatal(err)
		}
		quiet := h.says(anna, group, "", "Treffen wir uns um neun?")
		h.asked(cem, group, h.mention(photosQ), photosA)
		if got := h.own(h.person(anna), quiet.ID); len(got) != 0 {
			t.Errorf("the bot talks into a group message: %s", texts(got))
		}
	})
	h.run("no sign of work is left", func(t *testing.T) {
		question := h.asks(anna, public, "", h.mention(photosQ))
		h.answered(question, photosA)
		h.awaitNoReaction(question.ID)
	})
}

func TestWhatStaysUnanswered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna, bernd)
	h.open()
	ctx := t.Context()
	admin := h.town.admin

	h.run("talk among colleagues", func(t *testing.T) {
		h.says(anna, channel, "", retentionQ)
	})
	h.run("a mention in code", func(t *testing.T) {
		h.says(anna, channel, "", "`@"+h.bot+"` "+retentionQ)
		h.says(anna, channel, "", "```\n@"+h.bot+" "+retentionQ+"\n```")
	})
	h.run("a call to everybody", func(t *testing.T) {
		h.says(anna, channel, "", "@all "+retentionQ)
	})
	h.run("another bot", func(t *testing.T) {
		other := must(admin.CreateBot(ctx, &model.Bot{Username: "x" + h.bot}))(t)
		h.joins(channel, other.UserId)
		client := model.NewAPIv4Client(h.town.server.URL())
		client.SetToken(must(admin.CreateUserAccessToken(ctx, other.UserId, "e2e", 0))(t).Token)
		post := must(client.CreatePost(ctx, &model.Post{ChannelId: channel, Message: h.mention(retentionQ)}))(t)
		h.expect(anna, post.Id, 0)
	})
	h.run("a webhook", func(t *testing.T) {
		hook := must(admin.CreateIncomingWebhook(ctx, &model.IncomingWebhook{ChannelId: channel, UserId: h.administrator()}))(t)
		before := h.newest(anna, channel)
		h.callWebhook(hook.Id, h.mention(retentionQ))
		h.expect(anna, h.firstAfter(anna, channel, before), 0)
	})
	h.run("a post of the system", func(t *testing.T) {
		must(admin.PatchChannel(ctx, channel, &model.ChannelPatch{Header: new(h.mention(retentionQ))}))(t)
	})
	h.run("while a question after all of them is answered", func(t *testing.T) {
		h.asked(bernd, channel, h.mention(retentionQ), retention)
		if n := h.count("SELECT count(*) FROM bot.question WHERE origin <> 'house'"); n != 1 {
			t.Errorf("%d questions were taken in, want one", n)
		}
	})
}

func TestMentionAddedByEdit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna)
	h.open()
	post := h.asks(anna, channel, "", retentionQ)
	h.edits(post, h.mention(retentionQ))
	h.answered(post, retention)
}

func TestEditedQuestionIsAnsweredAnew(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna)
	h.open()
	question := h.asks(anna, channel, "", h.mention(photosQ))
	first := h.answered(question, photosA)
	h.edits(question, h.mention(retentionQ))
	h.awaitGone(first)
	second := h.answered(question, retention)
	h.lacks(second, photosA)
	if second.ID == first.ID {
		t.Error("the answer was edited: what it said before stays in the server's history")
	}
}

func TestDeletedQuestionTakesItsAnswerAlong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna)
	h.open()
	first := h.asks(anna, channel, "", h.mention(photosQ))
	h.answered(first, photosA)
	second := h.asks(anna, channel, first.ID, h.mention(retentionQ))
	answer := h.answered(second, retention)
	if err := h.person(anna).Delete(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	h.awaitGone(answer)
	h.expect(anna, first.ID, -1)
	h.await("the end of the answer's text", func(context.Context) (bool, error) {
		return h.count("SELECT count(*) FROM bot.draft JOIN bot.question q ON q.id = question_id WHERE q.origin_key = $1 AND text <> ''", second.ID) == 0, nil
	})
}
