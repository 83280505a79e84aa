package talk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
)

func TestTheFirstDirectMessageIsWelcomedOnce(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	h.Chat.Write("anna", dm, "", "anna hat das Gespräch begonnen", func(p *chat.Post) { p.Type = "system_generic" })
	welcome := h.Reply(func() { h.Says("anna", dm, "", "Hallo!") })
	h.Golden(*update, "welcome", welcome)
	if !welcome.Draft.Machine {
		t.Error("not marked as made by a machine")
	}
	again := h.Reply(func() { h.Says("anna", dm, "", "Guten Morgen") })
	h.Wants(again, "Was möchten Sie wissen?")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Neu hier?")
	h.Lacks(h.Reply(func() { h.Says("berta", bottest.Everybody, "", "@sprechstunde Hallo") }), "kein Mensch")
}

func TestAFirstQuestionIsAnsweredAndGetsOneLine(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", settledQ) }), "Protokolle dürfen", "\n\nNeu hier?")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", openQ) }), "Neu hier?")
	h.Lacks(h.Reply(func() { h.Says("carl", bottest.Direct("carl"), "", "ich kann nicht mehr, ich will nicht mehr leben") }), "Neu hier?", "kein Mensch")
}

// An edit of the first message finds it the first one still.
func TestAnEditKeepsTheWelcome(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q := h.Says("anna", dm, "", "Halo")
	h.Wants(h.Reply(func() {
		h.Check(h.Intake.Edited(t.Context(), h.Chat.Edit(q.ID, "Hallo")))
		h.Works()
	}), "kein Mensch")
}
