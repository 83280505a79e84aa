package talk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

// previewBehind is a house where a preview of anna's waits, and a question was
// answered since.
func previewBehind(t *testing.T) (h *bottest.House, dm string) {
	t.Helper()
	h, dm = bottest.NewHouse(t), bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Says("anna", dm, q.ID, "Sprechstunde")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Protokolle dürfen")
	return h, dm
}

func TestABareWordAfterAnAnswerDecidesNoPreviewBefore(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"passt, merci", "passt", "ja", "ok super", "nein", "nein danke", "danke, passt so", "👍"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := previewBehind(t)
			h.Lacks(h.Reply(func() { h.Says("anna", dm, "", said) }), "Nr. 1", "gebe nichts weiter")
			if cards := h.Chat.Made(bottest.Hosts); len(cards) != 0 {
				t.Errorf("the hosts read %q", cards[0].Text)
			}
			h.Wants(h.New(func() { h.Says("anna", dm, "", "abschicken") })[0], "Darf ich Musik komponieren lassen?")
		})
	}
}

func TestAWordThatSaysSoDecidesAPreviewBefore(t *testing.T) {
	t.Parallel()
	h, dm := previewBehind(t)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "ändern: Darf ich Lieder komponieren lassen?") }), "> Darf ich Lieder")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "abbrechen") }), "gebe nichts weiter")
}

func TestABareWordAfterSomethingElseIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"ja", "passt", "nein"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := previewBehind(t)
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Wird das hier gespeichert?") }), "30 Tage")
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", said) }), "die Vorschau von vorhin")
			if made := h.New(func() { h.Says("anna", dm, "", "ja") }); len(made) != 2 {
				t.Errorf("made %+v", made)
			}
		})
	}
}
