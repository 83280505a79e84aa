package ask_test

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox"
)

// The question of a command stands nowhere: its answer, in the direct message, is what
// people see of it, and the talk goes on there.
func TestATalkGoesOnBelowTheAnswerToACommand(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"warum?", "und für Azubis?", "und wie lange?"} {
		for _, inThread := range []bool{true, false} {
			h := bottest.NewHouse(t)
			got := h.Reply(func() { h.Calls("anna", bottest.Everybody, "frage "+protocols) })
			root := ""
			if inThread {
				root = got.ID
			}
			h.Library.Searched()
			h.Reply(func() { h.Says("anna", bottest.Direct("anna"), root, said) })
			if asked := h.Library.Searched(); !slices.Contains(asked, protocols+" "+said) {
				t.Errorf("%q, below it: %t: searched %q", said, inThread, asked)
			}
		}
	}
}

func TestWordsBelowTheAnswerToACommandAreAboutIt(t *testing.T) {
	t.Parallel()
	for _, inThread := range []bool{true, false} {
		h := bottest.NewHouse(t)
		dm := bottest.Direct("anna")
		got := h.Reply(func() { h.Calls("anna", bottest.Everybody, "frage "+protocols) })
		root := ""
		if inThread {
			root = got.ID
		}
		h.Reply(func() { h.Says("anna", dm, root, "hilfreich") })
		if v, counted := h.Votes.Of(inbox.QuestionOf(got.Marker), "anna"); !counted || !v.Helpful {
			t.Errorf("counted %t: %+v", counted, v)
		}
		h.Library.Searched()
		h.Reply(func() { h.Says("anna", dm, root, "mehr") })
		if asked := h.Library.Searched(); len(asked) != 1 || asked[0] != protocols {
			t.Errorf("searched %q", asked)
		}
		h.Wants(h.Reply(func() { h.Says("anna", dm, root, "in die Sprechstunde") }), "> "+protocols)
	}
}

func TestTheAnswerToACommandGoesAlongWithItsQuestion(t *testing.T) {
	t.Parallel()
	byButton := func(h *bottest.House, got bottest.Made) { h.Press("anna", got, "In die Sprechstunde") }
	byWord := func(h *bottest.House, got bottest.Made) {
		h.Says("anna", bottest.Direct("anna"), got.ID, "Sprechstunde")
	}
	for _, wants := range []func(*bottest.House, bottest.Made){byButton, byWord} {
		h := bottest.NewHouse(t, withButtons)
		got := h.Reply(func() { h.Calls("anna", bottest.Everybody, protocols) })
		preview := h.Reply(func() { wants(h, got) })
		h.Wants(preview, "> "+protocols, "Mit meiner Antwort")
		card := h.New(func() { h.Says("anna", bottest.Direct("anna"), preview.RootID, "ja") })[0]
		h.Wants(card, protocols, "Protokolle dürfen")
		h.Now = h.Now.Add(inbox.PressAgain)
		h.Wants(h.Reply(func() { wants(h, got) }), "Nr. 1")
	}
}

func TestWhatOthersTypedIsNoQuestionOfMine(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, withButtons)
	h.Calls("anna", bottest.Everybody, "frage "+protocols)
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", "Sprechstunde") }), "Schreiben Sie mir Ihre Frage")
}

func TestACommandOfOneUnknownWordIsHelped(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Reply(func() { h.Calls("anna", bottest.Everybody, "blubb") })
	h.Wants(got, "/ki hilfe")
	h.Lacks(got, "nichts gefunden")
}
