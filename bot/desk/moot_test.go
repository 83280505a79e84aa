package desk_test

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

// Whoever decides by a word, or is shown a preview anew, is left no button that would
// do it again.
func TestAWordTakesMootButtonsAway(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"ja", "abschicken", "nein", "abbrechen"} {
		h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true }), bottest.Direct("anna")
		q, answer := h.Asks("anna", dm)
		preview := h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
		if len(h.Chat.Labels(preview)) < 3 {
			t.Fatalf("a preview has the buttons %q", h.Chat.Labels(preview))
		}
		h.Says("anna", dm, q.ID, word)
		if left := h.Chat.Labels(preview); len(left) != 0 {
			t.Errorf("after %q the preview has %q", word, left)
		}
		if left := h.Chat.Labels(answer); !slices.Contains(left, "In die Sprechstunde") {
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
		if left := h.Chat.Labels(m); len(left) != 0 {
			t.Errorf("preview %d has %q", i+1, left)
		}
	}
	if left := h.Chat.Labels(third); len(left) < 3 {
		t.Errorf("the open preview has %q", left)
	}
}

func TestASettledTicketIsNotSettledByAnOldButton(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"geklärt", "noch offen"} {
		h, dm := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true }), bottest.Direct("anna")
		card, _ := h.HandsOver("anna")
		cards := h.Chat.Labels(card)
		reply := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })[0]
		if len(h.Chat.Labels(reply)) < 2 {
			t.Fatalf("an answer has %q", h.Chat.Labels(reply))
		}
		h.Says("anna", dm, reply.ID, word)
		if left := h.Chat.Labels(reply); len(left) != 0 {
			t.Errorf("after %q the answer has %q", word, left)
		}
		if now := h.Chat.Labels(card); !slices.Equal(now, cards) {
			t.Errorf("after %q the card has %q, it had %q", word, now, cards)
		}
	}
}
