package rights_test

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
)

func TestRightsOfChannelAndPerson(t *testing.T) {
	t.Parallel()
	const question = "Sortiert KI eine Bewerbung vor?"
	const secret = "Bewerbungen sortiert keine KI vor."
	t.Run("member by direct message", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", question) }), secret)
	})
	t.Run("stranger by direct message", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Lacks(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", question) }), secret, "Vermerk")
		for _, r := range h.Library.Readers() {
			if r.May("Personal") {
				t.Error("a search for a stranger saw the restricted collection")
			}
		}
	})
	t.Run("in the gate channel", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Wants(h.Reply(func() { h.Says("anna", bottest.Personnel, "", "@sprechstunde "+question) }), secret)
	})
	t.Run("gate channel with a guest", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Chat.AddChannel("personal", chat.PrivateChannel, "gast")
		made := h.New(func() { h.Says("anna", bottest.Personnel, "", "@sprechstunde "+question) })
		h.Lacks(made[0], secret, "Vermerk")
	})
	t.Run("gate channel became public", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Chat.AddChannel("personal", chat.PublicChannel)
		h.Lacks(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", question) }), secret)
	})
	t.Run("public channel: the member reads more by direct message", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		made := h.New(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+question) })
		if len(made) != 2 || made[0].ChannelID != bottest.Everybody || made[1].ChannelID != bottest.Direct("anna") {
			t.Fatalf("made %+v", made)
		}
		h.Wants(made[1], secret, "nicht alle lesen")
		stranger := h.Reply(func() { h.Says("berta", bottest.Everybody, "", "@sprechstunde "+question) })
		if stranger.Text != made[0].Text {
			t.Errorf("the channel's reply shows that there is more:\n%s\n---\n%s", made[0].Text, stranger.Text)
		}
	})
	t.Run("channel with a guest", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		made := h.New(func() { h.Says("anna", bottest.WithGuests, "", "@sprechstunde Darf ich Protokolle schreiben?") })
		if len(made) != 2 {
			t.Fatalf("made %d posts", len(made))
		}
		h.Lacks(made[0], "Protokolle dürfen")
		h.Wants(made[1], "Protokolle dürfen")
		h.Wants(h.Reply(func() { h.Says("gast", bottest.WithGuests, "", "@sprechstunde Wo ist der Eingang?") }), "Gäste melden sich")
	})
	t.Run("guest, remote and deactivated by direct message", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Lacks(h.Reply(func() { h.Says("gast", bottest.Direct("gast"), "", "Darf ich Protokolle schreiben?") }), "Protokolle dürfen")
		h.Wants(h.Reply(func() { h.Says("gast", bottest.Direct("gast"), "", "Wo ist der Eingang?") }), "Gäste melden sich")
		h.Chat.AddUser("berta", func(u *chat.User) { u.Deactivated = true })
		h.Lacks(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", "Wo ist der Eingang?") }), "Gäste melden sich")
	})
	t.Run("membership cannot be found out", func(t *testing.T) {
		t.Parallel()
		h := bottest.NewHouse(t)
		h.Chat.Err = func(what string, _ bool) error {
			if what == "member" {
				return bottest.ErrDown
			}
			return nil
		}
		h.Lacks(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", question) }), secret)
	})
}

func TestRightsAreCheckedAgainRightBeforePosting(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Chat.CacheNow()
	h.Chat.Leave(bottest.Personnel, "anna")
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Sortiert KI eine Bewerbung vor?") })
	h.Lacks(got, "Bewerbungen sortiert", "Vermerk")

	h.Chat.Err = func(what string, fresh bool) error {
		if fresh && what != "channel" {
			return bottest.ErrDown
		}
		return nil
	}
	h.Silent(func() { h.Says("anna", bottest.Direct("anna"), "", "Darf ich Protokolle schreiben?") })
	h.Chat.Err = nil
	h.Wants(h.Reply(func() { h.Wakes(20 * time.Second) }), "Protokolle dürfen")
}

// TestWhatIsQuotedIsLookedAtRightBeforePosting takes a document away between
// the answer and its post: blocked, ended, replaced or gone.
func TestWhatIsQuotedIsLookedAtRightBeforePosting(t *testing.T) {
	t.Parallel()
	for name, channel := range map[string]string{"direct message": bottest.Direct("anna"), "channel": bottest.Everybody} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := bottest.NewHouse(t)
			h.Chat.Err = func(what string, fresh bool) error {
				if fresh { // the last look has begun
					h.Library.Withdraw("KI-Leitlinie")
				}
				return nil
			}
			got := h.Reply(func() { h.Says("anna", channel, "", "@sprechstunde Darf ich Protokolle schreiben?") })
			h.Lacks(got, "Protokolle dürfen", "KI-Leitlinie")
			h.Wants(got, "nichts gefunden")
		})
	}
}
