package desk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestHostsWorkByDialogs(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	first := handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	h.Wants(h.Reply(func() { h.Press("heide", first, "Zusammenführen") }), "Mit welchem Anliegen") // alone, it opens none
	second := handsOver(h, "berta", "Ist Malen lassen erlaubt?")

	asked := h.New(func() { h.Submits("heide", first, "Antworten", map[string]string{"text": "Wozu?", "ask": "true"}) })
	if len(asked) != 3 {
		t.Fatalf("made %+v", asked)
	}
	h.Wants(asked[0], "Rückfrage zu Ihrem Anliegen", "> Wozu?")
	h.Wants(asked[1], "Rückfrage von heide", "> Wozu?")
	if faults := h.Submits("heide", first, "Antworten", map[string]string{"text": " "}); len(faults) != 1 {
		t.Errorf("an empty answer: %v", faults)
	}
	h.Wants(h.New(func() { h.Submits("holger", second, "Zusammenführen", map[string]string{"into": "1"}) })[0], "mit Nr. 1 beantwortet")
	moved := h.New(func() {
		h.Submits("holger", first, "Verschieben", map[string]string{"session": "sprechstunde 2026-03-12T13:00:00Z"})
	})
	h.Wants(moved[0], "12. März 2026")
	if len(moved) != 3 {
		t.Errorf("made %+v", moved)
	}
	if faults := h.Submits("holger", first, "Verschieben", map[string]string{"session": "sprechstunde 2026-03-13T13:00:00Z"}); len(faults) != 1 {
		t.Errorf("a session that is not held: %v", faults)
	}
	closed := h.New(func() {
		h.Submits("holger", first, "Schließen", map[string]string{"text": "Das steht jetzt im **Merkblatt**."})
	})
	h.Wants(closed[1], "> Das steht jetzt im **Merkblatt**.")
	h.Wants(h.Reply(func() { h.Press("heide", first, "Schließen") }), "schon abgeschlossen")
}

func TestHostsListsByCommand(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	for _, call := range []string{"offen", "agenda", "agenda 05.03."} {
		h.Wants(h.Reply(func() { h.Calls("heide", bottest.Everybody, call) }), "Darf ich Musik")
		refused := h.Reply(func() { h.Calls("berta", bottest.Everybody, call) })
		h.Lacks(refused, "Musik")
		h.Wants(refused, "nur für die Gastgeber:innen")
	}
}
