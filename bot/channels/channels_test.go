package channels_test

import (
	"context"
	"flag"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/channels"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	protocols = "Darf ich Protokolle mit KI schreiben?"
	asked     = "@sprechstunde " + protocols
)

// set is a house where anna has set the channel for everybody.
func set(t *testing.T, word string) *bottest.House {
	t.Helper()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true })
	h.Chat.MakeAdmin(bottest.Everybody, "anna")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+word) }), "Gut, ")
	return h
}

func TestAChannelIsSetByItsAdmins(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Chat.MakeAdmin(bottest.Everybody, "anna")
	made := []bottest.Made{
		h.Reply(func() { h.Says("berta", bottest.Everybody, "", "@sprechstunde Kanal") }),
		h.Reply(func() { h.Says("berta", bottest.Everybody, "", "@sprechstunde nur auf Erwähnung") }),
		h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde nur auf Erwähnung") }),
		h.Reply(func() { h.Calls("anna", bottest.Everybody, "kanal") }),
		h.Reply(func() { h.Calls("anna", bottest.Everybody, "kanal privat") }),
		h.Reply(func() { h.Calls("berta", bottest.Everybody, "kanal aus") }),
		h.Reply(func() { h.Calls("anna", bottest.Direct("anna"), "kanal aus") }),
	}
	h.Golden(*update, "set", made...)
}

func TestOnlyOnMention(t *testing.T) {
	t.Parallel()
	h := set(t, "nur auf Erwähnung")
	q := h.Says("anna", bottest.Everybody, "", asked)
	h.Silent(func() { h.Says("anna", bottest.Everybody, q.ID, "Und für Azubis?") })
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, q.ID, asked) }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde auch ohne Erwähnung") }), "Nachfragen")
	h.Reply(func() { h.Says("anna", bottest.Everybody, q.ID, "Darf ich Protokolle mit KI auch kürzen?") })
}

func TestSwitchedOffAnswersByDirectMessageOnly(t *testing.T) {
	t.Parallel()
	h := set(t, "Kanal aus")
	got := h.Reply(func() { h.Says("berta", bottest.Everybody, "", asked) })
	h.Wants(got, "ausgeschaltet")
	if got.ChannelID != bottest.Direct("berta") {
		t.Errorf("said in %s", got.ChannelID)
	}
	if searched := h.Library.Searched(); len(searched) > 0 {
		t.Errorf("searched %q", searched)
	}
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde Kanal an") }), "Gut, ")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Everybody, "", asked) }), "Protokolle dürfen")
}

func TestPrivateAnswersLeaveATrace(t *testing.T) {
	t.Parallel()
	h := set(t, "nur privat antworten")
	got := h.Aside(func() { h.Says("berta", bottest.Everybody, "", asked) })
	h.Wants(got, "Protokolle dürfen")
	if got.ChannelID != bottest.Direct("berta") {
		t.Errorf("said in %s", got.ChannelID)
	}
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Everybody, "", "@sprechstunde danke") }), "Gern")
}

func TestAnAnswerIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ button, channel, reviewer string }{
		{"In den Kanal stellen", "Protokolle dürfen", "im Kanal"},
		{"Nicht freigeben", "nicht freigegeben", "bleibt draußen"},
	} {
		t.Run(c.button, func(t *testing.T) {
			t.Parallel()
			h := set(t, "erst prüfen")
			var q chat.Post
			made := h.New(func() { q = h.Says("berta", bottest.Everybody, "", asked) })
			if len(made) != 3 || made[0].ChannelID != bottest.Everybody || made[1].ChannelID != bottest.Direct("anna") || made[2].ChannelID != bottest.Direct("anna") {
				t.Fatalf("made %+v", made)
			}
			h.Wants(made[0], "erst geprüft")
			h.Lacks(made[0], "Protokolle dürfen")
			h.Wants(made[1], "> "+protocols, "allgemein")
			h.Wants(made[2], "Protokolle dürfen")
			after := h.New(func() { h.Press("anna", made[1], c.button) })
			if len(after) != 2 || after[0].ChannelID != bottest.Everybody || after[0].RootID != q.ID {
				t.Fatalf("made %+v", after)
			}
			h.Wants(after[0], c.channel)
			h.Wants(after[1], c.reviewer)
			if left := h.Chat.Buttons(made[1].ID); len(left) > 0 {
				t.Errorf("%d buttons are left", len(left))
			}
		})
	}
}

// Of who has the answers shown and is an admin no more, nothing waits: the asker gets
// the answer alone.
func TestWithoutAnybodyToLookTheAskerAloneGetsTheAnswer(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) {
		store := &bottest.Channels{}
		if err := store.Set(context.Background(), bottest.Everybody, channels.Setting{Mode: dialogue.ModeReview, Reviewer: "carl"}, ""); err != nil {
			t.Fatal(err)
		}
		s.Channels.Store = store
	})
	h.Wants(h.Aside(func() { h.Says("berta", bottest.Everybody, "", asked) }), "Protokolle dürfen")
}

func TestTheBotIntroducesItselfOnceWhereItWasAdded(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Chat.AddChannel("town-square", chat.PublicChannel, "anna")
	added := func(channel string) {
		h.Check(h.Intake.Added(context.Background(), channel))
		h.Works()
	}
	made := []bottest.Made{h.Reply(func() { added(bottest.Everybody) }), h.Reply(func() { added(bottest.WithGuests) })}
	h.Golden(*update, "added", made...)
	h.Silent(func() { added(bottest.Everybody) })
	for _, elsewhere := range []string{bottest.Hosts, bottest.Team + "/town-square", bottest.Direct("anna"), "gone"} {
		h.Silent(func() { added(elsewhere) })
	}
	if n := len(strings.Fields(made[0].Text)); n > 80 {
		t.Errorf("%d words", n)
	}
}

// What hosts do in their channel no mode changes.
func TestHostsWordsGoOn(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Chat.MakeAdmin(bottest.Hosts, "heide")
	card, _ := h.HandsOver("anna")
	h.Says("heide", bottest.Hosts, "", "@sprechstunde Kanal aus")
	made := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })
	if len(made) == 0 || made[0].ChannelID != bottest.Direct("anna") {
		t.Errorf("made %+v", made)
	}
}
