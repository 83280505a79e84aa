package ask_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

const protocols = "Darf ich Protokolle mit KI schreiben?"

func withButtons(s *bottest.Setup) { s.Buttons = true }

func TestMoreIsAButton(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	got := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde "+protocols) })
	h.Reply(func() { h.Press("berta", got, "Mehr") })
}

func TestAnAnswerToACommandIsSharedWhereAllMayReadIt(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	got := h.Reply(func() { h.Calls("anna", bottest.Everybody, protocols) })
	made := h.New(func() { h.Press("anna", got, "In den Kanal teilen") })
	if len(made) != 2 || made[0].ChannelID != bottest.Everybody {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[0], "Protokolle dürfen")
	h.Reply(func() { h.Press("anna", got, "Mehr") })
	h.Wants(h.Reply(func() { h.Press("anna", got, "In die Sprechstunde") }), "Protokolle mit KI schreiben")
	h.Wants(h.Reply(func() { h.Press("berta", got, "In den Kanal teilen") }), "gilt nicht mehr")

	secret := h.Reply(func() { h.Calls("anna", bottest.WithGuests, protocols) })
	h.Wants(h.Reply(func() { h.Press("anna", secret, "In den Kanal teilen") }), "nicht alle lesen")
}

func TestTopicsAreThoseThatSomebodyMayRead(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Themen") }), "Leitlinien", "Personal")
	h.Lacks(h.Reply(func() { h.Calls("berta", bottest.Everybody, "themen") }), "Personal")
}
