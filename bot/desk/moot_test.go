package desk_test

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func labels(h *bottest.House, m bottest.Made) (all []string) {
	for _, b := range h.Chat.Buttons(m.ID) {
		all = append(all, b.Label)
	}
	return all
}

// Whoever decides by a word, or is shown a preview anew, is left no button that would
// do it again.
func TestAWordTakesMootButtonsAway(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"ja", "abschicken", "nein", "abbrechen"} {
		h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true }), bottest.Direct("anna")
		q, answer := h.Asks("anna", dm)
		preview := h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
		if len(labels(h, preview)) < 3 {
			t.Fatalf("a preview has the buttons %q", labels(h, preview))
		}
		h.Says("anna", dm, q.ID, word)
		if left := labels(h, preview); len(left) != 0 {
			t.Errorf("after %q the preview has %q", word, left)
		}
		if left := labels(h, answer); !slices.Contains(left, "In die Sprechstunde") {
			t.Errorf("after %q the answer has %q", word, left)
		}
	}
}

func TestARenewedPreviewTakesTheButtonsOver(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true }), bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	first := h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	second := h.Reply(func() { h.Says("anna", dm, q.ID, "ändern: Darf ich Lieder komponieren lassen?") })
	third := h.Reply(func() { h.Says("anna", dm, "", "Sprechstunde: Wer hilft unserem Team?") })
	for i, m := range []bottest.Made{first, second} {
		if left := labels(h, m); len(left) != 0 {
			t.Errorf("preview %d has %q", i+1, left)
		}
	}
	if left := labels(h, third); len(left) < 3 {
		t.Errorf("the open preview has %q", left)
	}
}

func TestASettledTicketIsNotSettledByAnOldButton(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"geklärt", "noch offen"} {
		h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true }), bottest.Direct("anna")
		card, _ := h.HandsOver("anna")
		cards := labels(h, card)
		reply := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })[0]
		if len(labels(h, reply)) < 2 {
			t.Fatalf("an answer has %q", labels(h, reply))
		}
		h.Says("anna", dm, reply.ID, word)
		if left := labels(h, reply); len(left) != 0 {
			t.Errorf("after %q the answer has %q", word, left)
		}
		if now := labels(h, card); !slices.Equal(now, cards) {
			t.Errorf("after %q the card has %q, it had %q", word, now, cards)
		}
	}
}
