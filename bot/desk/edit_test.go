package desk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
)

func TestAPreviewIsEditedInADialog(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	_, preview := asks(h, "anna", "Darf ich das Lied von Petra Schäfer vertonen?")
	dialog, _ := h.Opens("anna", preview, "Bearbeiten")
	if len(dialog.Fields) != 4 || dialog.Fields[0].Value != "Darf ich das Lied von Petra Schäfer vertonen?" || dialog.Fields[1].Kind != chat.Choice {
		t.Fatalf("the dialog is %+v", dialog)
	}
	var ethics string
	for _, o := range dialog.Fields[1].Options {
		if o.Label == "Ethikrunde 16.03.2026 15:00" {
			ethics = o.Value
		}
	}
	changed := h.Reply(func() {
		h.Submits("anna", preview, "Bearbeiten", map[string]string{"text": "Darf ich Musik von Petra Schäfer vertonen?", "where": ethics, "name": "true"})
		h.Works()
	})
	h.Wants(changed, "> Darf ich Musik von \\[Name\\] vertonen?", "Ethikrunde", "16. März 2026", "**mit Ihrem Namen** (anna)")
	if left := h.Chat.Buttons(preview.ID); len(left) != 0 {
		t.Errorf("below the old preview stands %+v", left)
	}
	if faults := h.Submits("anna", changed, "Bearbeiten", map[string]string{"text": " "}); len(faults) != 1 {
		t.Errorf("an empty text has the faults %+v", faults)
	}
	h.Reply(func() {
		h.Submits("anna", changed, "Bearbeiten", map[string]string{"where": "@", "name": "", "original": "true"})
		h.Works()
	})
	made := h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "ja") })
	h.Wants(made[0], "> Darf ich Musik von Petra Schäfer vertonen?")
	h.Lacks(made[0], "anna", "März")
	h.Wants(h.Reply(func() { h.Press("anna", changed, "Bearbeiten") }), "wartet kein Text")
}
