package desk_test

import (
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestAnAnswerIsShownInTheChannelAtItsAskersWord(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true })
	dm := bottest.Direct("berta")
	q, _ := h.Asks("berta", bottest.Everybody)
	h.Aside(func() { h.Says("berta", bottest.Everybody, q.ID, "In die Sprechstunde!") })
	card := h.New(func() { h.Says("berta", dm, "", "ja") })[0]
	answered := h.New(func() {
		h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja, mit Hinweis.", h.Chat.With("a.txt", []byte("Formular")))
	})[0]
	h.Wants(answered, "im Kanal zeigen")
	for _, show := range []func(){
		func() { h.Press("berta", answered, "Im Kanal zeigen") },
		func() { h.Says("berta", dm, answered.Root(), "Bitte im Kanal zeigen") },
	} {
		made := h.New(show)
		if len(made) != 2 || made[0].ChannelID != bottest.Everybody || made[0].RootID != q.ID || made[0].Draft.Machine {
			t.Fatalf("%+v", made)
		}
		h.Golden(*update, "in_channel", made...)
		brings(h, made[0], "anlage-1.txt")
	}
	h.Chat.Remove(q.ID)
	h.Now = h.Now.Add(time.Minute)
	h.Wants(h.Reply(func() { h.Press("berta", answered, "Im Kanal zeigen") }), "Das geht nicht")
	h.Lacks(h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Und noch etwas.") })[1], "Kanal")
}

func TestNoAnswerGoesToAChannelThatNobodyAskedIn(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("berta")
	answered := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })[0]
	h.Lacks(answered, "Kanal")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), answered.Root(), "im Kanal zeigen") }), "Das geht nicht")
}
