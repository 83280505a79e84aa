package talk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestBelowAHostsQuestionBackEverythingIsAReply(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"Diese hier, auf der Seite unten links.", "Die Übersetzung vom letzten Dienstag.",
		"ja, beide", "Nein, nur intern.", "erst am Montag", "keine Ahnung", "7", "im zweiten Lehrjahr, danke!", "Guten Tag, es geht um die Abteilung 21.",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := bottest.NewHouse(t), bottest.Direct("anna")
			card, _ := h.HandsOver("anna")
			back := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!rückfrage Welche meinen Sie?") })[0]
			h.Wants(h.Reply(func() { h.Says("anna", dm, back.ID, said) }), "Anliegen Nr. 1", "> "+said)
		})
	}
}

func TestAPersonNamedToAHostIsAReply(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{"Petra Schäfer, Tel. 0221 809-4711": "Schreiben Sie **original**, wenn sie mitgehen sollen", "Herr Müller aus Dezernat 3": "aus Dezernat 3"} {
		h, dm := bottest.NewHouse(t), bottest.Direct("anna")
		card, _ := h.HandsOver("anna")
		back := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!rückfrage Wen meinen Sie?") })[0]
		h.Wants(h.Reply(func() { h.Says("anna", dm, back.ID, said) }), want)
	}
}

func TestBelowAHostsQuestionBackTheBotIsStillSpokenTo(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Danke": "Gern", "ok": "", "Hallo": "Guten Tag", "Nr. 1 zurückziehen": "zurückgezogen", "Darf ich Protokolle mit KI schreiben?": "Protokolle dürfen",
		"was kannst du alles?": "", "Status": "Nr. 1",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := bottest.NewHouse(t), bottest.Direct("anna")
			card, _ := h.HandsOver("anna")
			back := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!rückfrage Welche meinen Sie?") })[0]
			made := h.New(func() { h.Says("anna", dm, back.ID, said) })[0]
			h.Wants(made, want)
			h.Lacks(made, "> "+said)
		})
	}
}

func TestABareWordAfterAnAnswerSettlesNoTicketBefore(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"passt, merci", "passt", "ja", "hat geholfen", "super"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := bottest.NewHouse(t), bottest.Direct("anna")
			card, _ := h.HandsOver("anna")
			reply := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })[0]
			h.Wants(h.Reply(func() { h.Says("anna", dm, reply.ID, settledQ) }), "Protokolle dürfen")
			h.Lacks(h.New(func() { h.Says("anna", dm, reply.ID, said) })[0], "abgeschlossen", "Nr. 1")
			h.Wants(h.New(func() { h.Says("anna", dm, reply.ID, "Nr. 1 ist geklärt") })[0], "abgeschlossen")
		})
	}
}
